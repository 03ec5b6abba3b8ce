import type { DatasetChange } from '../../inventory/write-datasets.ts';
import { isUuid } from '../../kernel/uuid.ts';
import { ckanUuid, claimsOf, identifyDatasets } from '../../model/ckan-identity.ts';
import type { Tx } from '../../storage/database.ts';
import { ckanIdentityRepository } from './ckan-identity-repository.ts';

/**
 * Gives what is published the UUIDs and names by which CKAN's clients find it, inside the transaction that publishes
 * it and after the publication itself. Once given they stay, whatever becomes of the record.
 */
export async function reflectIdentities(tx: Tx, changes: readonly DatasetChange[]): Promise<void> {
  const live = changes.filter(({ after }) => after.state === 'published').map(({ after }) => after);
  if (live.length === 0) return;
  const repository = ckanIdentityRepository(tx);
  const named = await repository.named(live.map(({ record }) => record.id));
  const newcomers = live.filter(({ record }) => !named.has(record.id));
  const records = newcomers.map(({ record }) => record);
  const identities = identifyDatasets(records, await repository.taken(claimsOf(records)));
  await repository.saveDatasets(
    identities.map((identity, at) => ({
      ...identity,
      createdAt: newcomers[at]?.releasedAt ?? newcomers[at]?.createdAt ?? '',
    })),
  );
  await repository.saveResources(
    live.flatMap(({ record }) =>
      (record.distribution ?? []).flatMap(({ id }) =>
        isUuid(id) ? [] : { distribution_id: id, uuid: ckanUuid('resource', id) },
      ),
    ),
  );
}
