import { type Kysely, sql } from 'kysely';
import { isUuid } from '../../kernel/uuid.ts';
import { ckanUuid, identifyDatasets } from '../../model/ckan-identity.ts';
import type { DatasetRecord } from '../../model/dataset.ts';

const batch = 500;

/**
 * What CKAN's clients call datasets and resources, so that each is found by its UUID or name in one look. A resource
 * whose id is a UUID needs no row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ckan_dataset')
    .addColumn('position', 'integer', (c) => c.primaryKey().references('published.position'))
    .addColumn('dataset_id', 'text', (c) => c.notNull().unique())
    .addColumn('uuid', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('ckan_resource')
    .addColumn('distribution_id', 'text', (c) => c.primaryKey())
    .addColumn('uuid', 'text', (c) => c.notNull().unique())
    .execute();
  await nameDatasets(db);
  await nameResources(db);
}

async function nameDatasets(db: Kysely<unknown>): Promise<void> {
  const taken = new Set<string>();
  for (let after = 0; ; ) {
    const { rows } = await sql<{ position: number; record_json: string; created_at: string }>`
      select published.position, dataset.record_json,
        coalesce(dataset.released_at, dataset.created_at) as created_at
      from published join dataset on dataset.id = published.dataset_id
      where published.position > ${after} order by published.position limit ${batch}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    after = last.position;
    const records = rows.map((row) => JSON.parse(row.record_json) as DatasetRecord);
    const values = identifyDatasets(records, taken).map(
      ({ datasetId, uuid, name }, at) =>
        sql`(${rows[at]?.position ?? 0}, ${datasetId}, ${uuid}, ${name}, ${rows[at]?.created_at ?? ''})`,
    );
    await sql`insert into ckan_dataset (position, dataset_id, uuid, name, created_at)
      values ${sql.join(values)}`.execute(db);
  }
}

async function nameResources(db: Kysely<unknown>): Promise<void> {
  for (let after = ''; ; ) {
    const { rows } = await sql<{ id: string }>`
      select id from distribution where id > ${after} order by id limit ${batch}`.execute(db);
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
    const values = rows
      .filter(({ id }) => !isUuid(id))
      .map(({ id }) => sql`(${id}, ${ckanUuid('resource', id)})`);
    if (values.length === 0) continue;
    await sql`insert into ckan_resource (distribution_id, uuid) values ${sql.join(values)}`.execute(
      db,
    );
  }
}
