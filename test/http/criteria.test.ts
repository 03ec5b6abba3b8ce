import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledCriteria } from '../../catalog/criteria/bundled-criteria.ts';
import { aDataset } from '../support/builders.ts';
import { canonical } from '../support/canonical.ts';
import { testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Answer {
  readonly period: string;
  readonly version: number;
  readonly items: readonly {
    readonly code: string;
    readonly value?: number;
    readonly target?: number;
    readonly formula: string;
    readonly evidence: { readonly counted?: number; readonly of?: number };
  }[];
}

describe.each(testDatabases())('criteria and indicators over HTTP on $name', ({ create }) => {
  let server: TestServer;
  let drop: () => Promise<void>;
  let coordinator: Record<string, string>;
  const year = String(new Date().getFullYear());

  beforeAll(async () => {
    const fresh = await create();
    drop = fresh.drop;
    server = await startServer(fresh.url);
    coordinator = await server.as('coordinator');
    const inventory = { openness: 'open' as const, release: { plan: year, due: `${year}-12-31` } };
    await server.publish(aDataset({ id: 'dung-hen', inventory }));
    const { distribution: _none, ...bare } = aDataset({ id: 'sap-co', publisher: 'so-y-te' });
    const planned = { ...bare, inventory, state: 'planned' };
    await server.send('POST', '/api/v1/datasets', planned, coordinator);
  });
  afterAll(async () => {
    await server.close();
    await drop();
  });

  async function read<Body = Answer>(path: string): Promise<Body> {
    const response = await server.get(path);
    expect([path, response.status]).toEqual([path, 200]);
    return (await response.json()) as Body;
  }

  const find = ({ items }: Answer, code: string) => items.find((item) => item.code === code);

  it('gives every criterion of the year with value, target, formula and evidence', async () => {
    const answer = await read('/api/v1/indicators');

    expect([answer.period, answer.version]).toEqual([year, 1]);
    expect(answer.items.map(({ code }) => code)).toEqual(bundledCriteria.map(({ code }) => code));
    expect(find(answer, 'plan-released')).toMatchObject({
      value: 50,
      target: 100,
      formula: 'percent(commitmentsReleased, commitments)',
      evidence: { counted: 1, of: 2, missing: ['dataset/sap-co'] },
    });
  });

  it('gives them for an agency, a theme and a dataset, and for a quarter and a month', async () => {
    const own = await read('/api/v1/indicators/so-y-te');
    expect([own, find(own, 'plan-released')]).toMatchObject([{ agency: 'so-y-te' }, { value: 0 }]);
    expect(find(await read('/api/v1/indicators?theme=TRAN'), 'plan-released')?.value).toBe(50);
    expect(find(await read('/api/v1/indicators?dataset=dung-hen'), 'plan-released')?.value).toBe(
      100,
    );
    for (const period of [`${year}-Q4`, `${year}-12`]) {
      expect((await read(`/api/v1/indicators?period=${period}`)).period).toBe(period);
    }
  });

  it('is true a moment after something happens', async () => {
    await server.publish(aDataset({ id: 'moi-cong-bo', publisher: 'so-y-te' }));

    expect(find(await read('/api/v1/indicators'), 'use-breadth')?.evidence.of).toBe(2);
  });

  it('gives the records behind a number, and the same as CSV', async () => {
    const path = '/api/v1/evidence?measure=commitmentsOpen';
    expect(await read<object>(path)).toMatchObject({
      measure: 'commitmentsOpen',
      items: [{ kind: 'dataset', id: 'sap-co', agency: 'so-y-te', amount: 1 }],
    });
    const csv = await (await server.get(`${path}&format=csv`)).text();
    expect(csv).toBe(
      `period,measure,kind,id,agency,amount\r\n${year},commitmentsOpen,dataset,sap-co,so-y-te,1\r\n`,
    );
    const values = await server.get('/api/v1/indicators?criterion=plan-released', {
      Accept: 'text/csv',
    });
    expect(values.headers.get('content-type')).toContain('text/csv');
    expect((await values.text()).split('\r\n')[1]).toContain(`${year},city,plan-released,`);
  });

  it('names no dataset that is not public', async () => {
    await server.send('POST', '/api/v1/datasets', aDataset({ id: 'ban-nhap-kin' }), coordinator);
    const { measures } = await read<{ measures: Record<string, object> }>('/api/v1/criteria');

    for (const measure of Object.keys(measures)) {
      expect(JSON.stringify(await read(`/api/v1/evidence?measure=${measure}`))).not.toContain(
        'ban-nhap-kin',
      );
    }
    expect((await server.get('/api/v1/indicators?dataset=ban-nhap-kin')).status).toBe(404);
  });

  it('publishes the values with the description of the agency, the same in each syntax', async () => {
    const { context } = server.product.describer;
    const bodies = await Promise.all(
      (['ttl', 'jsonld', 'nt', 'rdf'] as const).map(async (syntax) =>
        canonical(
          await (await server.get(`/agency/so-xay-dung.${syntax}`)).text(),
          syntax,
          context,
        ),
      ),
    );
    expect(new Set(bodies).size).toBe(1);
    const own = await read('/api/v1/indicators/so-xay-dung');
    for (const { code, value } of own.items) {
      const measurement = `<${server.baseURL}/agency/so-xay-dung/indicators#${year}-${code}>`;
      const said = `${measurement} <http://www.w3.org/ns/dqv#value> "${value?.toFixed(1)}"`;
      if (value === undefined) expect(bodies[0]).not.toContain(measurement);
      else
        expect(
          bodies[0]?.replaceAll(
            /"(\d+)"\^\^<http:\/\/www.w3.org\/2001\/XMLSchema#decimal>/g,
            '"$1.0"',
          ),
        ).toContain(said);
    }
    expect(bodies[0]).toContain(`<${server.baseURL}/indicators/plan-released>`);
  });

  it('ranks nobody among too few', async () => {
    const ranking = await read<{ groups: { isRanked: boolean }[] }>('/api/v1/rankings');

    expect(ranking).toMatchObject({ leastCompared: 3 });
    expect(ranking.groups.map(({ isRanked }) => isRanked)).toEqual([false]);
  });

  it.each([
    ['/api/v1/indicators?period=2026-13', 400],
    ['/api/v1/indicators?period=x', 400],
    ['/api/v1/indicators?theme=NICHT', 400],
    ['/api/v1/indicators?dataset=khong-co', 404],
    ['/api/v1/indicators?criterion=khong-co', 404],
    ['/api/v1/indicators/khong-co', 404],
    ['/api/v1/evidence', 404],
    ['/api/v1/evidence?measure=__proto__', 404],
    ['/api/v1/rankings?criterion=khong-co', 404],
    ['/api/v1/criteria/0', 400],
    ['/api/v1/criteria/99', 404],
    ['/indicators?period=2026-13', 400],
    ['/indicators/khong-co', 404],
    ['/en/indicators/khong-co', 404],
  ])('answers %s with %i', async (path, status) => {
    const response = await server.get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/problem\+json|text\/html/);
  });

  it.each([
    '/indicators',
    '/en/indicators',
    '/indicators/plan-released',
    '/en/indicators/use-trend?period=2025-Q1',
  ])('shows %s', async (path) => {
    const response = await server.get(path, { Accept: 'text/html' });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/phiên bản 1|version 1/);
  });

  it('lets the coordinator write the next version, and nobody else', async () => {
    const next = { plan: '2027', criteria: bundledCriteria.slice(0, 2) };
    const put = (body: unknown, headers: Record<string, string>, version = 2) =>
      server.send('PUT', `/api/v1/criteria/${version}`, body, headers);

    expect((await put(next, {})).status).toBe(401);
    expect((await put(next, await server.as('approver', 'so-y-te'))).status).toBe(403);
    const first = await put(next, coordinator);
    expect([first.status, first.headers.get('etag')]).toEqual([201, '"1"']);
    expect((await put(next, coordinator)).status).toBe(428);
    expect((await put(next, { ...coordinator, 'If-Match': '"7"' })).status).toBe(412);
    expect((await put(next, { ...coordinator, 'If-Match': '"1"' })).status).toBe(200);
    const inForce = await put(next, { ...coordinator, 'If-Match': '"1"' }, 1);
    expect([inForce.status, await inForce.json()]).toMatchObject([
      409,
      { type: expect.stringContaining('criteria-in-force') },
    ]);

    const wrong = { criteria: [{ ...bundledCriteria[0], formula: '1 +' }] };
    const refused = await put(wrong, { ...coordinator, 'If-Match': '"2"' });
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      { errors: [{ pointer: '/criteria/0/formula', keyword: 'formula' }] },
    ]);
    expect(await read<object>('/api/v1/criteria')).toMatchObject({
      version: 1,
      versions: [
        { version: 1, state: 'in-force' },
        { version: 2, state: 'draft', plan: '2027' },
      ],
    });
  });
});
