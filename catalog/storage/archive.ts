import { sql } from 'kysely';
import type { Database, Queryable, Tables, Tx } from './database.ts';
import type { DialectTraits, Row } from './dialects/dialect.ts';

/*
 * The rows of every table, in a form that either database takes.
 */

type Table = keyof Tables;

/** The tables of an archive, each after those that it refers to. */
export const archivedTables: readonly Table[] = [
  'counter',
  'setting',
  'agency',
  'dataset',
  'dataset_revision',
  'distribution',
  'file',
  'published',
  'published_jsonld',
  'published_ttl',
  'published_nt',
  'published_rdf',
  'published_facet',
  'published_text',
  'resource',
  'ckan_dataset',
  'ckan_resource',
  'link_check',
  'quality',
  'quality_history',
  'quality_average',
  'plan',
  'plan_version',
  'plan_version_entry',
  'plan_proposal',
  'commitment',
  'milestone',
  'commitment_dependency',
  'criteria',
  'indicator_period',
  'indicator',
  'report',
  'usage_event',
  'usage_day',
  'usage_month',
  'usage_total',
  'usage_removed',
  'usage_group',
  'usage_member',
  'usage_sketch',
  'usage_robot',
  'usage_writer',
  'usage_lost',
  'token',
  'account',
  'account_grant',
  'inventory_line',
  'dataset_comment',
  'duty',
  'reminder',
  'notice',
  'account_notice',
  'mail',
  'reuse',
  'reuse_dataset',
  'inquiry',
  'inquiry_support',
  'usefulness',
  'form_draft',
  'annex_import',
  'harvest_source',
  'harvest_dataset',
  'mention',
  'audit',
  'audit_head',
];

/** What no archive holds: secrets of a day, what lives for minutes, and what can be made again. Who was signed in signs in
 * again. */
export const unarchivedTables: readonly Table[] = [
  'usage_salt',
  'session',
  'one_time_link',
  'sign_in_failure',
  'throttle',
  'preview',
];

/** Some rows of one table. */
export interface Piece {
  readonly table: string;
  readonly rows: readonly Row[];
}

/** Every row of the archived tables, as one moment shows them. */
export async function* piecesOf(db: Queryable, traits: DialectTraits): AsyncGenerator<Piece> {
  for (const table of archivedTables) {
    for await (const rows of traits.walk(db, table)) {
      // Events are numbered by each database for itself.
      yield {
        table,
        rows: table === 'usage_event' ? rows.map(({ id: _id, ...row }) => row) : rows,
      };
    }
  }
}

/** Whether nobody has put anything into a database yet, beyond what its migrations did. */
export async function isUntouched({ current }: Pick<Database, 'current'>): Promise<boolean> {
  for (const table of ['agency', 'dataset', 'account', 'audit'] as const) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(current);
    if (rows.length > 0) return false;
  }
  return true;
}

/** Takes away what the migrations wrote, so that an archive can be put in. */
export async function clearForArchive(tx: Tx): Promise<void> {
  for (const table of [...archivedTables].reverse()) {
    await sql`delete from ${sql.table(table)}`.execute(tx);
  }
}

/** SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535. */
const mostParameters = 30_000;

/** Writes rows of a table as they were archived. */
export async function writePiece(
  tx: Tx,
  { table, rows }: Piece,
  traits: DialectTraits,
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  if (table === 'usage_event') await openMonths(tx, rows, traits);
  const together = Math.floor(mostParameters / columns.length);
  const names = sql.join(columns.map((name) => sql.ref(name)));
  for (let at = 0; at < rows.length; at += together) {
    const values = rows
      .slice(at, at + together)
      .map((row) => sql`(${sql.join(columns.map((name) => row[name] ?? null))})`);
    await sql`insert into ${sql.table(table)} (${names}) values ${sql.join(values)}`.execute(tx);
  }
}

async function openMonths(tx: Tx, rows: readonly Row[], traits: DialectTraits): Promise<void> {
  const months = new Set(rows.map(({ day }) => String(day).slice(0, 7)));
  for (const month of months) await traits.openMonth(tx, 'usage_event', month);
}
