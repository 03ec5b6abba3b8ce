import { type LineOrder, lineOrders } from '../../catalog/desk/inventory-line-repository.ts';
import type { InventoryQuery } from '../../catalog/desk/search-inventory.ts';
import type { DutyKind } from '../../catalog/duty/duties-of.ts';
import { wordsOf } from '../../catalog/kernel/spelling.ts';
import { addDays } from '../../catalog/model/calendar.ts';
import { datasetStates } from '../../catalog/model/lifecycle.ts';

/** What the form above the table asks for, as it stands in the address; empty: everything. */
export interface InventoryForm {
  readonly q: string;
  readonly state: string;
  readonly publisher: string;
  readonly theme: string;
  readonly quarter: string;
  readonly officer: string;
  readonly missing: string;
  readonly due: string;
  readonly returned: string;
  readonly sort: LineOrder;
}

/** The officer of those for whom nobody is named. */
export const noOfficer = '-';

/** What can be asked of what is due, in days from today. */
export const dueChoices: Readonly<
  Record<string, { readonly kind?: DutyKind; readonly from?: number; readonly to?: number }>
> = {
  overdue: { to: -1 },
  'release-overdue': { kind: 'release', to: -1 },
  'update-overdue': { kind: 'update', to: -1 },
  'release-soon': { kind: 'release', from: 0, to: 90 },
  'update-soon': { kind: 'update', from: 0, to: 30 },
  review: { kind: 'review' },
};

const names = [
  'q',
  'state',
  'publisher',
  'theme',
  'quarter',
  'officer',
  'missing',
  'due',
  'returned',
] as const;

/** Reads the form of an address. What it does not know finds everything, or nothing; it breaks nothing. */
export function inventoryFormOf(query: URLSearchParams): InventoryForm {
  const fields = Object.fromEntries(
    names.map((name) => [name, (query.get(name) ?? '').trim().slice(0, 200)]),
  ) as Record<(typeof names)[number], string>;
  const sort = lineOrders.find((order) => order === query.get('sort')) ?? 'changed';
  return { ...fields, sort };
}

/**
 * What the form asks of the catalogue.
 *
 * @param today a local calendar date
 */
export function inventoryQueryOf(form: InventoryForm, today: string): InventoryQuery {
  const due = dueChoices[form.due];
  const day = (days: number | undefined) => (days === undefined ? undefined : addDays(today, days));
  const words = wordsOf(form.q).map(({ folded }) => folded);
  return {
    state: datasetStates.find((state) => state === form.state),
    publisher: form.publisher || undefined,
    theme: form.theme || undefined,
    ...(/^\d{4}$/.test(form.quarter)
      ? { planYear: form.quarter }
      : { quarter: form.quarter || undefined }),
    officer: form.officer === '' ? undefined : form.officer === noOfficer ? '' : form.officer,
    missing: form.missing || undefined,
    dueKind: due?.kind,
    dueFrom: day(due?.from),
    dueTo: day(due?.to),
    returned: form.returned === '' ? undefined : true,
    words: words.length > 0 ? words : undefined,
  };
}

/** The address of a table that asks for this; what is empty, or as usual, is left out. */
export function inventoryAddress(
  form: InventoryForm,
  changes: Partial<Record<keyof InventoryForm | 'page', string>> = {},
  path = '/workspace/datasets',
): string {
  const parameters = new URLSearchParams({ ...form, ...changes });
  for (const [name, value] of [...parameters]) {
    if (value === '' || (name === 'sort' && value === 'changed')) parameters.delete(name);
  }
  return parameters.size > 0 ? `${path}?${parameters}` : path;
}
