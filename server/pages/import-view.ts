import { changesBetween } from '../../catalog/audit/changes-between.ts';
import type { AnnexImport } from '../../catalog/desk/annex-import/annex-import.ts';
import type { JudgedRow } from '../../catalog/desk/annex-import/judge-import.ts';
import { type AnnexField, annexFields, headerOf } from '../../catalog/exchange/annex/columns.ts';
import type { Remarked } from '../../catalog/exchange/import-item.ts';
import { pickLanguage } from '../../catalog/kernel/lang-text.ts';
import type { AgencyRecord } from '../../catalog/model/agency.ts';
import { datasetForm } from './dataset-form-page.ts';
import { placeInWords } from './dataset-form-view.ts';
import type { PageContext } from './page-context.ts';

/** What a column is called: as annexes head it, and in English what it is. */
export function fieldName(field: AnnexField, context: PageContext): string {
  return context.lang === 'vi' ? headerOf(field) : context.t(`import.field.${field}`);
}

/** A cell of a row by its field, with what was corrected. */
export function cellOf(
  { cells }: Pick<JudgedRow, 'cells'>,
  field: AnnexField,
  { reading }: AnnexImport,
): string {
  return cells[reading.columns[field] ?? -1] ?? '';
}

/** A row in words: what it is, what becomes of it, and why. */
export function rowView(
  row: JudgedRow,
  draft: AnnexImport,
  agencies: readonly AgencyRecord[],
  context: PageContext,
) {
  const { record, change, before } = row;
  const agency = agencies.find(({ id }) => id === record?.publisher);
  const due = record?.inventory?.release?.due;
  return {
    line: row.line,
    kind: row.kind,
    verdict: context.t(`import.kind.${row.kind}`),
    title: record
      ? context.show(record.title)
      : context.official(cellOf(row, 'title', draft) || '—'),
    href: before ? context.url(`/workspace/datasets/${before.record.id}`) : undefined,
    agency: agency
      ? context.show(agency.name)
      : context.official(cellOf(row, 'publisher', draft) || '—'),
    due: due === undefined ? cellOf(row, 'due', draft) : context.due(due),
    reason: row.reason?.[context.lang],
    notes: row.notes.map((note) => note[context.lang]),
    changes:
      before && change
        ? changesBetween(before.record, change.after.record).map(({ pointer, from, to }) => ({
            place: placeInWords(datasetForm, pointer, context) || pointer,
            from: inWords(from, pointer, context),
            to: inWords(to, pointer, context),
          }))
        : [],
  };
}

/** The columns that a row's remarks are about, where the table has them. */
export function fieldsAtFault(
  { reason, notes }: Pick<JudgedRow, 'reason' | 'notes'>,
  { reading }: AnnexImport,
): readonly AnnexField[] {
  const remarks: readonly Remarked[] = [...(reason ? [reason] : []), ...notes];
  return annexFields.filter(
    (field) =>
      reading.columns[field] !== undefined && remarks.some((remark) => remark.field === field),
  );
}

/** The full names of the agencies, for who types one. */
export function agencyChoices(agencies: readonly AgencyRecord[], context: PageContext) {
  return agencies.map(({ name, id }) => pickLanguage(name, 'vi').text || id).sort(context.compare);
}

function inWords(value: unknown, pointer: string, context: PageContext): string {
  if (value === undefined) return context.t('revisions.empty');
  if (Array.isArray(value)) return value.map((one) => inWords(one, pointer, context)).join(', ');
  if (typeof value === 'object' && value !== null) {
    return inWords(Object.values(value), pointer, context);
  }
  return pointer === '/inventory/release/due' ? context.due(String(value)) : String(value);
}
