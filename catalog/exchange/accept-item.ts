import type { Finding } from '../kernel/errors.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { AgencyRecord } from '../model/agency.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { validateAgainst } from '../validation/json-schema.ts';
import { validateDataset } from '../validation/validate-record.ts';
import type { IncomingItem, Remark, Remarked } from './import-item.ts';
import type { ImportPolicy } from './import-policy.ts';
import { repairRecord } from './repair-record.ts';

/** A record that may come near the database. */
export interface Accepted {
  readonly line: number;
  readonly record: DatasetRecord;
  /** What was mended. */
  readonly notes: readonly Message[];
  readonly agency?: AgencyRecord | undefined;
  /** Whether it may be published as it is. */
  readonly releasable: boolean;
}

export interface Rejection {
  readonly line: number;
  readonly id?: string;
  readonly reason: Remarked;
}

/**
 * Holds an item against the schemas before it comes near the database.
 *
 * @param lineOf where each record that was accepted stands, by its name
 */
export function accept(
  item: Exclude<IncomingItem, Remark>,
  policy: ImportPolicy,
  lineOf: ReadonlyMap<string, number>,
): Accepted | Rejection {
  const { line } = item;
  if (!('record' in item)) {
    return { line, reason: item.reason, ...(item.id !== undefined && { id: item.id }) };
  }
  const { record, agency } = item;
  const first = lineOf.get(nameOf(record));
  if (first !== undefined) return { line, id: record.id, reason: repeated(record.id, first) };
  // What may be released may be a draft, so most records are held against the schemas once.
  const isReleasable = (candidate: DatasetRecord) =>
    policy.firstState === 'published' && validateDataset(candidate, policy.toPublish).length === 0;
  const releasable = isReleasable(record);
  const findings = releasable ? [] : validateDataset(record, 'draft');
  const repaired = findings.length > 0 ? repairRecord(record, findings) : { record, notes: [] };
  const agencyFindings = agency ? validateAgainst('agency.schema.json', agency) : [];
  if (!repaired || agencyFindings.length > 0) {
    return { line, id: record.id, reason: inWords([...findings, ...agencyFindings]) };
  }
  const isMended = repaired.record !== record;
  return {
    line,
    ...repaired,
    agency,
    releasable: releasable || (isMended && isReleasable(repaired.record)),
  };
}

/** What a record is known by: its IRI at the source, or its id. */
export function nameOf({ id, iri }: DatasetRecord): string {
  return iri ?? id;
}

function repeated(id: string, line: number): Message {
  return {
    vi: `Mã "${id}" đã có ở dòng ${line}; mỗi mã chỉ được dùng một lần.`,
    en: `The id "${id}" stands on line ${line} already; each is used once.`,
  };
}

function inWords(findings: readonly Finding[]): Message {
  const say = (language: 'vi' | 'en') =>
    findings
      .slice(0, 5)
      .map(({ pointer, message }) => `${pointer || '/'}: ${message[language]}`)
      .join(' ');
  const more = findings.length - 5;
  return {
    vi: say('vi') + (more > 0 ? ` (và ${more} lỗi nữa)` : ''),
    en: say('en') + (more > 0 ? ` (and ${more} more)` : ''),
  };
}
