import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { nextUpdateDue } from '../../catalog/model/calendar.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { PageContext, Shown } from './page-context.ts';

/** A dataset in a list: title, one line of what it is, then facts in one quiet row. */
export interface DatasetCard {
  readonly href: string;
  readonly title: Shown;
  readonly description: Shown;
  readonly agency: Shown;
  readonly updated: string;
  readonly formats: readonly string[];
  readonly downloads: string;
  /** Absent: no definite frequency. */
  readonly freshness?: 'fresh' | 'stale';
}

export interface CardInput {
  readonly record: DatasetRecord;
  readonly changedAt: string;
  readonly downloads: number;
}

export type AgencyNames = ReadonlyMap<string, LangText>;

export function datasetCard(
  { record, changedAt, downloads }: CardInput,
  agencies: AgencyNames,
  today: string,
  context: PageContext,
): DatasetCard {
  const freshness = freshnessOf(record, today);
  return {
    href: context.url(`/dataset/${record.id}`),
    title: context.show(record.title),
    description: firstSentence(context.show(record.description)),
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

const longestLine = 180;

function firstSentence({ text, ...rest }: Shown): Shown {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longestLine) return { ...rest, text: line };
  const cut = line.slice(0, longestLine);
  return { ...rest, text: `${cut.slice(0, cut.lastIndexOf(' '))}…` };
}
