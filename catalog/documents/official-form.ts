import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../kernel/project-root.ts';

/** What stands around the table in a paper of the city. */
export interface OfficialForm {
  readonly nation: readonly string[];
  readonly issuer: readonly string[];
  readonly issuerInWords: string;
  readonly place: string;
  /** What follows the number of a decision: `QĐ-UBND`. */
  readonly decisionSuffix: string;
  readonly authority: string;
  readonly office: string;
  /** What stands at the top of a paper in English. */
  readonly english: Pick<OfficialForm, 'nation' | 'issuer'>;
  readonly recipients: readonly string[];
}

/** The names of schemas/official-form.json. */
export const officialForm = JSON.parse(
  readFileSync(join(projectRoot, 'schemas', 'official-form.json'), 'utf8'),
) as OfficialForm;

/** `ngày 05 tháng 02 năm 2026`: days below ten and the first two months take a nought. Decree 30/2020/NĐ-CP, Appendix I. */
export function dateInWords(date: string): string {
  const [year, month = '', day] = date.split('-');
  return `ngày ${day} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`;
}

/**
 * `Kèm theo Quyết định số 123/QĐ-UBND ngày … của …`, with blanks to fill in by hand where nothing is decided.
 *
 * @param year of the blanks
 */
export function decisionReference(
  decision: { readonly number: string; readonly date: string } | undefined,
  year: string,
): string {
  const { decisionSuffix, issuerInWords } = officialForm;
  const number = decision?.number.trim() ?? '       ';
  const written = number.includes('/') ? number : `${number}/${decisionSuffix}`;
  const when = decision ? dateInWords(decision.date) : `ngày       tháng       năm ${year}`;
  return `(Kèm theo Quyết định số ${written} ${when} của ${issuerInWords})`;
}

const romanDigits: readonly (readonly [number, string])[] = [
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

/** 4 is `IV`: sections of an annex are counted so. */
export function roman(value: number): string {
  const [size, digits] = romanDigits.find(([each]) => each <= value) ?? [];
  return size === undefined || digits === undefined ? '' : digits + roman(value - size);
}
