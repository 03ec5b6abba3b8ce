import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import type { Scope } from '../../catalog/access/scopes.ts';
import { later } from '../../catalog/kernel/clock.ts';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Fields, type WebClient, webClient } from '../support/web-client.ts';

const password = 'cầu Long Biên bắc qua sông';

describe.each(testDatabases())('an agency’s token on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let server: TestServer;
  let approver: WebClient;

  beforeAll(async () => {
    fresh = await create();
    server = await startServer(fresh.url);
    await server.publish(aDataset());
    await addAccount(
      {
        email: 'an@example.vn',
        name: 'An',
        grants: [{ role: 'approver', agency: 'so-xay-dung' }],
      },
      password,
      operator,
      server.product,
    );
    approver = webClient(server);
    await approver.signIn('an@example.vn', password);
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await fresh.drop();
  });

  const make = (changes: Fields = {}) =>
    approver.submit('/workspace/tokens', '/workspace/tokens', {
      label: 'Kho dữ liệu',
      agency: 'so-xay-dung',
      role: 'editor',
      scope: ['datasets:read'],
      lastDay: later(server.product.clock(), 86_400_000 * 30).slice(0, 10),
      ...changes,
    });

  it('is shown once, and works for what it was made for alone', async () => {
    const answer = await make();
    expect(answer.status).toBe(200);
    const token = /value="(khue_[\w-]+)"/.exec(await answer.text())?.[1] ?? '';
    const headers = { Authorization: `Bearer ${token}` };
    const draft = { title: { vi: 'Nháp' }, publisher: 'so-xay-dung' };
    const refused = await server.send('POST', '/api/v1/datasets', draft, headers);

    expect((await server.get('/api/v1/datasets?state=draft', headers)).status).toBe(200);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ type: expect.stringMatching(/scope-missing$/) });
    expect(await (await approver.get('/workspace/tokens')).text()).not.toContain(token);
  });

  it.each([
    ['of another agency', { agency: 'so-y-te' }, 403],
    ['of no agency', { agency: '' }, 422],
    ['of the whole city', { role: 'coordinator' }, 422],
    ['of nothing', { scope: [] }, 422],
    ['of a scope that is none', { scope: ['everything'] }, 422],
    ['without a name', { label: ' ' }, 422],
    ['for ever', { lastDay: '' }, 422],
    ['until yesterday', { lastDay: '2020-01-01' }, 422],
    ['until the 30th of February', { lastDay: '2027-02-30' }, 422],
    ['for ten years', { lastDay: '2036-01-01' }, 422],
  ])('%s is not made', async (_what, changes, status) => {
    expect((await make(changes)).status).toBe(status);
  });

  it('counts no more once it is revoked, and cannot be revoked from another agency', async () => {
    const theirs = await server.product.tokens.create({
      label: 'Y tế',
      role: 'editor',
      agency: 'so-y-te',
    });
    const mine = await server.product.tokens.create({
      label: 'Xây dựng',
      role: 'editor',
      agency: 'so-xay-dung',
    });
    const revoke = (id: string) =>
      approver.submit('/workspace/tokens', `/workspace/tokens/${id}/revoke`, {});
    const asked = async (token: string) =>
      (await server.get('/api/v1/datasets', { Authorization: `Bearer ${token}` })).status;

    expect((await revoke(theirs.id)).status).toBe(404);
    expect((await revoke(mine.id)).status).toBe(303);
    expect([await asked(theirs.token), await asked(mine.token)]).toEqual([200, 401]);
    expect(await (await approver.get('/workspace/tokens')).text()).not.toContain('Y tế');
  });

  it('counts until its last moment', async () => {
    const { clock, tokens } = server.product;
    const over = await tokens.create({
      label: 'x',
      role: 'coordinator',
      expiresAt: later(clock(), -1),
    });

    expect(await tokens.authenticate(over.token)).toBeUndefined();
  });

  it.each<{ scope: Scope; method: string; path: string; status: number }>([
    { scope: 'datasets:write', method: 'GET', path: '/tuyen-xe-buyt/revisions', status: 403 },
    { scope: 'datasets:read', method: 'GET', path: '/tuyen-xe-buyt/revisions', status: 200 },
    { scope: 'datasets:read', method: 'POST', path: '/tuyen-xe-buyt/submit', status: 403 },
    { scope: 'datasets:write', method: 'POST', path: '/tuyen-xe-buyt/submit', status: 409 },
    { scope: 'datasets:write', method: 'POST', path: '/tuyen-xe-buyt/approve', status: 403 },
    { scope: 'datasets:release', method: 'POST', path: '/tuyen-xe-buyt/approve', status: 409 },
  ])('with $scope answers $status to $method $path', async ({ scope, method, path, status }) => {
    const { token } = await server.product.tokens.create({
      label: scope,
      role: 'approver',
      agency: 'so-xay-dung',
      scopes: [scope],
    });
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await server.send(method, `/api/v1/datasets${path}`, undefined, headers);

    expect(answer.status).toBe(status);
  });
});
