import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { lineOf } from '../../catalog/desk/inventory-line.ts';
import { inventoryLineRepository } from '../../catalog/desk/inventory-line-repository.ts';
import { similarDatasets } from '../../catalog/desk/similar-datasets.ts';
import { type Dataset, datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { datasetStates } from '../../catalog/model/lifecycle.ts';
import { createListener } from '../../server/app.ts';
import { compose, type Product } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { complete, objectsOfSchema } from '../support/schema-values.ts';
import { webClient } from '../support/web-client.ts';
import { agencies, generateRecord } from './generate-records.ts';
import { report } from './measure.ts';

/*
 * Fills an empty database with an inventory in all states and asks for its table as the coordinator does:
 * `inventory-child.ts DATABASE_URL DATA_DIR DATASETS REQUESTS`. The client runs in the same process: its time counts too.
 */

const [databaseURL = '', dataDir = '', datasets = '0', requests = '0'] = process.argv.slice(2);
const email = 'dieu-phoi@example.vn';
const password = 'gió mùa về trên phố Hàng Mã';

const server = createServer();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const product = await compose(
  readConfig({
    DATABASE_URL: databaseURL,
    DATA_DIR: dataDir,
    BASE_URL: baseURL,
    LOG_LEVEL: 'silent',
  }),
);
server.on('request', createListener(product));
await fill(product, Number(datasets));
const grants = [{ role: 'coordinator' }];
await addAccount({ email, name: 'Điều phối', grants }, password, operator, product);
const client = webClient({ baseURL });
await client.signIn(email, password);

const paths = {
  reference: '/workspace/account',
  table: '/workspace/datasets',
  filtered: '/workspace/datasets?q=truong&theme=EDUC&missing=any&sort=title',
  due: '/workspace/datasets?due=overdue&sort=due&page=20',
  quality: '/workspace/datasets?sort=quality',
  desk: '/workspace/datasets/tap-0000007',
  form: '/workspace/datasets/day-du/edit',
};
const taken: Record<string, readonly number[]> = {};
for (const [name, path] of Object.entries(paths)) {
  await times(3, () => client.get(path));
  taken[name] = await times(Number(requests), () => client.get(path));
}
const title = 'Danh sách trường tiểu học phường Cầu Giấy';
const similar = () => similarDatasets(title, undefined, operator, product.database.read);
await similar();
taken['similar'] = await times(Number(requests), similar);
server.closeAllConnections();
server.close();
await product.close();
report(taken);

/** Milliseconds of the same thing done again and again. */
async function times(count: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  const ms: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const start = performance.now();
    const result = await work();
    if (result instanceof Response) {
      await result.text();
      if (!result.ok) throw new Error(`${result.url} answered ${result.status}`);
    }
    ms.push(performance.now() - start);
  }
  return ms;
}

async function fill({ database, clock }: Product, count: number): Promise<void> {
  await database.transaction(async (tx) => {
    for (const agency of agencies) await saveAgency(tx, agency, clock);
  });
  await database.transaction(async (tx) => {
    await datasetRepository(tx).insert([filledIn()]);
    await inventoryLineRepository(tx).insert([lineOf(filledIn())]);
  });
  for (let at = 0; at < count; at += 500) {
    const batch = Array.from({ length: Math.min(500, count - at) }, (_, n) => datasetOf(at + n));
    await database.transaction(async (tx) => {
      await datasetRepository(tx).insert(batch);
      await inventoryLineRepository(tx).insert(batch.map(lineOf));
    });
  }
}

/** A dataset with something in every field of its form, the same each time. */
function filledIn(): Dataset {
  const wish = { ...complete, without: complete.without.filter((name) => name !== 'inventory') };
  const sample = fc.sample(objectsOfSchema('dataset.schema.json', wish), {
    seed: 2026,
    numRuns: 1,
  });
  const publisher = agencies[0]?.id ?? '';
  const record = { ...sample[0], id: 'day-du', publisher } as DatasetRecord;
  const at = '2026-11-01T00:00:00.000Z';
  return { record, state: 'draft', revision: 1, createdAt: at, changedAt: at };
}

/** In the states by turns; each third lacks its description, each has a commitment. */
function datasetOf(n: number): Dataset {
  const state = datasetStates[n % datasetStates.length] ?? 'draft';
  const { description, ...bare } = generateRecord(n);
  const record = n % 3 === 0 || description === undefined ? bare : { ...bare, description };
  const at = new Date(Date.UTC(2026, n % 11, 1 + (n % 28))).toISOString();
  return {
    record: {
      ...record,
      inventory: {
        release: { plan: '2026', due: `2026-Q${1 + (n % 4)}` },
        updateResponsibility: { officerEmail: `can-bo-${n % 200}@example.vn` },
      },
    },
    state,
    revision: 1,
    createdAt: at,
    changedAt: at,
    ...(state === 'published' && { releasedAt: at }),
  };
}
