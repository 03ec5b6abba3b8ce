import type { Kysely } from 'kysely';

interface Moved {
  plan_version: { year: string; version: number; record_json: string };
  plan_version_entry: {
    year: string;
    version: number;
    dataset_id: string;
    position: number;
    field: string;
    due: string;
    dropped: string | null;
    entry_json: string;
  };
}

interface Entry {
  readonly datasetId: string;
  readonly field?: string;
  readonly due: string;
  readonly dropped?: string;
}

const atOnce = 1000;

/**
 * What a plan promises, a row for each dataset, so that its pages are counted and compared without reading whole records:
 * as the records say it now, and as each decision froze it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('commitment')
    .addColumn('dataset_id', 'text', (c) =>
      c.primaryKey().references('dataset.id').onDelete('cascade'),
    )
    .addColumn('year', 'text', (c) => c.notNull())
    .addColumn('due', 'text', (c) => c.notNull())
    .addColumn('field', 'text', (c) => c.notNull())
    .addColumn('dropped', 'text')
    .addColumn('title_sort', 'text', (c) => c.notNull())
    .addColumn('entry_json', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('commitment_year')
    .on('commitment')
    .columns(['year', 'dataset_id'])
    .execute();
  await db.schema
    .createTable('plan_version_entry')
    .addColumn('year', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('dataset_id', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('field', 'text', (c) => c.notNull())
    .addColumn('due', 'text', (c) => c.notNull())
    .addColumn('dropped', 'text')
    .addColumn('entry_json', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('plan_version_entry_key', ['year', 'version', 'dataset_id'])
    .addForeignKeyConstraint('plan_version_entry_version', ['year', 'version'], 'plan_version', [
      'year',
      'version',
    ])
    .execute();
  await moveEntries(db as Kysely<Moved>);
}

/** A version's record held its entries; they become rows. */
async function moveEntries(db: Kysely<Moved>): Promise<void> {
  const keys = await db.selectFrom('plan_version').select(['year', 'version']).execute();
  for (const { year, version } of keys) {
    const ofVersion = db
      .selectFrom('plan_version')
      .select('record_json')
      .where('year', '=', year)
      .where('version', '=', version);
    const { record_json } = await ofVersion.executeTakeFirstOrThrow();
    const { entries, ...head } = JSON.parse(record_json) as { readonly entries: readonly Entry[] };
    const rows = entries.map((entry, position) => ({
      year,
      version,
      dataset_id: entry.datasetId,
      position,
      field: entry.field ?? '',
      due: entry.due,
      dropped: entry.dropped ?? null,
      entry_json: JSON.stringify(entry),
    }));
    for (let at = 0; at < rows.length; at += atOnce) {
      await db
        .insertInto('plan_version_entry')
        .values(rows.slice(at, at + atOnce))
        .execute();
    }
    await db
      .updateTable('plan_version')
      .set({ record_json: JSON.stringify(head) })
      .where('year', '=', year)
      .where('version', '=', version)
      .execute();
  }
}
