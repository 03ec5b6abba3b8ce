import type { AnnexImport } from '../../catalog/desk/annex-import/annex-import.ts';
import type { Judgement } from '../../catalog/desk/annex-import/judge-import.ts';
import { annexFields } from '../../catalog/exchange/annex/columns.ts';
import type { AgencyRecord } from '../../catalog/model/agency.ts';
import type { FormFindings } from './findings.ts';
import { agencyChoices, cellOf, fieldName, fieldsAtFault, rowView } from './import-view.ts';
import type { PageContext } from './page-context.ts';

const longFields: readonly string[] = ['title', 'description', 'note', 'legalBasis'];

/** One row of a table that was sent, with all its cells to correct. */
export function importRowPage(
  input: {
    readonly draft: AnnexImport;
    readonly judgement: Judgement;
    readonly line: number;
    readonly agencies: readonly AgencyRecord[];
    readonly findings: FormFindings;
    readonly sent: URLSearchParams | undefined;
  },
  context: PageContext,
) {
  const { draft, judgement, line, agencies, sent } = input;
  const base = context.url(`/workspace/import/${draft.id}`);
  const row = judgement.rows.find((one) => one.line === line);
  const cells = judgement.table?.rows.find((one) => one.line === line)?.cells ?? [];
  const original = draft.upload.sheets[draft.reading.sheet]?.rows[line - 1] ?? [];
  const atFault = row ? fieldsAtFault(row, draft) : [];
  const next = judgement.rows.find((one) => one.line > line && one.kind === 'refused');
  return {
    heading: context.t('import.row', { line: context.number(line) }),
    back: { href: `${base}#row-${line}`, label: draft.fileName },
    action: `${base}/rows/${line}`,
    line,
    isLeftOut: row?.kind === 'left-out',
    standing: row
      ? rowView(row, draft, agencies, context)
      : { verdict: context.t('import.noData'), notes: [], changes: [], kind: 'left-out' },
    next: next ? { href: `${base}/rows/${next.line}`, line: context.number(next.line) } : undefined,
    findings: input.findings,
    agencies: agencyChoices(agencies, context),
    cells: annexFields.flatMap((field) => {
      const column = draft.reading.columns[field];
      if (column === undefined) return [];
      const name = `cell/${line}/${field}`;
      const before = original[column] ?? '';
      const text = cellOf({ cells }, field, draft);
      return [
        {
          id: `cell-${line}-${field}`,
          name,
          label: fieldName(field, context),
          value: sent?.get(name) ?? text,
          isLong: longFields.includes(field),
          isAgency: field === 'publisher',
          isAtFault: atFault.includes(field),
          problem: input.findings.at(`/${name}`),
          original:
            before === text ? undefined : context.t('import.original', { text: before || '—' }),
        },
      ];
    }),
  };
}
