import { type Actor, agenciesOf, hasRole } from '../../catalog/access/actor.ts';
import { mostAtOnce } from '../../catalog/desk/act-on-many.ts';
import {
  advisedFields,
  type InventoryLine,
  mandatoryFields,
} from '../../catalog/desk/inventory-line.ts';
import { type LineOrder, lineOrders } from '../../catalog/desk/inventory-line-repository.ts';
import type { InventoryPage as Found } from '../../catalog/desk/search-inventory.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { type Act, datasetStates, roles, transitions } from '../../catalog/model/lifecycle.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import { placeOf } from './field-place.ts';
import type { FormFindings } from './findings.ts';
import { agencyChoices, type Choice } from './grant-view.ts';
import { dueChoices, type InventoryForm, inventoryAddress, noOfficer } from './inventory-query.ts';
import { type PageContext, type Shown, sentenceCase } from './page-context.ts';

export const linesOnPage = 50;
const mostNamed = 3;

/** Acts that can be done to many at once; a withdrawal is thought over one by one. */
export const actsOnMany: readonly Act[] = ['submit', 'approve', 'publish', 'return'];

export interface InventoryInput {
  readonly found: Found;
  readonly form: InventoryForm;
  /** Counts from 1. */
  readonly page: number;
  readonly actor: Actor;
  readonly agencies: ReadonlyMap<string, LangText>;
  readonly choices: {
    readonly officers: readonly { readonly email: string; readonly name: string }[];
    readonly quarters: readonly string[];
  };
  /** A local calendar date. */
  readonly today: string;
  readonly findings: FormFindings;
}

/** The table of the inventory, with the form that narrows it and what can be done to its rows. */
export function inventoryPage(input: InventoryInput, context: PageContext) {
  const { found, form, page, actor, agencies, today, findings } = input;
  const address = (changes: Parameters<typeof inventoryAddress>[1]) =>
    context.url(inventoryAddress(form, changes));
  const own = ownAgencies(actor, agencies);
  const pages = Math.max(1, Math.ceil(found.total / linesOnPage));
  return {
    form,
    findings,
    filters: filtersOf(input, own, context),
    isFiltered: inventoryAddress({ ...form, state: '', sort: 'changed' }).includes('?'),
    clear: context.url(inventoryAddress({ ...emptyForm, state: form.state })),
    tabs: tabsOf(found, form, context, address),
    lines: found.lines.map((line) =>
      lineView(line, own.size > 1 ? agencies : undefined, today, context),
    ),
    found: context.plural('inventory.found', found.total),
    total: found.total,
    hasAgencies: own.size > 1,
    sorts: lineOrders.map((order) => ({
      value: order,
      label: context.t(`inventory.sort.${order}`),
    })),
    columns: (['title', 'due', 'priority', 'missing', 'quality'] as const).map((order) =>
      column(order, form, address, context),
    ),
    pages: {
      previous: page > 1 ? address({ page: page === 2 ? '' : String(page - 1) }) : undefined,
      next: page < pages ? address({ page: String(page + 1) }) : undefined,
      label: context.t('inventory.page', {
        page: context.number(page),
        pages: context.number(pages),
      }),
    },
    csv: context.url(inventoryAddress(form, {}, '/workspace/datasets.csv')),
    register: hasRole(actor, roles) ? context.url('/workspace/datasets/new') : undefined,
    importing: hasRole(actor, roles) ? context.url('/workspace/import') : undefined,
    bulk: {
      action: context.url('/workspace/datasets/bulk'),
      query: inventoryAddress(form).split('?')[1] ?? '',
      all:
        found.total > found.lines.length && found.total <= mostAtOnce
          ? context.plural('inventory.selectAll', found.total)
          : undefined,
      acts: actsOnMany.filter((act) => hasRole(actor, transitions[act].roles)),
      quarters: quartersFrom(today, context),
    },
  };
}

const emptyForm: InventoryForm = {
  q: '',
  state: '',
  publisher: '',
  theme: '',
  quarter: '',
  officer: '',
  missing: '',
  due: '',
  returned: '',
  sort: 'changed',
};

/** The agencies that somebody works for, of those that there are. */
function ownAgencies(actor: Actor, agencies: ReadonlyMap<string, LangText>) {
  const own = agenciesOf(actor);
  return own === 'all' ? agencies : new Map([...agencies].filter(([id]) => own.includes(id)));
}

function filtersOf(
  { form, choices }: InventoryInput,
  own: ReadonlyMap<string, LangText>,
  context: PageContext,
) {
  const { t } = context;
  const field = (name: string): Choice => ({ value: name, label: placeOf(`/${name}`, context) });
  const years = [...new Set(choices.quarters.map((quarter) => quarter.slice(0, 4)))];
  const filter = (name: keyof InventoryForm, options: readonly Choice[]) => ({
    name,
    label: t(`inventory.filter.${name}`),
    options: options.map((option) => ({ ...option, selected: option.value === form[name] })),
  });
  return [
    ...(own.size > 1 ? [filter('publisher', agencyChoices(own, context))] : []),
    filter(
      'theme',
      vocabulary('data-theme').concepts.map(({ code, label }) => ({
        value: code,
        label: sentenceCase(label[context.lang]),
      })),
    ),
    filter('quarter', [
      ...years.map((year) => ({ value: year, label: t('inventory.year', { year }) })),
      ...choices.quarters.map((quarter) => ({ value: quarter, label: context.due(quarter) })),
    ]),
    filter('officer', [
      { value: noOfficer, label: t('inventory.noOfficer') },
      ...choices.officers.map(({ email, name }) => ({
        value: email,
        label: name === '' ? email : `${name} · ${email}`,
      })),
    ]),
    filter('missing', [
      { value: 'any', label: t('inventory.missing.any') },
      ...mandatoryFields.map(field),
      ...['inventory/legalBasis'].map(field),
      ...advisedFields.map((name) => ({
        ...field(name),
        label: t('inventory.missing.advised', { field: field(name).label }),
      })),
    ]),
    filter(
      'due',
      Object.keys(dueChoices).map((value) => ({ value, label: t(`inventory.due.${value}`) })),
    ),
  ];
}

function tabsOf(
  { counts }: Found,
  form: InventoryForm,
  context: PageContext,
  address: (changes: { readonly state: string }) => string,
) {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const tab = (state: string, label: string, count: number) => ({
    label,
    count: context.number(count),
    href: address({ state }),
    isCurrent: state === form.state,
  });
  return [
    tab('', context.t('inventory.all'), all),
    ...datasetStates.map((state) => tab(state, stateName(state, context), counts.get(state) ?? 0)),
  ];
}

/** A state in words. */
export function stateName(state: string, context: PageContext): string {
  return context.t(`workspace.state.${state}`);
}

/** Orders that begin with the greatest. */
const mostFirst: ReadonlySet<LineOrder> = new Set(['missing', 'priority']);

function column(
  order: LineOrder,
  form: InventoryForm,
  address: (changes: { readonly sort: string }) => string,
  context: PageContext,
) {
  return {
    key: order,
    label: context.t(`inventory.column.${order}`),
    href: address({ sort: order }),
    sorted: form.sort === order ? (mostFirst.has(order) ? 'descending' : 'ascending') : undefined,
  };
}

/** A dataset as a row. */
export interface LineView {
  readonly id: string;
  readonly href: string;
  readonly title: Shown;
  readonly agency?: Shown;
  readonly state: string;
  readonly returned: boolean;
  readonly due?: { readonly kind: string; readonly on: string; readonly isLate: boolean };
  readonly missing?: { readonly count: string; readonly fields: string };
  readonly priority: string;
  readonly quality: string;
  readonly officer: string;
}

function lineView(
  line: InventoryLine & { readonly quality?: number },
  agencies: ReadonlyMap<string, LangText> | undefined,
  today: string,
  context: PageContext,
): LineView {
  const { id, publisher, due, missing } = line;
  return {
    id,
    href: context.url(`/workspace/datasets/${id}`),
    title: context.official(line.title),
    ...(agencies && { agency: context.show(agencies.get(publisher) ?? { vi: publisher }) }),
    state: stateName(line.state, context),
    returned: line.returned,
    ...(due && { due: dueView(due, today, context) }),
    ...(missing.length > 0 && {
      missing: {
        count: context.plural('inventory.missing.count', missing.length),
        fields: fieldsInWords(missing, context),
      },
    }),
    priority: line.priority === undefined ? '' : context.number(line.priority),
    quality: line.quality === undefined ? '' : context.number(line.quality),
    officer: line.officerName ?? line.officer ?? '',
  };
}

/** What is due, in words; late is one of them. */
export function dueView(
  { kind, on }: NonNullable<InventoryLine['due']>,
  today: string,
  context: PageContext,
) {
  const isLate = on < today;
  return {
    kind: context.t(`inventory.dueKind.${kind}`),
    on: context.date(on),
    isLate,
  };
}

function fieldsInWords(fields: readonly string[], context: PageContext): string {
  const named = fields.slice(0, mostNamed).map((field) => placeOf(`/${field}`, context));
  return fields.length > mostNamed ? `${named.join(', ')}…` : named.join(', ');
}

/** This quarter and the seven after it. */
function quartersFrom(today: string, context: PageContext): readonly Choice[] {
  const first = Number(today.slice(0, 4)) * 4 + Math.ceil(Number(today.slice(5, 7)) / 3) - 1;
  return Array.from({ length: 8 }, (_, step) => {
    const value = `${Math.floor((first + step) / 4)}-Q${((first + step) % 4) + 1}`;
    return { value, label: context.due(value) };
  });
}
