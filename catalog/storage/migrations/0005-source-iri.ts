import type { Kysely } from 'kysely';

/** The IRI that a record brought from its source, so that what is read again is found again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['dataset', 'agency', 'published']) {
    await db.schema.alterTable(table).addColumn('iri', 'text').execute();
  }
  for (const table of ['dataset', 'agency']) {
    await db.schema.createIndex(`${table}_iri`).on(table).column('iri').unique().execute();
  }
}
