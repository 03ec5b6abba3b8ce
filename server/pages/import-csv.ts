import type { AnnexImport } from '../../catalog/desk/annex-import/annex-import.ts';
import type { Judgement } from '../../catalog/desk/annex-import/judge-import.ts';
import { toCsv } from '../../catalog/kernel/csv.ts';
import { cellOf, fieldName } from './import-view.ts';
import type { PageContext } from './page-context.ts';

/** What would become of every row, as CSV for people. */
export function importCsv(draft: AnnexImport, { rows }: Judgement, context: PageContext): string {
  const { t, lang } = context;
  return toCsv([
    [
      t('import.line'),
      fieldName('title', context),
      fieldName('publisher', context),
      t('import.id'),
      t('import.verdict'),
      t('import.why'),
    ],
    ...rows.map((row) => [
      row.line,
      cellOf(row, 'title', draft),
      cellOf(row, 'publisher', draft),
      row.id,
      t(`import.kind.${row.kind}`),
      [...(row.reason ? [row.reason] : []), ...row.notes].map((remark) => remark[lang]).join(' '),
    ]),
  ]);
}
