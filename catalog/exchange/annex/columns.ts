import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../kernel/project-root.ts';
import { words } from '../spellings.ts';

/** What a column of an annex holds. */
export type AnnexField =
  | 'stt'
  | 'title'
  | 'description'
  | 'publisher'
  | 'coordinatingAgency'
  | 'format'
  | 'accrualPeriodicity'
  | 'due'
  | 'accessMethods'
  | 'theme'
  | 'legalBasis'
  | 'priority'
  | 'openness'
  | 'note'
  /** The identifier of a dataset that is on record already; our own annexes carry it, unprinted. */
  | 'id';

const { columns } = JSON.parse(
  readFileSync(join(projectRoot, 'schemas', 'annex-columns.json'), 'utf8'),
) as { readonly columns: Readonly<Record<AnnexField, readonly string[]>> };

/** Every field that a column may hold. */
export const annexFields = Object.keys(columns) as readonly AnnexField[];

const fieldOf = new Map<string, AnnexField>();
for (const [field, spellings] of Object.entries(columns)) {
  for (const spelling of spellings) fieldOf.set(words(spelling), field as AnnexField);
}
// Longest first: "Đơn vị chủ trì" before "Đơn vị". One word alone says too little to be the beginning of a header.
const beginnings = [...fieldOf.keys()]
  .filter((spelling) => spelling.includes(' '))
  .sort((a, b) => b.length - a.length);

/** Finds what a header names. Line breaks, case, diacritics and notes in parentheses do not matter. */
export function findField(header: string): AnnexField | undefined {
  const said = words(header.replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
  if (said === '' || said.length > 80) return undefined;
  const exact = fieldOf.get(said);
  if (exact !== undefined) return exact;
  const beginning = beginnings.find((spelling) => said.startsWith(`${spelling} `));
  return beginning === undefined ? undefined : fieldOf.get(beginning);
}

/** The first spelling of a field, for messages. */
export function headerOf(field: AnnexField): string {
  return columns[field][0] ?? field;
}

/** What heads the entries that stand in no section; read back, they stand in none. */
export const withoutField = 'Chưa phân lĩnh vực';
