import { isWritten } from '../../catalog/desk/annex-import/annex-import.ts';
import type { ListedImport } from '../../catalog/desk/annex-import/annex-import-repository.ts';
import { uploadLimits } from '../../catalog/exchange/annex/read-upload.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext } from './page-context.ts';
import { choicesWith } from './select-choices.ts';

/** The form that sends a table, and the tables that were sent. */
export function importsPage(
  input: {
    readonly imports: readonly ListedImport[];
    readonly years: readonly string[];
    readonly plan: string;
    /** The account of who looks. */
    readonly ownId: string;
    readonly findings: FormFindings;
  },
  context: PageContext,
) {
  const { t, url, moment, number } = context;
  const years = input.years.map((year) => ({ value: year, label: year }));
  return {
    action: url('/workspace/import'),
    template: url('/workspace/import/template.xlsx'),
    back: url('/workspace/datasets'),
    years: choicesWith(years, input.plan),
    limits: t('import.limits', {
      megabytes: number(uploadLimits.bytes / 1_000_000),
      rows: number(uploadLimits.rows),
    }),
    imports: input.imports.map((one) => ({
      href: url(`/workspace/import/${one.id}`),
      fileName: one.fileName,
      plan: one.plan,
      when: moment(one.changedAt),
      sender: one.accountId === input.ownId ? undefined : one.sender,
      state: t(`import.state.${stateOf(one)}`),
    })),
    findings: input.findings,
  };
}

/** How far an import is. */
function stateOf(one: Pick<ListedImport, 'outcome'>): 'open' | 'written' | 'undone' {
  if (!one.outcome) return 'open';
  return isWritten(one) ? 'written' : 'undone';
}
