import type { DatasetRecord, DistributionRecord } from '../../catalog/model/dataset.ts';
import { failureMessages } from '../../catalog/preview/failure-messages.ts';
import type { PreviewFacts } from '../../catalog/preview/preview-facts.ts';
import { encodings } from '../../catalog/preview/preview-job.ts';
import type { Preview } from '../../catalog/preview/preview-repository.ts';
import { formatLabel } from './dataset-card.ts';
import type { PageContext, Shown } from './page-context.ts';
import { type PreviewAddress, type PreviewView, previewViews } from './preview-address.ts';
import type { PreviewChart } from './preview-chart.ts';
import type { ColumnProfile } from './preview-columns.ts';
import type { PreviewMap } from './preview-map.ts';
import type { PreviewTable } from './preview-table.ts';

/** What the chosen view shows; one of these. */
export interface PreviewContent {
  readonly table?: PreviewTable;
  readonly columns?: readonly ColumnProfile[];
  readonly map?: PreviewMap;
  readonly chart?: PreviewChart;
}

interface Choice {
  readonly name: 'encoding' | 'sheet';
  readonly label: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly isChosen: boolean;
  }[];
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
}

export interface PreviewPage extends PreviewContent {
  readonly dataset: Shown & { readonly href: string };
  readonly title: Shown;
  readonly path: string;
  readonly download: string;
  readonly api: string;
  readonly state: 'waiting' | 'ready' | 'failed';
  /** Where the same page is asked for again, while it waits. */
  readonly again: string;
  readonly failure?: string;
  readonly summary?: string;
  /** How the file was read, where that is worth knowing. */
  readonly notes: readonly string[];
  readonly views: readonly {
    readonly label: string;
    readonly href: string;
    readonly isCurrent: boolean;
  }[];
  /** Other ways to read the file. */
  readonly choices: readonly Choice[];
}

export interface PreviewInput {
  readonly dataset: DatasetRecord;
  readonly distribution: DistributionRecord;
  readonly preview: Preview;
  readonly view: PreviewView;
  readonly content: PreviewContent;
}

/** The page of a file as a table: being prepared, not possible, or there. */
export function previewPage(
  { dataset, distribution, preview, view, content }: PreviewInput,
  address: PreviewAddress,
  context: PageContext,
): PreviewPage {
  const title = context.show(distribution.title);
  const format = distribution.format ? formatLabel(distribution.format) : distribution.id;
  const { facts, failure } = preview;
  const isReady = preview.state === 'ready' && facts !== undefined;
  return {
    dataset: { ...context.show(dataset.title), href: context.url(`/dataset/${dataset.id}`) },
    title: title.text ? title : { text: format },
    path: address.path,
    download: `/download/${distribution.id}`,
    api: `/api/v1/distributions/${distribution.id}/preview`,
    state: isReady ? 'ready' : preview.state === 'failed' ? 'failed' : 'waiting',
    again: address.with({}),
    ...(failure && { failure: failureMessages[failure][context.lang] }),
    ...(isReady && { summary: summaryOf(facts, context) }),
    notes: isReady ? notesOf(facts, context) : [],
    views: isReady ? viewsOf(facts, view, address, context) : [],
    choices: choicesOf(preview, address, context),
    ...content,
  };
}

/** Views that a table has: not every one has places. */
export function viewsWith({ place }: PreviewFacts): readonly PreviewView[] {
  return previewViews.filter((view) => view !== 'map' || place !== undefined);
}

function viewsOf(
  facts: PreviewFacts,
  current: PreviewView,
  address: PreviewAddress,
  context: PageContext,
): PreviewPage['views'] {
  return viewsWith(facts).map((view) => ({
    label: context.t(`preview.view.${view}`),
    href: address.with({ view: view === 'table' ? '' : view }),
    isCurrent: view === current,
  }));
}

function summaryOf({ format, rows, columns }: PreviewFacts, context: PageContext): string {
  return context.t('preview.summary', {
    format:
      format === 'geojson' ? 'GeoJSON' : format === 'parquet' ? 'Parquet' : format.toUpperCase(),
    rows: context.plural('preview.rows', rows),
    columns: context.plural('preview.columns', columns.length),
  });
}

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};

function notesOf({ notes, format }: PreviewFacts, context: PageContext): readonly string[] {
  const { declared, encoding, delimiter, ragged, skipped, isHeaderless, broken, cut = [] } = notes;
  const { t, plural } = context;
  const said: (string | false | undefined)[] = [
    declared &&
      t('preview.note.declared', {
        declared: declared.toUpperCase(),
        format: format.toUpperCase(),
      }),
    encoding &&
      t('preview.note.encoding', { encoding: t(`preview.encoding.${encoding}`) }) +
        (delimiter
          ? ` ${t('preview.note.delimiter', { delimiter: t(`preview.delimiter.${delimiterNames[delimiter]}`) })}`
          : ''),
    isHeaderless && t('preview.note.headerless'),
    skipped !== undefined && plural('preview.note.skipped', skipped),
    ragged !== undefined && plural('preview.note.ragged', ragged),
    broken !== undefined && plural('preview.note.broken', broken),
    ...cut.map((what) => t(`preview.note.cut.${what}`)),
  ];
  return said.filter((note) => typeof note === 'string');
}

function choicesOf(
  { job, facts, state }: Preview,
  address: PreviewAddress,
  context: PageContext,
): readonly Choice[] {
  const { sheets = [], sheet, encoding } = facts?.notes ?? {};
  const isText = encoding !== undefined || (state === 'failed' && job.declared === 'csv');
  const leave = ['page', 'sort', 'x', 'y', 'kind', 'aggregate', 'view'];
  return [
    ...(sheets.length > 1
      ? [
          {
            name: 'sheet' as const,
            label: context.t('preview.sheet'),
            options: sheets.map((label, index) => ({
              value: String(index),
              label,
              isChosen: index === sheet,
            })),
            hidden: address.hidden([...leave, 'sheet']).filter(({ name }) => !/^f\d/.test(name)),
          },
        ]
      : []),
    ...(isText
      ? [
          {
            name: 'encoding' as const,
            label: context.t('preview.encoding'),
            options: encodings.map((value) => ({
              value,
              label: context.t(`preview.encoding.${value}`),
              isChosen: value === (encoding ?? job.choice.encoding),
            })),
            hidden: address.hidden(['page', 'encoding']),
          },
        ]
      : []),
  ];
}
