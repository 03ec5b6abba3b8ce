import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const password = 'gió mùa về qua cửa ô';

describe.each(testDatabases())('the page of the audit on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let server: TestServer;
  let coordinator: WebClient;
  let approver: WebClient;

  beforeAll(async () => {
    fresh = await create();
    server = await startServer(fresh.url);
    coordinator = await somebody('dieuphoi@example.vn', { role: 'coordinator' });
    approver = await somebody('pheduyet@example.vn', { role: 'approver', agency: 'so-y-te' });
    const ours = aDataset({ id: 'cua-y-te', publisher: 'so-y-te', title: { vi: '=1+1' } });
    await registerDataset(ours, operator, server.product);
    await registerDataset(aDataset({ id: 'cua-xay-dung' }), operator, server.product);
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await fresh.drop();
  });

  it('shows the coordinator all acts, the approver those of the agency', async () => {
    const all = await (await coordinator.get('/workspace/audit')).text();
    const own = await (await approver.get('/workspace/audit')).text();
    const asked = await (await approver.get('/workspace/audit?agency=so-xay-dung')).text();

    expect(all).toContain('dataset/cua-y-te');
    expect(all).toContain('dataset/cua-xay-dung');
    expect(own).toContain('dataset/cua-y-te');
    expect(own).not.toContain('dataset/cua-xay-dung');
    expect(asked).not.toMatch(/dataset\/cua-/);
  });

  it('filters by kind, subject and day', async () => {
    const page = async (query: string) =>
      [...(await (await coordinator.get(`/workspace/audit?${query}`)).text()).matchAll(/id="act-/g)]
        .length;

    expect(await page('act=dataset')).toBe(2);
    expect(await page('act=dataset.register&subject=dataset/cua-y-te')).toBe(1);
    expect(await page('act=datas')).toBe(0);
    expect(await page('from=2099-01-01')).toBe(0);
    expect(await page('act=session')).toBeGreaterThanOrEqual(2);
    expect((await coordinator.get('/workspace/audit?from=2026-02-30')).status).toBe(400);
  });

  it('leads through all of it, page by page', async () => {
    for (let at = 0; at < 60; at += 1) {
      await registerDataset(aDataset({ id: `nhieu-${at}` }), operator, server.product);
    }
    const first = await (await coordinator.get('/en/workspace/audit?act=dataset')).text();
    const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await (await coordinator.get(next)).text();

    expect([...first.matchAll(/id="act-/g)]).toHaveLength(50);
    expect([...second.matchAll(/id="act-/g)]).toHaveLength(12);
    expect(second).not.toContain('rel="next"');
  });

  it('gives the same as CSV, in which nothing runs', async () => {
    const answer = await approver.get('/workspace/audit.csv');
    const csv = await answer.text();

    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('Content-Disposition')).toContain('audit.csv');
    expect(csv).toContain('dataset/cua-y-te');
    expect(csv).not.toContain('dataset/cua-xay-dung');
    expect(csv).not.toMatch(/(^|,)"?[=+@-]/m);
  });

  async function somebody(email: string, grant: object): Promise<WebClient> {
    const input = { email, name: email, grants: [grant] };
    await addAccount(input, password, operator, server.product);
    const client = webClient(server);
    await client.signIn(email, password);
    return client;
  }
});
