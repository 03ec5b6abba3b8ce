import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ckanIdentityRepository } from '../../catalog/exchange/ckan-action/ckan-identity-repository.ts';
import { ckanUuid } from '../../catalog/model/ckan-identity.ts';
import * as ckanUuidMigration from '../../catalog/storage/migrations/0006-ckan-uuid.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const sourceUuid = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
const fileUuid = 'b5f3a1de-0000-4000-8000-000000000001';

describe.each(testDatabases())('CKAN identities on $name', ({ create }) => {
  let test: TestProduct;

  beforeAll(async () => {
    test = await startProduct(create);
    await test.publish(aDataset());
    await test.publish(
      aDataset({
        id: 'y.te',
        identifier: sourceUuid,
        distribution: [aDistribution({ id: fileUuid })],
      }),
    );
    await test.publish(
      aDataset({
        id: 'y-te-2',
        identifier: sourceUuid,
        distribution: [aDistribution({ id: 'f2' })],
      }),
    );
  });
  afterAll(() => test.close());

  const rows = async () => {
    const db = test.product.database.read;
    const [datasets, resources] = await Promise.all([
      db.selectFrom('ckan_dataset').selectAll().orderBy('position').execute(),
      db.selectFrom('ckan_resource').selectAll().orderBy('distribution_id').execute(),
    ]);
    return { datasets, resources };
  };

  it('are given at the first release: the source’s UUID to the first that claims it', async () => {
    const { datasets, resources } = await rows();

    expect(datasets.map(({ dataset_id, uuid }) => [dataset_id, uuid])).toEqual([
      ['tuyen-xe-buyt', ckanUuid('dataset', 'tuyen-xe-buyt')],
      ['y.te', sourceUuid],
      ['y-te-2', ckanUuid('dataset', 'y-te-2')],
    ]);
    expect(resources.map(({ distribution_id }) => distribution_id)).toEqual([
      'f2',
      'tuyen-xe-buyt-csv',
    ]);
  });

  it('are found by UUID, by name and by our id', async () => {
    const repository = ckanIdentityRepository(test.product.database.read);
    const { datasets } = await rows();
    const found = await Promise.all(
      datasets.flatMap(({ uuid, name, dataset_id }) =>
        [uuid, name, dataset_id].map((reference) => repository.findDataset(reference)),
      ),
    );

    expect(found).toEqual(datasets.flatMap(({ dataset_id }) => Array(3).fill(dataset_id)));
    expect(await repository.findResource(fileUuid)).toEqual({
      distributionId: fileUuid,
      datasetId: 'y.te',
    });
    expect(await repository.findResource(ckanUuid('resource', 'f2'))).toEqual({
      distributionId: 'f2',
      datasetId: 'y-te-2',
    });
  });

  it('are the same when the migration gives them to what was published before', async () => {
    const before = await rows();
    await test.product.database.transaction(async (tx) => {
      await sql`drop table ckan_dataset`.execute(tx);
      await sql`drop table ckan_resource`.execute(tx);
      await ckanUuidMigration.up(tx as never);
    });

    expect(await rows()).toEqual(before);
  });
});
