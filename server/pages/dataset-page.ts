import { nextUpdateDue } from '../../catalog/model/calendar.ts';
import type {
  ContactPoint,
  DatasetRecord,
  DistributionRecord,
} from '../../catalog/model/dataset.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import { type AgencyNames, freshnessOf } from './dataset-card.ts';
import type { PageContext, Shown } from './page-context.ts';
import { type Sparkline, sparkline } from './sparkline.ts';

export interface Fact {
  readonly label: string;
  readonly values: readonly (Shown & {
    readonly href?: string;
    readonly mark?: 'fresh' | 'stale';
  })[];
}

export interface FileView {
  readonly id: string;
  readonly title: Shown;
  readonly description: Shown;
  readonly format?: string;
  readonly size?: string;
  readonly checksum?: string;
  readonly href: string;
  /** Where a linked file lies; absent for one of ours. */
  readonly host?: string;
  readonly action: string;
}

export interface DatasetPage {
  readonly id: string;
  readonly title: Shown;
  readonly description: Shown;
  readonly agency: Shown & { readonly href: string };
  readonly files: readonly FileView[];
  readonly facts: readonly Fact[];
  readonly keywords: readonly { readonly text: string; readonly href: string }[];
  readonly licence: { readonly label?: string; readonly href?: string; readonly words: string };
  readonly cite: string;
  readonly curl: string;
  readonly forms: readonly { readonly label: string; readonly href: string }[];
  readonly downloads: string;
  readonly usage?: Sparkline;
}

export interface DatasetInput {
  readonly record: DatasetRecord;
  readonly changedAt: string;
  readonly downloads: number;
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
  const files = (record.distribution ?? []).map((file) => fileView(file, input, context));
  return {
    id: record.id,
    title,
    description: context.show(record.description),
    agency: { ...agency, href: context.url(`/agency/${record.publisher}`) },
    files,
    facts: factsOf(input, context),
    keywords: keywordsOf(record, context),
    licence: licenceOf(record, context),
    cite: `${agency.text}. ${title.text}. ${context.date(record.modified ?? input.changedAt)}. ${iri}`,
    curl: curlOf(files, context),
    forms: [
      { label: 'Turtle', href: `/dataset/${record.id}.ttl` },
      { label: 'JSON-LD', href: `/dataset/${record.id}.jsonld` },
      { label: 'RDF/XML', href: `/dataset/${record.id}.rdf` },
      { label: 'N-Triples', href: `/dataset/${record.id}.nt` },
      { label: 'JSON', href: `/api/v1/datasets/${record.id}` },
    ],
    downloads: context.t('dataset.downloads', { count: context.number(input.downloads) }),
    ...(input.downloads > 0 && { usage: sparkline(input.byMonth, input.today) }),
  };
}

function fileView(file: DistributionRecord, input: DatasetInput, context: PageContext): FileView {
  const held = input.heldFiles.get(file.id);
  const target = file.downloadURL ?? file.accessURL;
  const name = held ?? fileNameOf(target);
  const isFile = held !== undefined || file.downloadURL !== undefined;
  const format = file.format && vocabulary('file-type').labelOf(file.format, 'en');
  const title = context.show(file.title);
  return {
    id: file.id,
    title: title.text ? title : { text: format ?? file.id },
    description: context.show(file.description),
    ...(format !== undefined && { format: format.split('/').at(-1) ?? format }),
    ...(file.byteSize !== undefined && { size: context.bytes(file.byteSize) }),
    ...(file.checksum && { checksum: `${file.checksum.algorithm}:${file.checksum.checksumValue}` }),
    href: `/download/${file.id}/${name}`,
    ...(held === undefined && URL.canParse(target) && { host: new URL(target).host }),
    action: context.t(isFile ? 'dataset.download' : 'dataset.open'),
  };
}

function fileNameOf(url: string): string {
  const last = URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '';
  return /^[\w.%-]+$/.test(last) ? last : 'data';
}

function factsOf(input: DatasetInput, context: PageContext): readonly Fact[] {
  const { record, today } = input;
  const label = (table: string, code: string) => ({
    text: vocabulary(table).labelOf(code, context.lang),
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
    ['contact', contactsOf(record)],
    ['access', record.accessRights ? [label('access-right', record.accessRights)] : []],
    [
      'temporal',
      (record.temporal ?? []).map(({ startDate, endDate }) => ({
        text: span(startDate, endDate, context),
      })),
    ],
    ['spatial', spatialOf(record, context)],
    ['language', (record.language ?? []).map((code) => label('language', code))],
    ['owner', record.inventory?.owner ? [{ text: record.inventory.owner }] : []],
    [
      'rights',
      record.inventory?.exploitationRights ? [{ text: record.inventory.exploitationRights }] : [],
    ],
    ['provenance', record.provenance ? [context.show(record.provenance.label)] : []],
    ['version', record.version ? [{ text: record.version }] : []],
    ['identifier', [{ text: record.identifier ?? record.id }]],
  ];
  return facts.flatMap(([key, values]) =>
    values.length > 0 ? [{ label: context.t(`dataset.${key}`), values }] : [],
  );
}

function contactsOf(record: DatasetRecord): Fact['values'] {
  const contacts = [record.contactPoint ?? []].flat() as readonly ContactPoint[];
  return contacts.flatMap(({ fn, hasEmail, hasURL }) => [
    { text: fn, ...(hasURL !== undefined && { href: hasURL }) },
    ...(hasEmail === undefined
      ? []
      : [
          {
            text: hasEmail.replace(/^mailto:/, ''),
            href: `mailto:${hasEmail.replace(/^mailto:/, '')}`,
          },
        ]),
  ]);
}

function spatialOf(record: DatasetRecord, context: PageContext): Fact['values'] {
  return (record.spatial ?? []).flatMap((place) => {
    if (typeof place !== 'string') return place.prefLabel ? [context.show(place.prefLabel)] : [];
    const code = vocabulary('place').codeOf(place);
    return [
      code
        ? { text: vocabulary('place').labelOf(code, context.lang) }
        : { text: place, href: place },
    ];
  });
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

function licenceOf(record: DatasetRecord, context: PageContext): DatasetPage['licence'] {
  const code = (record.distribution ?? []).find(({ license }) => license !== undefined)?.license;
  if (code === undefined) return { words: context.t('dataset.licence.none') };
  const known = code === 'CC_BY_4_0' || code === 'CC0' ? code : 'other';
  const concept = vocabulary('licence').find(code);
  const href = concept && 'url' in concept ? concept.url : /^https?:/.test(code) ? code : undefined;
  return {
    label: vocabulary('licence').labelOf(code, context.lang),
    ...(typeof href === 'string' && { href }),
    words: context.t(`dataset.licence.${known}`),
  };
}

function curlOf(files: readonly FileView[], { baseURL }: PageContext): string {
  const [file] = files;
  return file ? `curl -LO ${baseURL}${file.href}` : '';
}
