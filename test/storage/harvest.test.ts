import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { harvestRepository } from '../../catalog/exchange/harvest/harvest-repository.ts';
import {
  addHarvestSource,
  getHarvest,
  removeHarvestSource,
} from '../../catalog/exchange/harvest/run-harvest.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import type { Instant } from '../../catalog/kernel/clock.ts';
import { harvest, harvestDue } from '../../server/commands/harvest.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { startServer, type TestServer } from '../support/server.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const open = () => false;

describe.each(testDatabases())('harvesting into $name', ({ create }) => {
  let source: TestServer;
  let here: TestProduct;

  beforeAll(async () => {
    source = await startServer();
    for (const id of ids) await source.publish(aDataset({ id, title: { vi: `Tập ${id}` } }));
    here = await startProduct(create);
  });
  afterAll(async () => {
    await here.close();
    await source.close();
  });

  const add = (name: string, path: string, more: object = {}) =>
    addHarvestSource({ name, url: source.baseURL + path, ...more }, operator, here.product);
  const published = async () => {
    const rows = await datasetRepository(here.product.database.read).list(
      { state: 'published' },
      '',
      100,
    );
    return rows.map(({ record }) => record.id);
  };

  it('follows a catalogue over its pages, and finds nothing new the second time', async () => {
    await add('nguon', '/catalog.ttl?page_size=2', { format: 'dcat' });
    const first = await harvest('nguon', here.product);
    const second = await harvest('nguon', here.product);

    expect(first.harvest).toMatchObject({ read: 5, created: 5, withdrawn: 0 });
    expect(second.harvest).toMatchObject({ read: 5, created: 0, unchanged: 5 });
    expect(await published()).toHaveLength(5);
  });

  it('changes what changed at the source, and withdraws what is gone from it', async () => {
    await reviseDataset(
      'a',
      (record) => ({ ...record, title: { vi: 'Tập a mới' } }),
      undefined,
      operator,
      source.product,
    );
    await advanceDataset('b', 'withdraw', 'Trùng.', operator, source.product);
    const { harvest: done } = await harvest('nguon', here.product);

    expect(done).toMatchObject({ read: 4, updated: 1, unchanged: 3, withdrawn: 1, withheld: 0 });
    expect(await published()).toHaveLength(4);
  });

  it('keeps everything when most of the source has vanished', async () => {
    for (const id of ['a', 'c', 'd'])
      await advanceDataset(id, 'withdraw', 'Lỗi.', operator, source.product);
    const { harvest: done } = await harvest('nguon', here.product);

    expect(done).toMatchObject({ read: 1, withdrawn: 0, withheld: 3 });
    expect(await published()).toHaveLength(4);
  });

  it.each([
    { name: 'qua-ckan', format: 'ckan', path: '' },
    { name: 'qua-datajson', format: 'datajson', path: '/data.json' },
  ])('reads $format', async ({ name, format, path }) => {
    await add(name, path, { format, publisher: 'so-xay-dung' });
    const { harvest: done } = await harvest(name, here.product);

    expect(done).toMatchObject({ read: 1, rejected: 0, withdrawn: 0 });
  });

  it('reads what is due by itself, at its time', async () => {
    await add('hang-ngay', '/catalog.nt', { format: 'dcat', every: 'day' });
    const { database } = here.product;
    const now = here.product.clock();
    expect(await harvestRepository(database.current).due(now)).toEqual(['hang-ngay']);
    await harvestDue(here.product, open);
    const { round, report, dueAt } = await getHarvest('hang-ngay', here.product);

    expect([round, report?.read]).toEqual([1, 1]);
    expect(await harvestRepository(database.current).due(now)).toEqual([]);
    expect(await harvestRepository(database.current).due(dueAt as Instant)).toEqual(['hang-ngay']);
  });

  it('lets one process read a source at a time', async () => {
    const rounds = await Promise.allSettled([
      harvest('hang-ngay', here.product),
      harvest('hang-ngay', here.product),
    ]);
    const refused = rounds.flatMap((round) => (round.status === 'rejected' ? [round.reason] : []));

    expect(refused).toEqual([expect.objectContaining({ code: 'harvest-running' })]);
  });

  it('says why a source could not be read, and withdraws nothing for it', async () => {
    await add('khong-co', '/khong-co.ttl', { format: 'dcat' });
    await expect(harvest('khong-co', here.product)).rejects.toMatchObject({
      code: 'source-unreachable',
    });
    const { report } = await getHarvest('khong-co', here.product);

    expect(report?.error).toContain('404');
    await removeHarvestSource('khong-co', operator, here.product);
    await expect(getHarvest('khong-co', here.product)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it.each([
    [{ name: 'x', url: 'file:///etc/passwd', format: 'dcat' }, 'harvest-source-invalid'],
    [{ name: 'X y', url: 'https://a.vn', format: 'dcat' }, 'harvest-source-invalid'],
    [{ name: 'x', url: 'https://a.vn', format: 'oai' }, 'harvest-source-invalid'],
    [{ name: 'x', url: 'https://a.vn', format: 'dcat', publisher: 'la' }, 'harvest-source-invalid'],
    [{ name: 'nguon', url: 'https://a.vn', format: 'dcat' }, 'harvest-source-exists'],
  ])('refuses the source %j', async (input, code) => {
    await expect(addHarvestSource(input, operator, here.product)).rejects.toMatchObject({ code });
  });
});
