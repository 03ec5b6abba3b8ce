import type { InventoryLine } from '../../catalog/desk/inventory-line.ts';
import { toCsv, toCsvRows } from '../../catalog/kernel/csv.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import { placeOf } from './field-place.ts';
import { stateName } from './inventory-page.ts';
import type { PageContext } from './page-context.ts';

const atOnce = 2000;
const columns = [
  'id',
  'title',
  'publisher',
  'state',
  'theme',
  'plan',
  'quarter',
  'dueKind',
  'due',
  'priority',
  'missing',
  'quality',
  'officer',
  'officerEmail',
  'changed',
] as const;

/** The table as CSV for people, in the words of the page. */
export async function* inventoryCsv(
  pages: (
    limit: number,
    offset: number,
  ) => Promise<readonly (InventoryLine & { readonly quality?: number })[]>,
  agencies: ReadonlyMap<string, LangText>,
  context: PageContext,
): AsyncIterable<string> {
  yield toCsv([columns.map((column) => context.t(`inventory.csv.${column}`))]);
  for (let offset = 0; ; offset += atOnce) {
    const lines = await pages(atOnce, offset);
    yield toCsvRows(lines.map((line) => cellsOf(line, agencies, context)));
    if (lines.length < atOnce) return;
  }
}

function cellsOf(
  line: InventoryLine & { readonly quality?: number },
  agencies: ReadonlyMap<string, LangText>,
  context: PageContext,
) {
  const themes = vocabulary('data-theme');
  return [
    line.id,
    line.title,
    context.show(agencies.get(line.publisher) ?? { vi: line.publisher }).text,
    stateName(line.state, context),
    line.themes.map((code) => themes.labelOf(code, context.lang)).join('; '),
    line.planYear,
    line.quarter,
    line.due && context.t(`inventory.dueKind.${line.due.kind}`),
    line.due?.on,
    line.priority,
    line.missing.map((field) => placeOf(`/${field}`, context)).join('; '),
    line.quality,
    line.officerName,
    line.officer,
    line.changedAt,
  ];
}
