import type { CkanIdentity } from '../../model/ckan-identity.ts';
import type { Queryable } from '../../storage/database.ts';

/** A dataset's CKAN identity on its way into the database. */
export interface CkanIdentityRow extends CkanIdentity {
  readonly createdAt: string;
}

/** Every SQL statement that writes tables `ckan_dataset` and `ckan_resource`, or looks something up by its UUID. */
export function ckanIdentityRepository(db: Queryable) {
  return {
    /** Those among these datasets that have an identity already. */
    async named(datasetIds: readonly string[]): Promise<ReadonlySet<string>> {
      if (datasetIds.length === 0) return new Set();
      const rows = await db
        .selectFrom('ckan_dataset')
        .select('dataset_id')
        .where('dataset_id', 'in', [...datasetIds])
        .execute();
      return new Set(rows.map((row) => row.dataset_id));
    },

    /** Those among these UUIDs and names that some dataset has. */
    async taken(claims: readonly string[]): Promise<Set<string>> {
      if (claims.length === 0) return new Set();
      const rows = await db
        .selectFrom('ckan_dataset')
        .select(['uuid', 'name'])
        .where((eb) => eb.or([eb('uuid', 'in', [...claims]), eb('name', 'in', [...claims])]))
        .execute();
      return new Set(rows.flatMap(({ uuid, name }) => [uuid, name]));
    },

    /** Names datasets that are published already: their positions are taken from there. */
    async saveDatasets(identities: readonly CkanIdentityRow[]): Promise<void> {
      if (identities.length === 0) return;
      const positions = await db
        .selectFrom('published')
        .select(['dataset_id', 'position'])
        .where(
          'dataset_id',
          'in',
          identities.map(({ datasetId }) => datasetId),
        )
        .execute();
      const positionOf = new Map(positions.map((row) => [row.dataset_id, row.position]));
      const rows = identities.flatMap(({ datasetId, uuid, name, createdAt }) => {
        const position = positionOf.get(datasetId);
        if (position === undefined) return [];
        return { position, dataset_id: datasetId, uuid, name, created_at: createdAt };
      });
      await db.insertInto('ckan_dataset').values(rows).execute();
    },

    async saveResources(
      rows: readonly { readonly distribution_id: string; readonly uuid: string }[],
    ): Promise<void> {
      // SQLite binds at most 32,766 values in a statement.
      for (let at = 0; at < rows.length; at += 10_000) {
        await db
          .insertInto('ckan_resource')
          .values(rows.slice(at, at + 10_000))
          .onConflict((conflict) => conflict.column('distribution_id').doNothing())
          .execute();
      }
    },

    /** The published dataset that a UUID, a CKAN name or an id of ours means. */
    async findDataset(reference: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('ckan_dataset')
        .innerJoin('published', 'published.position', 'ckan_dataset.position')
        .select(['ckan_dataset.dataset_id', 'published.live'])
        .where((eb) =>
          eb.or([
            eb('uuid', '=', reference.toLowerCase()),
            eb('name', '=', reference),
            eb('ckan_dataset.dataset_id', '=', reference),
          ]),
        )
        .executeTakeFirst();
      return row?.live === 1 ? row.dataset_id : undefined;
    },

    /** The distribution that a UUID or an id of ours means, with its dataset. */
    async findResource(
      reference: string,
    ): Promise<{ readonly distributionId: string; readonly datasetId: string } | undefined> {
      const named = await db
        .selectFrom('ckan_resource')
        .select('distribution_id')
        .where('uuid', '=', reference.toLowerCase())
        .executeTakeFirst();
      const distributionId = named?.distribution_id ?? reference;
      const row = await db
        .selectFrom('distribution')
        .innerJoin('published', 'published.dataset_id', 'distribution.dataset_id')
        .select(['distribution.dataset_id', 'published.live'])
        .where('distribution.id', '=', distributionId)
        .executeTakeFirst();
      return row?.live === 1 ? { distributionId, datasetId: row.dataset_id } : undefined;
    },
  };
}
