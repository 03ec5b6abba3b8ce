import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { saveResource } from '../../catalog/publication/save-resource.ts';
import { createApp } from '../../server/app.ts';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import type { Fields } from '../support/web-client.ts';
import { datasetEndpoints } from './access-matrix/dataset-endpoints.ts';
import { deskEndpoints } from './access-matrix/desk-endpoints.ts';
import { dutyEndpoints } from './access-matrix/duty-endpoints.ts';
import { endpointsOf } from './access-matrix/endpoints.ts';
import { formEndpoints } from './access-matrix/form-endpoints.ts';
import { importEndpoints } from './access-matrix/import-endpoints.ts';
import type { EndpointRow } from './access-matrix/matrix.ts';
import { everyone, nobody, type Who } from './access-matrix/people.ts';
import { planEndpoints } from './access-matrix/plan-endpoints.ts';
import { publicEndpoints, publicForms, publicQuestions } from './access-matrix/public-endpoints.ts';
import { described, resourceEndpoints } from './access-matrix/resource-endpoints.ts';
import { participationEndpoints, reuseEndpoints } from './access-matrix/reuse-endpoints.ts';
import { doors, workspaceEndpoints } from './access-matrix/workspace-endpoints.ts';
import { startWorld, type World } from './access-matrix/world.ts';

const rows: readonly EndpointRow[] = [
  ...datasetEndpoints,
  ...resourceEndpoints,
  ...reuseEndpoints,
  ...participationEndpoints,
  ...workspaceEndpoints,
  ...dutyEndpoints,
  ...formEndpoints,
  ...deskEndpoints,
  ...importEndpoints,
  ...planEndpoints,
];

describe.each(testDatabases())('who may do what, on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let world: World;

  beforeAll(async () => {
    fresh = await create();
    world = await startWorld(fresh.url);
    await world.server.publish(aDataset());
    await savePlan('2026', { title: { vi: 'Kế hoạch' } }, 0, operator, world.server.product);
    await saveResource(
      'series',
      described('series', 'nien-giam'),
      'new',
      operator,
      world.server.product,
    );
  }, 120_000);
  afterAll(async () => {
    await world.close();
    await fresh.drop();
  });

  it('is said for every endpoint: a new one needs a row in test/http/access-matrix', () => {
    const said = [
      ...rows.map(({ endpoint }) => endpoint),
      ...Object.keys(publicEndpoints),
      ...Object.keys(publicQuestions),
      ...publicForms,
      ...doors,
    ];
    const answered = endpointsOf(createApp(world.server.product));

    expect(answered.filter((endpoint) => !said.includes(endpoint))).toEqual([]);
    const always = said.filter((endpoint) => !endpoint.includes('/oidc'));
    expect(always.filter((endpoint) => !answered.includes(endpoint))).toEqual([]);
  });

  describe.each(rows)('$endpoint', (row) => {
    it.each(everyone)('as %s', async (who) => {
      const before = await prepare(row, who);
      const answer = await before.send();

      if (row.may.includes(who)) {
        expect(answer.status).toBe(row.answer ?? 200);
        return;
      }
      expect([answer.status, answer.headers.get('Location')]).toEqual(refusal(row, who));
      // Who is refused has done nothing.
      expect(await world.acts()).toBe(before.acts);
    });
  });

  describe.each(datasetEndpoints.filter(({ endpoint }) => !endpoint.startsWith('GET')))(
    '$endpoint by a session',
    (row) => {
      it.each(row.may)('as %s is refused without the token of a form', async (who) => {
        const { path, headers, body } = await row.ask(world, who);
        const acts = await world.acts();
        const cookie = { Cookie: world.browsers[who].cookie() };
        const method = row.endpoint.split(' ')[0] ?? '';
        const answer = await world.server.send(method, path, body, { ...headers, ...cookie });

        expect(answer.status).toBe(403);
        expect(await world.acts()).toBe(acts);
      });
    },
  );

  it.each(Object.entries(publicEndpoints))('%s is for everybody', async (_endpoint, path) => {
    const { status } = await world.server.get(path);

    expect([401, 403]).not.toContain(status);
    expect(status).toBeLessThan(500);
  });

  it.each(Object.entries(publicQuestions))('%s is for everybody', async (_endpoint, question) => {
    const acts = await world.acts();
    const { status } = await world.server.send('POST', question.path, question.body);

    expect(status).toBeLessThan(400);
    expect(await world.acts()).toBe(acts);
  });

  async function prepare(row: EndpointRow, who: Who) {
    const [method = ''] = row.endpoint.split(' ');
    const { path, headers = {}, body, file } = await row.ask(world, who);
    const acts = await world.acts();
    const browser = world.browsers[who];
    const send = async () => {
      if (!path.startsWith('/workspace')) {
        return world.server.send(method, path, body, { ...headers, ...world.headers[who] });
      }
      if (method === 'GET') return browser.get(path);
      const from = nobody.includes(who) ? '/workspace/sign-in' : '/workspace';
      if (!file) return browser.submit(from, path, (body ?? {}) as Fields);
      const form = new FormData();
      for (const [name, value] of Object.entries(body ?? {})) form.set(name, String(value));
      form.set('file', file);
      return browser.upload(from, path, form);
    };
    return { acts, send };
  }
});

/** The status of a refusal, and where it leads. */
function refusal(row: EndpointRow, who: Who): readonly [number, string | null] {
  const [method = '', path = ''] = row.endpoint.split(' ');
  const isWorkspace = path.startsWith('/workspace');
  if (nobody.includes(who)) {
    if (isWorkspace && method === 'GET') return [303, expect.stringContaining('/sign-in')];
    // A draft is not there for who comes with nothing; who comes with a token that does not count is told so.
    const isOpen = method === 'GET' && row.hiddenFrom !== undefined && who === 'anonymous';
    return [isOpen ? 404 : 401, null];
  }
  return [row.hiddenFrom?.includes(who) ? 404 : 403, null];
}
