import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { lineOf } from '../../catalog/desk/inventory-line.ts';
import { inventoryLineRepository } from '../../catalog/desk/inventory-line-repository.ts';
import { type Dataset, datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { datasetStates } from '../../catalog/model/lifecycle.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { milestoneRepository } from '../../catalog/plan/milestone-repository.ts';
import { proposalRepository } from '../../catalog/plan/proposal-repository.ts';
import { reflectCommitments } from '../../catalog/plan/reflect-commitments.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { bumpCatalogVersion } from '../../catalog/storage/catalog-version.ts';
import { createListener } from '../../server/app.ts';
import { compose, type Product } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { webClient } from '../support/web-client.ts';
import { agencies, generateRecord } from './generate-records.ts';
import { report } from './measure.ts';

/*
 * Fills an empty database with a plan, issues it, and asks for its pages:
 * `plan-child.ts DATABASE_URL DATA_DIR COMMITMENTS REQUESTS`. The client runs in the same process: its time counts too.
 * Between two requests the catalogue's version changes, so that no page is answered from memory; public pages are asked for
 * once more while nothing changes.
 */

const [databaseURL = '', dataDir = '', commitments = '0', requests = '0'] = process.argv.slice(2);
const email = 'dieu-phoi@example.vn';
const password = 'gió mùa về trên phố Hàng Mã';
const year = '2026';

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
await fill(product, Number(commitments));
const grants = [{ role: 'coordinator' }];
await addAccount({ email, name: 'Điều phối', grants }, password, operator, product);
const client = webClient({ baseURL });
await client.signIn(email, password);

const paths = {
  reference: '/workspace/account',
  roadmap: `/roadmap?year=${year}`,
  json: `/roadmap.json?year=${year}`,
  plan: `/plan/${year}`,
  work: `/workspace/plans/${year}`,
  board: `/workspace/plans/${year}/board`,
  timeline: `/workspace/plans/${year}/board?view=timeline`,
};
const taken: Record<string, readonly number[]> = {};
for (const [name, path] of Object.entries(paths)) {
  await anew(3, path);
  taken[name] = await anew(Number(requests), path);
  if (name === 'roadmap' || name === 'plan') {
    taken[`${name}Again`] = await again(Number(requests), path);
  }
}
server.closeAllConnections();
server.close();
await product.close();
report(taken);

/** Milliseconds of the same page, drawn again and again. */
async function anew(count: number, path: string): Promise<readonly number[]> {
  const ms: number[] = [];
  for (let at = 0; at < count; at += 1) {
    await product.database.transaction(bumpCatalogVersion);
    ms.push(await timed(path));
  }
  return ms;
}

/** Milliseconds of the same page while nothing changes. */
async function again(count: number, path: string): Promise<readonly number[]> {
  const ms: number[] = [];
  for (let at = 0; at < count; at += 1) ms.push(await timed(path));
  return ms;
}

async function timed(path: string): Promise<number> {
  const start = performance.now();
  const answer = await client.get(path);
  await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return performance.now() - start;
}

async function fill(here: Product, count: number): Promise<void> {
  const { database, clock } = here;
  await database.transaction(async (tx) => {
    for (const agency of agencies) await saveAgency(tx, agency, clock);
  });
  await savePlan(year, { title: { vi: 'Kế hoạch' } }, 0, operator, here);
  for (let at = 0; at < count; at += 500) {
    const batch = Array.from({ length: Math.min(500, count - at) }, (_, n) => datasetOf(at + n));
    const ids = batch.map(({ record }) => record.id);
    await database.transaction(async (tx) => {
      await datasetRepository(tx).insert(batch);
      await inventoryLineRepository(tx).insert(batch.map(lineOf));
      await reflectCommitments(
        tx,
        batch.map((after) => ({ after, act: 'import' })),
      );
      const decided = ids.map((datasetId) => ({
        datasetId,
        state: 'accepted' as const,
        decidedBy: 'bench',
      }));
      await proposalRepository(tx).save(year, decided, clock());
      for (const [n, id] of ids.entries()) {
        const done = [{ kind: 'prepare' as const, doneOn: `${year}-02-01`, doneBy: 'bench' }];
        if (n % 3 === 1) await milestoneRepository(tx).replace(id, done, ids.slice(0, n % 2));
      }
    });
  }
  await issuePlan(year, { number: '1/QĐ-UBND', date: `${year}-01-15` }, operator, here);
}

/** In the states by turns, a quarter of them in each quarter. */
function datasetOf(n: number): Dataset {
  const state = datasetStates[n % datasetStates.length] ?? 'draft';
  const at = new Date(Date.UTC(2026, n % 11, 1 + (n % 28))).toISOString();
  const inventory = { release: { plan: year, due: `${year}-Q${1 + (n % 4)}` } };
  return {
    record: { ...generateRecord(n), inventory },
    state,
    revision: 1,
    createdAt: at,
    changedAt: at,
    ...(state === 'published' && { releasedAt: at }),
  };
}
