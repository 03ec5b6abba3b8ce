import { afterAll, beforeAll, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { decideProposals } from '../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { moveCommitment } from '../../catalog/plan/move-commitment.ts';
import { planVersionRepository } from '../../catalog/plan/plan-version-repository.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const year = '2026';
const page = `/workspace/plans/${year}`;
const password = 'nắng hanh trên phố Hàng Bạc';
const email = 'dp@example.vn';
const ids = ['cau', 'ham'] as const;
const decision = { number: '2/QĐ', date: '2026-05-01', reason: 'Chậm.', choosing: '1' };

let server: TestServer;
let coordinator: WebClient;

beforeAll(async () => {
  server = await startServer();
  const { product } = server;
  const grants = [{ role: 'coordinator' as const }];
  await addAccount({ email, name: 'Điều phối', grants }, password, operator, product);
  coordinator = webClient(server);
  await coordinator.signIn(email, password);
  await savePlan(year, { title: { vi: 'Kế hoạch' } }, 0, operator, product);
  for (const id of ids) {
    const inventory = { release: { plan: year, due: '2026-Q1' } };
    await registerDataset(aDataset({ id, title: { vi: id }, inventory }), operator, product);
  }
  await decideProposals(year, ids, { act: 'accept' }, operator, product);
  await issuePlan(year, { number: '1/QĐ', date: '2026-01-15' }, operator, product);
  for (const id of ids) {
    const move = { from: '2026-Q1', due: '2026-Q4', reason: 'Chậm.' };
    await moveCommitment(year, id, move, operator, product);
  }
}, 60_000);
afterAll(() => server.close());

const ticks = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/name="change" value="(\w+)" form="issue"( checked)?/g)].map((found) => [
      found[1],
      found[2] !== undefined,
    ]),
  );

it('an amendment in the browser takes what is ticked, keeps the ticks of a refusal, and leaves the rest', async () => {
  expect(ticks(await (await coordinator.get(page)).text())).toEqual({ cau: true, ham: true });
  const none = await coordinator.submit(page, `${page}/amend`, decision);
  const said = await none.text();
  expect([none.status, ticks(said)]).toEqual([422, { cau: false, ham: false }]);
  expect(said).toContain('Chưa chọn thay đổi nào');
  const wrong = await coordinator.submit(page, `${page}/amend`, {
    ...decision,
    date: '',
    change: 'ham',
  });
  expect(ticks(await wrong.text())).toEqual({ cau: false, ham: true });

  const done = await coordinator.submit(page, `${page}/amend`, { ...decision, change: 'ham' });
  expect(done.headers.get('Location')).toBe(`${page}?done=planAmended`);
  expect(ticks(await (await coordinator.get(page)).text())).toEqual({ cau: true });
  const latest = await planVersionRepository(server.product.database.current).latest(year);
  expect(latest?.entries.map(({ datasetId, due }) => `${datasetId} ${due}`)).toEqual([
    'cau 2026-Q1',
    'ham 2026-Q4',
  ]);
});
