import type { DatasetRecord } from '../model/dataset.ts';
import type { Tx } from '../storage/database.ts';
import type { DialectTraits } from '../storage/dialects/dialect.ts';
import { toDocument } from './reflect-search.ts';
import { searchRepository } from './search-repository.ts';

/** Fills an empty search index with everything that is published: no archive holds it. */
export async function rebuildIndex(tx: Tx, traits: DialectTraits): Promise<void> {
  const repository = searchRepository(tx, traits);
  for (let after = 0; ; ) {
    const page = await repository.publishedAfter(after);
    const last = page.at(-1);
    if (!last) return;
    after = last.position;
    await traits.indexDocuments(
      tx,
      page.map(({ position, json }) => toDocument(JSON.parse(json) as DatasetRecord, position)),
    );
  }
}
