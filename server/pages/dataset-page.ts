import { structuredData } from '../../catalog/exchange/schema-org/structured-data.ts';
import type { DatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import { nextUpdateDue } from '../../catalog/model/calendar.ts';
import type { ContactPoint, DatasetRecord } from '../../catalog/model/dataset.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { Resource } from '../../catalog/publication/resource-repository.ts';
import { type AgencyNames, freshnessOf } from './dataset-card.ts';
import { type FileView, fileView } from './file-view.ts';
import { type PageContext, type Shown, sentenceCase } from './page-context.ts';
import { type QualitySummary, qualitySummary } from './quality-page.ts';
import { scriptJson } from './script-json.ts';
import { type Sparkline, sparkline } from './sparkline.ts';

export interface Fact {
  readonly label: string;
  readonly values: readonly (Shown & {
    readonly href?: string;
    readonly mark?: 'fresh' | 'stale';
  })[];
}

export interface DatasetPage {
  readonly id: string;
  readonly title: Shown;
  /** A title of a decision's length is set smaller. */
  readonly isLongTitle: boolean;
  readonly description: Shown;
  readonly agency: Shown & { readonly href: string };
  readonly files: readonly FileView[];
  readonly facts: readonly Fact[];
  readonly keywords: readonly { readonly text: string; readonly href: string }[];
  readonly licences: readonly {
    readonly label?: string;
    readonly href?: string;
    readonly words: string;
  }[];
  readonly cite: string;
  readonly curl: string;
  readonly forms: readonly { readonly label: string; readonly href: string }[];
  readonly downloads: string;
  readonly usage?: Sparkline;
  readonly quality: QualitySummary;
  /** schema.org JSON-LD, safe to stand in a script element. */
  readonly structuredData: string;
}

const longTitle = 90;
const mostCommands = 3;

export interface DatasetInput {
  /** The series it is in. */
  readonly series?: readonly Resource[];
  readonly record: DatasetRecord;
  readonly changedAt: string;
  readonly downloads: number;
  readonly quality: DatasetQuality;
  readonly byMonth: readonly { readonly period: string; readonly count: number }[];
  /** Distribution ids whose file we hold, with its name. */
  readonly heldFiles: ReadonlyMap<string, string>;
  readonly agencies: AgencyNames;
  readonly today: string;
}

export function datasetPage(input: DatasetInput, context: PageContext): DatasetPage {
  const { record, agencies } = input;
  const agency = context.show(
    agencies.get(record.publisher) ?? { [context.lang]: record.publisher },
  );
  const iri = `${context.baseURL}/dataset/${record.id}`;
  const title = context.show(record.title);
  const distributions = record.distribution ?? [];
  const licences = [...new Set(distributions.flatMap(({ license }) => license ?? []))];
  const files = distributions.map((file) =>
    fileView(
      file,
      { heldAs: input.heldFiles.get(file.id), licence: licences.length > 1 ? 'say' : 'same' },
      context,
    ),
  );
  const modified = record.modified ?? input.changedAt;
  return {
    id: record.id,
    title,
    isLongTitle: title.text.length > longTitle,
    description: context.show(record.description),
    agency: { ...agency, href: context.url(`/agency/${record.publisher}`) },
    files,
    facts: factsOf(input, context),
    keywords: keywordsOf(record, context),
    licences: licencesOf(licences, context),
    cite: `${agency.text}. ${title.text}. ${context.date(modified)}. ${iri}`,
    curl: curlOf(record, files, context),
    forms: [
      { label: 'Turtle', href: `/dataset/${record.id}.ttl` },
      { label: 'JSON-LD', href: `/dataset/${record.id}.jsonld` },
      { label: 'RDF/XML', href: `/dataset/${record.id}.rdf` },
      { label: 'N-Triples', href: `/dataset/${record.id}.nt` },
      { label: 'JSON', href: `/api/v1/datasets/${record.id}` },
    ],
    downloads: context.plural('dataset.downloads', input.downloads),
    ...(input.downloads > 0 && { usage: sparkline(input.byMonth, input.today) }),
    quality: qualitySummary(record.id, input.quality, context),
    structuredData: structuredDataOf(input, files, context),
  };
}

function factsOf(input: DatasetInput, context: PageContext): readonly Fact[] {
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

/** What the page says to search engines; its files are had where the page's are, so that they are counted. */
function structuredDataOf(
  { record, agencies, changedAt }: DatasetInput,
  files: readonly FileView[],
  { baseURL, lang, t }: PageContext,
): string {
  const name = agencies.get(record.publisher);
  const hrefs = new Map(files.map(({ id, href }) => [id, href]));
  return scriptJson(
    structuredData(record, name && { id: record.publisher, name }, {
      baseURL,
      lang,
      catalogTitle: t('site.name'),
      changedAt,
      contentURL: ({ id }) => `${baseURL}${hrefs.get(id) ?? ''}`,
    }),
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

function keywordsOf(record: DatasetRecord, context: PageContext): DatasetPage['keywords'] {
  const words = record.keyword?.[context.lang] ?? Object.values(record.keyword ?? {})[0] ?? [];
  return words.map((text) => ({
    text,
    href: context.url(`/dataset?keyword=${encodeURIComponent(text)}`),
  }));
}

/** A sentence in plain words for each licence that agencies really use; the others ask to be read. */
const licenceWords: Readonly<Record<string, string>> = {
  CC0: 'free',
  CC_PDM_1_0: 'free',
  ODC_PDDL: 'free',
  CC_BY: 'attribution',
  CC_BY_3_0: 'attribution',
  CC_BY_4_0: 'attribution',
  ODC_BY: 'attribution',
  CC_BYSA: 'shareAlike',
  CC_BYSA_3_0: 'shareAlike',
  CC_BYSA_4_0: 'shareAlike',
  ODC_BL: 'shareAlike',
  CC_BYNC: 'nonCommercial',
  CC_BYNC_4_0: 'nonCommercial',
  CC_BYNCSA: 'nonCommercial',
  CC_BYNCSA_4_0: 'nonCommercial',
  CC_BYND: 'noDerivatives',
  CC_BYND_4_0: 'noDerivatives',
};

function licencesOf(codes: readonly string[], context: PageContext): DatasetPage['licences'] {
  if (codes.length === 0) return [{ words: context.t('dataset.licence.none') }];
  return codes.map((code) => {
    const concept = vocabulary('licence').find(code);
    const href = concept?.url ?? (/^https?:/.test(code) ? code : undefined);
    return {
      label: vocabulary('licence').labelOf(code, context.lang),
      ...(href !== undefined && { href }),
      words: context.t(`dataset.licence.${licenceWords[code] ?? 'other'}`),
    };
  });
}

/** Lines for a shell: each file that can be fetched, then the description. */
function curlOf({ id }: DatasetRecord, files: readonly FileView[], { baseURL, t }: PageContext) {
  const lines = files.slice(0, mostCommands).map((file) => `curl -LO ${baseURL}${file.href}`);
  return [...lines, `# ${t('dataset.api.description')}`, `curl ${baseURL}/dataset/${id}.ttl`].join(
    '\n',
  );
}
