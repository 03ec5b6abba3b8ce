import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { decideProposals } from '../../catalog/plan/decide-proposals.ts';
import { proposalLines } from '../../catalog/plan/plan-entries.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const year = '2026';
const address = `/workspace/plans/${year}`;
const password = 'lá sấu vàng trên phố Phan Đình Phùng';
const email = 'dp@example.vn';
const many = 54;
const returned = ['tap-01', 'tap-54'];

describe.each(testDatabases())('the proposals for a plan on $name', ({ create }) => {
  let server: TestServer;
  let drop: () => Promise<void>;
  let coordinator: WebClient;

  beforeAll(async () => {
    const database = await create();
    drop = database.drop;
    server = await startServer(database.url);
    const { product } = server;
    const grants = [{ role: 'coordinator' as const }];
    await addAccount({ email, name: 'Điều phối', grants }, password, operator, product);
    coordinator = webClient(server);
    await coordinator.signIn(email, password);
    await savePlan(year, { title: { vi: 'Kế hoạch' } }, 0, operator, product);
    for (let n = 1; n <= many; n += 1) {
      const id = `tap-${String(n).padStart(2, '0')}`;
      const inventory = { release: { plan: year, due: `${year}-Q2` } };
      await registerDataset(
        aDataset({ id, title: { vi: `Tập ${id}` }, inventory }),
        operator,
        product,
      );
    }
    await decideProposals(year, returned, { act: 'return', reason: 'Thiếu.' }, operator, product);
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await drop();
  });

  const html = async (query = '') => (await coordinator.get(`${address}${query}`)).text();
  const ids = (page: string) =>
    [...page.matchAll(/name="id" value="(tap-\d+)"/g)].map(([, id]) => id);
  const countOf = async (state: string) =>
    (await proposalLines(year, server.product.database.current)).filter(
      ({ decided = 'proposed' }) => decided === state,
    ).length;

  it('are so many on a page, counted as a whole', async () => {
    const [first, second] = [await html(), await html('?page=2')];

    expect([ids(first).length, ids(second)]).toEqual([
      50,
      ['tap-51', 'tap-52', 'tap-53', 'tap-54'],
    ]);
    for (const page of [first, second]) {
      expect(page).toContain('Đề xuất: 52');
      expect(page).toContain('Trả lại: 2');
    }
    expect(ids(await html('?page=99'))).toEqual(ids(second));
    expect((await coordinator.get(`${address}?page=hai`)).status).toBe(400);
  });

  it('are narrowed by an agency and by what was decided', async () => {
    expect(ids(await html('?state=returned'))).toEqual(returned);
    expect(ids(await html('?agency=so-y-te'))).toEqual([]);
    expect(await html('?agency=so-y-te')).toContain('Không có đề xuất nào như vậy.');
    expect((await coordinator.get(`${address}?state=la`)).status).toBe(400);
  });

  it('lead back to the page of what was ticked', async () => {
    const answer = await coordinator.submit(address, `${address}/proposals`, {
      do: 'accept',
      id: ['tap-52', 'tap-53'],
      page: '2',
    });

    expect(answer.headers.get('location')).toBe(`${address}?page=2&done=decided`);
    expect(await countOf('accepted')).toBe(2);
  });

  it('are decided about all at once, unless they are others by now', async () => {
    const all = { do: 'accept', all: '1', state: 'proposed' };
    expect(await html('?state=proposed')).not.toContain('name="all"');
    expect(await html()).toMatch(/name="of" value="54"/);
    const stale = await coordinator.submit(address, `${address}/proposals`, { ...all, of: '52' });
    expect([stale.status, await countOf('accepted')]).toEqual([422, 2]);
    expect(await stale.text()).toContain('Danh sách vừa thay đổi, nay có 50 đề xuất');

    await coordinator.submit(address, `${address}/proposals`, { ...all, of: '50' });

    expect([await countOf('accepted'), await countOf('returned')]).toEqual([52, 2]);
  });
});
