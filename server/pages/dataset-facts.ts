import { nextUpdateDue } from '../../catalog/model/calendar.ts';
import type { ContactPoint, DatasetRecord } from '../../catalog/model/dataset.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { Resource } from '../../catalog/publication/resource-repository.ts';
import { freshnessOf } from './dataset-card.ts';
import { type PageContext, type Shown, sentenceCase } from './page-context.ts';

export interface Fact {
  readonly label: string;
  readonly values: readonly (Shown & {
    readonly href?: string;
    readonly mark?: 'fresh' | 'stale';
  })[];
}

/** What the facts are taken from. */
export interface FactsInput {
  readonly record: DatasetRecord;
  readonly changedAt: string;
  /** The series it is in. */
  readonly series?: readonly Resource[];
  readonly today: string;
}

/** What is known of a dataset, a label and its values each; what nobody has said is left out. */
export function datasetFacts(input: FactsInput, context: PageContext): readonly Fact[] {
  const { record, today } = input;
  const label = (table: string, code: string) => ({
    text: sentenceCase(vocabulary(table).labelOf(code, context.lang)),
  });
  const due = nextUpdateDue(record.modified, record.accrualPeriodicity);
  const freshness = freshnessOf(record, today);
  const facts: readonly (readonly [string, Fact['values']])[] = [
    ['modified', [{ text: context.date(record.modified ?? input.changedAt) }]],
    ['frequency', record.accrualPeriodicity ? [label('frequency', record.accrualPeriodicity)] : []],
    [
      'nextUpdate',
      due === undefined ? [] : [{ text: context.date(due), ...(freshness && { mark: freshness }) }],
    ],
    ['issued', record.issued ? [{ text: context.date(record.issued) }] : []],
    [
      'theme',
      (record.theme ?? []).map((code) => ({
        ...label('data-theme', code),
        href: context.url(`/dataset?theme=${encodeURIComponent(code)}`),
      })),
    ],
    ['contact', contactsOf(record, context)],
    ['landingPage', (record.landingPage ?? []).map(linked)],
    ['documentation', (record.page ?? []).map(linked)],
    ['access', record.accessRights ? [label('access-right', record.accessRights)] : []],
    [
      'temporal',
      (record.temporal ?? []).map(({ startDate, endDate }) => ({
        text: span(startDate, endDate, context),
      })),
    ],
    ['spatial', spatialOf(record, context)],
    ['language', (record.language ?? []).map((code) => label('language', code))],
    ['owner', record.inventory?.owner ? [context.official(record.inventory.owner)] : []],
    [
      'rights',
      record.inventory?.exploitationRights
        ? [context.official(record.inventory.exploitationRights)]
        : [],
    ],
    [
      'inSeries',
      (input.series ?? []).map(({ record: { id, title } }) => ({
        ...context.show(title),
        href: context.url(`/series/${id}`),
      })),
    ],
    ['provenance', record.provenance ? [context.show(record.provenance.label)] : []],
    ['version', record.version ? [{ text: record.version }] : []],
    ['identifier', [{ text: record.identifier ?? record.id }]],
  ];
  return facts.flatMap(([key, values]) =>
    values.length > 0 ? [{ label: context.t(`dataset.${key}`), values }] : [],
  );
}

/** An address of somebody else's by its host, which is what a reader wants to know before going there. */
function linked(href: string): Fact['values'][number] {
  return { text: URL.canParse(href) ? new URL(href).host || href : href, href };
}

function contactsOf(record: DatasetRecord, context: PageContext): Fact['values'] {
  const contacts = [record.contactPoint ?? []].flat() as readonly ContactPoint[];
  return contacts.flatMap(({ fn, hasEmail, hasTelephone, hasURL }) => {
    const email = hasEmail?.replace(/^mailto:/, '');
    const telephone = hasTelephone?.replace(/^tel:/, '');
    return [
      { ...context.official(fn), ...(hasURL !== undefined && { href: hasURL }) },
      ...(email === undefined ? [] : [{ text: email, href: `mailto:${email}` }]),
      ...(telephone === undefined
        ? []
        : [{ text: telephone, href: `tel:${telephone.replace(/[^+\d]/g, '')}` }]),
    ];
  });
}

function spatialOf(record: DatasetRecord, context: PageContext): Fact['values'] {
  return (record.spatial ?? []).flatMap((place) => {
    if (typeof place !== 'string') return place.prefLabel ? [context.show(place.prefLabel)] : [];
    const code = vocabulary('place').codeOf(place);
    return [code ? { text: placeName(code, context) } : { text: place, href: place }];
  });
}

/** Without the note on whose table it is from, which only stewards need: `Hà Nội (GeoNames)`. */
function placeName(code: string, { lang }: PageContext): string {
  return vocabulary('place')
    .labelOf(code, lang)
    .replace(/ \(GeoNames\)$/, '');
}

function span(start: string | undefined, end: string | undefined, context: PageContext): string {
  return [start, end].map((date) => (date ? context.date(date) : '…')).join(' – ');
}
