import type { Kysely } from 'kysely';

interface Before {
  published: { position: number; dataset_id: string; live: number };
  dataset: { id: string; record_json: string };
  published_text: { position: number; title: string; keyword: string };
}

const batch = 500;

/**
 * The words that decide what a search finds first, as they are spelled: a line for each language of the title. What was
 * published before is filled in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('published_text')
    .addColumn('position', 'integer', (column) => column.primaryKey())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('keyword', 'text', (column) => column.notNull())
    .execute();
  const tables = db as Kysely<Before>;
  for (let position = 0; ; ) {
    const rows = await tables
      .selectFrom('published')
      .innerJoin('dataset', 'dataset.id', 'published.dataset_id')
      .select(['published.position', 'dataset.record_json'])
      .where('published.live', '=', 1)
      .where('published.position', '>', position)
      .orderBy('published.position')
      .limit(batch)
      .execute();
    const last = rows.at(-1);
    if (!last) break;
    await tables
      .insertInto('published_text')
      .values(rows.map((row) => ({ position: row.position, ...textOf(row.record_json) })))
      .execute();
    position = last.position;
  }
}

function textOf(recordJson: string): { readonly title: string; readonly keyword: string } {
  const { title, keyword = {} } = JSON.parse(recordJson) as {
    readonly title: Readonly<Record<string, string>>;
    readonly keyword?: Readonly<Record<string, readonly string[]>>;
  };
  return {
    title: Object.values(title).join('\n'),
    keyword: Object.values(keyword).flat().join('\n'),
  };
}
