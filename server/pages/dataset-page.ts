import {
  type Citation,
  citationOf,
  writeBibTeX,
  writeRis,
} from '../../catalog/exchange/citation/cite-dataset.ts';
import { structuredData } from '../../catalog/exchange/schema-org/structured-data.ts';
import type { DatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import { daysFrom, nextUpdateDue } from '../../catalog/model/calendar.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { PublishedChange } from '../../catalog/publication/published-history.ts';
import type { Resource } from '../../catalog/publication/resource-repository.ts';
import { type AgencyNames, type CardInput, type DatasetCard, datasetCard } from './dataset-card.ts';
import { datasetFacts, type Fact } from './dataset-facts.ts';
import { type FileView, fileView } from './file-view.ts';
import { type ChangeView, historyView } from './history-view.ts';
import { type LicenceView, licenceViews } from './licence-view.ts';
import { type LocatorView, locatorView } from './locator-view.ts';
import type { PageContext, Shown } from './page-context.ts';
import { type QualitySummary, qualitySummary } from './quality-page.ts';
import { scriptJson } from './script-json.ts';
import { type Sparkline, sparkline } from './sparkline.ts';
import { type TemporalView, temporalView } from './temporal-view.ts';
import { quotable, type Snippet, useSnippets } from './use-snippets.ts';

export interface DatasetPage {
  readonly id: string;
  readonly title: Shown;
  /** A title of a decision's length is set smaller. */
  readonly isLongTitle: boolean;
  readonly description: Shown;
  readonly agency: Shown & { readonly href: string };
  /** Whether it keeps to its frequency, in a sentence. */
  readonly freshness: { readonly words: string; readonly mark?: 'fresh' | 'stale' };
  readonly files: readonly FileView[];
  readonly facts: readonly Fact[];
  readonly keywords: readonly { readonly text: string; readonly href: string }[];
  readonly licences: readonly LicenceView[];
  readonly temporal?: TemporalView;
  readonly locator?: LocatorView;
  readonly cite: { readonly text: string; readonly bibTeX: string; readonly ris: string };
  readonly use: { readonly about?: string; readonly snippets: readonly Snippet[] };
  readonly history: readonly ChangeView[];
  readonly related: readonly DatasetCard[];
  readonly forms: readonly { readonly label: string; readonly href: string }[];
  readonly downloads: string;
  readonly usage?: Sparkline;
  readonly quality: QualitySummary;
  /** schema.org JSON-LD, safe to stand in a script element. */
  readonly structuredData: string;
}

const longTitle = 90;

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
  /** What the public saw change, the newest first. */
  readonly history: readonly PublishedChange[];
  readonly related: readonly CardInput[];
  readonly agencies: AgencyNames;
  readonly today: string;
}

export function datasetPage(input: DatasetInput, context: PageContext): DatasetPage {
  const { record, agencies, today } = input;
  const agency = context.show(
    agencies.get(record.publisher) ?? { [context.lang]: record.publisher },
  );
  const title = context.show(record.title);
  const distributions = record.distribution ?? [];
  const licences = [...new Set(distributions.flatMap(({ license }) => license ?? []))];
  const files = distributions.map((file) =>
    fileView(
      file,
      {
        heldAs: input.heldFiles.get(file.id),
        datasetId: record.id,
        licence: licences.length > 1 ? 'say' : 'same',
      },
      context,
    ),
  );
  const temporal = temporalView(record.temporal ?? [], today);
  const locator = locatorView(record.spatial ?? [], context.lang);
  return {
    id: record.id,
    title,
    isLongTitle: title.text.length > longTitle,
    description: context.show(record.description),
    agency: { ...agency, href: context.url(`/agency/${record.publisher}`) },
    freshness: freshnessInWords(input, context),
    files,
    facts: datasetFacts(input, context),
    keywords: keywordsOf(record, context),
    licences: licenceViews(licences, context),
    ...(temporal && { temporal }),
    ...(locator && { locator }),
    cite: citeOf(citationOf(input, agencies.get(record.publisher), context), context),
    use: useOf(record, files, context),
    history: historyView(input.history, context),
    related: input.related.map((hit) => datasetCard(hit, agencies, today, context)),
    forms: formsOf(record),
    downloads: context.plural('dataset.downloads', input.downloads),
    ...(input.downloads > 0 && { usage: sparkline(input.byMonth, today) }),
    quality: qualitySummary(record.id, input.quality, context),
    structuredData: structuredDataOf(input, files, context),
  };
}

/** When it was updated, and whether the next update is due or late, by how much. */
function freshnessInWords(
  { record, changedAt, today }: DatasetInput,
  context: PageContext,
): DatasetPage['freshness'] {
  const { modified, accrualPeriodicity } = record;
  const date = context.date(modified ?? changedAt);
  const due = nextUpdateDue(modified, accrualPeriodicity);
  if (due === undefined) return { words: context.t('dataset.freshness.unbound', { date }) };
  const words = {
    date,
    due: context.date(due),
    frequency: vocabulary('frequency').labelOf(accrualPeriodicity ?? '', context.lang),
  };
  const days = daysFrom(due, today);
  if (days <= 0) return { words: context.t('dataset.freshness.fresh', words), mark: 'fresh' };
  return { words: context.plural('dataset.freshness.stale', days, words), mark: 'stale' };
}

function citeOf(citation: Citation, context: PageContext): DatasetPage['cite'] {
  const { title, publisher, date, version, url } = citation;
  const edition = version === undefined ? '' : context.t('dataset.cite.version', { version });
  return {
    text: context.t('dataset.cite.text', {
      title: title + edition,
      publisher,
      year: date.slice(0, 4),
      site: context.t('site.name'),
      date: context.date(date),
      url,
    }),
    bibTeX: writeBibTeX(citation),
    ris: writeRis(citation),
  };
}

function useOf(record: DatasetRecord, files: readonly FileView[], context: PageContext) {
  const formats = new Map((record.distribution ?? []).map(({ id, format }) => [id, format]));
  const fetched = files.map(({ id, href }) => ({
    url: quotable(context.baseURL + href),
    format: formats.get(id),
  }));
  return useSnippets(record.id, fetched, context);
}

function formsOf({ id, distribution }: DatasetRecord): DatasetPage['forms'] {
  const packages = [
    { label: 'Data Package', href: `/dataset/${id}/datapackage.json` },
    { label: 'Croissant', href: `/dataset/${id}/croissant.jsonld` },
  ];
  return [
    { label: 'Turtle', href: `/dataset/${id}.ttl` },
    { label: 'JSON-LD', href: `/dataset/${id}.jsonld` },
    { label: 'RDF/XML', href: `/dataset/${id}.rdf` },
    { label: 'N-Triples', href: `/dataset/${id}.nt` },
    { label: 'JSON', href: `/api/v1/datasets/${id}` },
    { label: 'CKAN', href: `/api/3/action/package_show?id=${id}` },
    ...((distribution ?? []).length > 0 ? packages : []),
  ];
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

function keywordsOf(record: DatasetRecord, context: PageContext): DatasetPage['keywords'] {
  const words = record.keyword?.[context.lang] ?? Object.values(record.keyword ?? {})[0] ?? [];
  return words.map((text) => ({
    text,
    href: context.url(`/dataset?keyword=${encodeURIComponent(text)}`),
  }));
}
