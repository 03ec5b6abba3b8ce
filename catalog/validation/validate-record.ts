import type { Finding } from '../kernel/errors.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { validateAgainst } from './json-schema.ts';

/** How much a record must hold: a draft may have gaps, what is released may not. */
export type Completeness = 'draft' | 'release';

const fileOf: Readonly<Record<Completeness, string>> = {
  draft: 'dataset.schema.json',
  release: 'release.schema.json',
};

/** Holds a would-be dataset against its schema, and what passes against the rules that no schema can say. */
export function validateDataset(value: unknown, completeness: Completeness): readonly Finding[] {
  const findings = validateAgainst(fileOf[completeness], value);
  return findings.length > 0 ? findings : crossChecks(value as DatasetRecord);
}

function crossChecks(record: DatasetRecord): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Map<string, number>();
  for (const [index, { id }] of (record.distribution ?? []).entries()) {
    const first = seen.get(id);
    if (first === undefined) seen.set(id, index);
    else {
      findings.push({
        pointer: `/distribution/${index}/id`,
        keyword: 'unique',
        message: {
          vi: `Mã "${id}" đã dùng cho tệp thứ ${first + 1}; hãy đặt mã khác.`,
          en: `The id "${id}" is already that of distribution ${first + 1}; choose another.`,
        },
      });
    }
  }
  for (const [index, { startDate, endDate }] of (record.temporal ?? []).entries()) {
    if (startDate !== undefined && endDate !== undefined && beginsAfter(startDate, endDate)) {
      findings.push({
        pointer: `/temporal/${index}/endDate`,
        keyword: 'order',
        message: {
          vi: `Ngày kết thúc ${endDate} đứng trước ngày bắt đầu ${startDate}; hãy sửa một trong hai.`,
          en: `The end ${endDate} lies before the start ${startDate}; correct one of them.`,
        },
      });
    }
  }
  return findings;
}

/** Compares at the precision both have: 2026 does not begin after 2026-03. */
function beginsAfter(start: string, end: string): boolean {
  const length = Math.min(start.length, end.length, 10);
  return start.slice(0, length) > end.slice(0, length);
}
