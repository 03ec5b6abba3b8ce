import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import type { Clock, Instant } from '../../catalog/kernel/clock.ts';
import { measurePublished } from '../../catalog/publication/measure-published.ts';
import { publishedRepository } from '../../catalog/publication/published-repository.ts';
import { linkCheckRepository } from '../../catalog/quality/link-check-repository.ts';
import { qualityRepository } from '../../catalog/quality/quality-repository.ts';
import { rollupRepository } from '../../catalog/usage/rollup-repository.ts';
import { checkLinks } from '../../server/jobs/check-links.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { type LinkServer, startLinkServer } from '../support/link-server.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const noon = '2026-11-24T05:00:00.000Z';
const nextDay = '2026-11-24T17:30:00.000Z';
const at =
  (moment: string): Clock =>
  () =>
    moment as Instant;

describe.each(testDatabases())('what is measured on $name', ({ create }) => {
  let test: TestProduct;
  let links: LinkServer;
  let serial = 0;

  beforeAll(async () => {
    test = await startProduct(create);
    links = await startLinkServer();
  });
  afterAll(async () => {
    await links.close();
    await test.close();
  });

  const quality = () => qualityRepository(test.product.database.read);
  const measure = (clock: Clock = at(noon)) => measurePublished({ ...test.product, clock });

  async function published(changes: Parameters<typeof aDataset>[0] = {}): Promise<string> {
    serial += 1;
    const id = `do-${serial}`;
    await test.publish(aDataset({ id, ...changes }));
    return id;
  }

  async function form(id: string) {
    const found = await publishedRepository(test.product.database.read).findForm(id, 'ttl');
    if (!found) throw new Error(`${id} has no form`);
    return found;
  }

  it('scores what is published once, and again only when it changes or a day begins', async () => {
    await measure();
    await published();
    const planned = { ...test.product };

    expect(await measure()).toMatchObject({ scored: 1 });
    expect(await measure()).toEqual({ scored: 0, rewritten: 0 });

    const id = await published();
    await measure();
    await reviseDataset(
      id,
      (record) => ({ ...record, version: '2' }),
      undefined,
      operator,
      planned,
    );
    expect(await measure()).toMatchObject({ scored: 1 });
    expect((await measure(at(nextDay))).scored).toBeGreaterThan(1);
    expect(await measure(at(nextDay))).toEqual({ scored: 0, rewritten: 0 });
  });

  it('publishes the score with the dataset, without calling the dataset changed', async () => {
    const id = await published();
    const before = await form(id);
    expect(before.body).not.toContain('dqv:');

    await measure();
    const after = await form(id);
    const { total } = (await quality().find(id)) ?? { total: -1 };
    expect(after.body).toContain('dqv:isMeasurementOf <https://piveau.eu/ns/voc#scoring>');
    expect(after.body).toContain(`dqv:value "${total}"^^xsd:integer`);
    expect(after.changedAt).toBe(before.changedAt);
    expect(after.etag).not.toBe(before.etag);
  });

  it('publishes how often files were fetched, from the day after on', async () => {
    const id = await published();
    await measure();
    await test.product.database.transaction((tx) =>
      rollupRepository(tx, test.product.database).add([
        {
          kind: 'download',
          datasetId: id,
          distributionId: `${id}-csv`,
          day: '2026-11-24',
          count: 7,
          raw: 9,
        },
      ]),
    );
    expect((await measure()).rewritten).toBe(0);

    await measure(at(nextDay));
    expect((await form(id)).body).toMatch(/schema:userInteractionCount "7"/);
  });

  it('keeps the score of a record that is written anew until it is measured again', async () => {
    const id = await published();
    await measure();
    await reviseDataset(
      id,
      ({ keyword: _, ...record }) => record,
      undefined,
      operator,
      test.product,
    );
    const total = (await quality().find(id))?.total;
    expect((await form(id)).body).toContain(`dqv:value "${total}"^^xsd:integer`);

    expect(await measure()).toEqual({ scored: 1, rewritten: 1 });
    expect((await form(id)).body).toContain(`dqv:value "${(total ?? 0) - 30}"^^xsd:integer`);
  });

  it('keeps a day of history for each change of the figures, and ends it with the withdrawal', async () => {
    const id = await published();
    await measure();
    await measure(at(nextDay));
    expect((await quality().history(id)).map(({ day }) => day)).toEqual(['2026-11-24']);

    await reviseDataset(
      id,
      ({ keyword: _, ...record }) => record,
      undefined,
      operator,
      test.product,
    );
    await measure(at(nextDay));
    const history = await quality().history(id);
    expect(history.map(({ day }) => day)).toEqual(['2026-11-24', '2026-11-25']);
    expect((history[0]?.total ?? 0) - (history[1]?.total ?? 0)).toBe(30);

    await advanceDataset(id, 'withdraw', 'Trùng với tập khác.', operator, test.product);
    await measure(at('2026-11-26T05:00:00.000Z'));
    expect(await quality().find(id)).toBeUndefined();
    expect((await quality().history(id)).at(-1)).toMatchObject({
      day: '2026-11-26',
      dimensions: {},
    });
    expect((await quality().history(id)).at(-1)).not.toHaveProperty('total');
  });

  it('stops between batches when it is told to', async () => {
    for (let n = 0; n < 25; n += 1) await published();
    let asked = 0;
    const { scored } = await measurePublished({ ...test.product, clock: at(noon) }, () => {
      asked += 1;
      return asked > 1;
    });
    expect(scored).toBe(20);
    expect((await measure()).scored).toBe(5);
  });

  it('gives the points of addresses that answer, once they were asked', async () => {
    const id = await published({
      distribution: [
        aDistribution({
          id: 'do-lien-ket-csv',
          accessURL: `${links.url}/trang`,
          downloadURL: `${links.url}/tep.csv`,
        }),
      ],
    });
    await measure();
    const before = (await quality().find(id))?.total ?? 0;
    const report = await checkLinks(test.product, {
      olderThanHours: 24,
      limit: 1000,
      pauseMs: 0,
      ask: { allowIPAddressList: ['127.0.0.1'], timeoutMs: 2000 },
    });
    expect(report.failed.map(({ url }) => url)).not.toContain(`${links.url}/trang`);

    await measure();
    expect((await quality().find(id))?.total).toBe(before + 80);
    const asked = links.requests();
    await checkLinks(test.product, { olderThanHours: 24, limit: 1000, pauseMs: 0 });
    expect(links.requests()).toBe(asked);
  });

  it('counts how often in a row an address did not answer', async () => {
    const url = `${links.url}/khong-co`;
    const repository = linkCheckRepository(test.product.database.read);
    const keep = (status: number) =>
      test.product.database.transaction((tx) =>
        linkCheckRepository(tx).save([{ url, status, checkedAt: noon }]),
      );
    for (const status of [404, 500]) await keep(status);
    expect(await repository.find(url)).toMatchObject({ status: 500, failures: 2 });
    await keep(200);
    expect(await repository.find(url)).toMatchObject({ status: 200, failures: 0 });
  });
});
