import type { Queryable, Tx } from './database.ts';

const name = 'catalog-version';

/**
 * Says that something public changes, a dataset or an agency: what remembers the version knows that it is old. Gives the
 * new version; the row lock keeps their order that of the commits.
 */
export async function bumpCatalogVersion(tx: Tx): Promise<number> {
  const { value } = await tx
    .updateTable('counter')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .where('name', '=', name)
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

/** The version at the moment that `db` shows. `Database.version` answers the same faster for the moment of asking. */
export async function catalogVersion(db: Queryable): Promise<number> {
  const { value } = await db
    .selectFrom('counter')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return value;
}
