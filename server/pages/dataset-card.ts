import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { nextUpdateDue } from '../../catalog/model/calendar.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import { excerpt, highlight, type Piece } from '../../catalog/search/highlight.ts';
import type { SearchTerm } from '../../catalog/search/search-terms.ts';
import type { PageContext, Shown } from './page-context.ts';

/** A dataset in a list: title, one line of what it is, then facts in one quiet row. */
export interface DatasetCard {
  readonly href: string;
  readonly title: Marked;
  readonly description: Marked;
  readonly agency: Shown;
  readonly updated: string;
  readonly formats: readonly string[];
  readonly downloads: string;
  /** Absent: no definite frequency. */
  readonly freshness?: 'fresh' | 'stale';
}

/** Text to show, in pieces: those that were looked for are marked. */
export interface Marked {
  readonly pieces: readonly Piece[];
  readonly lang?: string;
}

export interface CardInput {
  readonly record: DatasetRecord;
  readonly changedAt: string;
  readonly downloads: number;
}

export type AgencyNames = ReadonlyMap<string, LangText>;

const longestLine = 180;

/** @param terms what was looked for; its words are marked */
export function datasetCard(
  { record, changedAt, downloads }: CardInput,
  agencies: AgencyNames,
  today: string,
  context: PageContext,
  terms: readonly SearchTerm[] = [],
): DatasetCard {
  const mark = ({ text, ...lang }: Shown): Marked => ({ ...lang, pieces: highlight(text, terms) });
  const { text: description, ...lang } = context.show(record.description);
  const freshness = freshnessOf(record, today);
  return {
    href: context.url(`/dataset/${record.id}`),
    title: mark(context.show(record.title)),
    description: mark({ ...lang, text: excerpt(description, terms, longestLine) }),
    agency: context.show(agencies.get(record.publisher) ?? { [context.lang]: record.publisher }),
    updated: context.t('dataset.updated', { date: context.date(record.modified ?? changedAt) }),
    formats: formatsOf(record),
    downloads: context.plural('dataset.downloads', downloads),
    ...(freshness && { freshness }),
  };
}

/** Whether a dataset keeps to its frequency. Absent: it has none that says when. */
export function freshnessOf(record: DatasetRecord, today: string): 'fresh' | 'stale' | undefined {
  const due = nextUpdateDue(record.modified, record.accrualPeriodicity);
  if (due === undefined) return undefined;
  return due < today ? 'stale' : 'fresh';
}

export function formatsOf(record: DatasetRecord): readonly string[] {
  const codes = (record.distribution ?? []).flatMap(({ format }) => format ?? []);
  return [...new Set(codes)].map(formatLabel);
}

/** A file type by its short name; one of somebody else's table by the end of its IRI. */
export function formatLabel(code: string): string {
  const label = vocabulary('file-type').labelOf(code, 'en');
  return label.split('/').at(-1) ?? label;
}
