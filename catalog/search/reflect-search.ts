import type { DatasetChange } from '../inventory/write-datasets.ts';
import { wordsOf } from '../kernel/spelling.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { vocabulary } from '../model/vocabularies.ts';
import { qualityRepository } from '../quality/quality-repository.ts';
import { ratingOf } from '../quality/score-dataset.ts';
import type { Tx } from '../storage/database.ts';
import type { DialectTraits, SearchDocument } from '../storage/dialects/dialect.ts';
import type { PublishedTextTable } from '../storage/tables.ts';
import { type FacetRow, searchRepository } from './search-repository.ts';

/** Keeps the search index true to what is published, inside the transaction that publishes it. */
export function reflectSearch(traits: DialectTraits) {
  return async (tx: Tx, changes: readonly DatasetChange[]): Promise<void> => {
    const touched = changes.filter(
      ({ before, after }) => after.state === 'published' || before?.state === 'published',
    );
    if (touched.length === 0) return;
    const repository = searchRepository(tx, traits);
    const positions = await repository.positionsOf(touched.map(({ after }) => after.record.id));
    const scores = await qualityRepository(tx).totalsOf(
      touched.map(({ after }) => after.record.id),
    );
    const documents: SearchDocument[] = [];
    const texts: PublishedTextTable[] = [];
    const facets: FacetRow[] = [];
    const removed: number[] = [];
    for (const { after } of touched) {
      const position = positions.get(after.record.id);
      if (position === undefined) continue;
      if (after.state !== 'published') {
        removed.push(position);
        continue;
      }
      documents.push(toDocument(after.record, position));
      texts.push(toText(after.record, position));
      facets.push(...toFacets(after.record, scores.get(after.record.id)?.total, position));
    }
    await repository.save(documents, texts, facets);
    await repository.remove(removed);
  };
}

const themes = vocabulary('data-theme');

/** What the index holds of a published dataset. */
export function toDocument(record: DatasetRecord, position: number): SearchDocument {
  const keywords = Object.values(record.keyword ?? {}).flat();
  const parts = [
    ...Object.values(record.description ?? {}),
    ...(record.distribution ?? []).flatMap(({ title }) => Object.values(title ?? {})),
    record.id.replaceAll('-', ' '),
    ...(record.theme ?? []).flatMap((code) => Object.values(themes.find(code)?.label ?? {})),
  ];
  return {
    position,
    title: folded(Object.values(record.title)),
    keyword: folded(keywords),
    body: folded(parts),
  };
}

/** Cut into words here, so that no database cuts them its own way: PostgreSQL takes PM2.5 for a host. */
function folded(texts: readonly string[]): string {
  return wordsOf(texts.join(' '))
    .map((word) => word.folded)
    .join(' ');
}

function toText({ title, keyword }: DatasetRecord, position: number): PublishedTextTable {
  return {
    position,
    title: Object.values(title).join('\n'),
    keyword: Object.values(keyword ?? {})
      .flat()
      .join('\n'),
  };
}

/** What the public filters by: the values of each facet, each once. */
function toFacets(
  record: DatasetRecord,
  score: number | undefined,
  position: number,
): readonly FacetRow[] {
  const distributions = record.distribution ?? [];
  const values: Readonly<Record<string, readonly (string | undefined)[]>> = {
    theme: record.theme ?? [],
    publisher: [record.publisher],
    accrualPeriodicity: [record.accrualPeriodicity],
    format: distributions.map(({ format }) => format),
    license: distributions.map(({ license }) => license),
    modified: [(record.modified ?? record.issued)?.slice(0, 4)],
    quality: [score === undefined ? undefined : ratingOf(score)],
    keyword: Object.values(record.keyword ?? {}).flat(),
    applicableLegislation: record.applicableLegislation ?? [],
    plan: [record.inventory?.release?.plan],
    inSeries: record.inSeries ?? [],
  };
  return Object.entries(values).flatMap(([facet, found]) =>
    [...new Set(found)].flatMap((value) =>
      value === undefined ? [] : [{ facet, value, position }],
    ),
  );
}
