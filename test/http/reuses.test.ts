import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { aFeedback, aRequest, aReuse } from '../support/inquiries.ts';
import { startServer, type TestServer } from '../support/server.ts';

type Body = Record<string, unknown>;

describe.each(testDatabases())('reuses and requests over HTTP, on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let server: TestServer;
  let coordinator: Record<string, string>;

  beforeAll(async () => {
    fresh = await create();
    server = await startServer(fresh.url);
    await server.publish(aDataset());
    coordinator = await server.as('coordinator');
  });
  afterAll(async () => {
    await server.close();
    await fresh.drop();
  });

  const sent = async (path: string, body: unknown, headers = {}) => {
    const answer = await server.send('POST', `/api/v1${path}`, body, headers);
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
  };
  const read = async (path: string, headers = {}) =>
    (await (await server.get(`/api/v1${path}`, headers)).json()) as Body;

  it('registers a reuse for anybody, and shows it once the coordinator has published it', async () => {
    const made = await sent('/reuses', aReuse());
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ state: 'pending', manage: expect.stringContaining('?key=') });
    const own = `/reuses/${made.body['id']}`;
    expect(made.headers.get('location')).toBe(`${server.baseURL}/api/v1${own}`);
    expect((await server.get(`/api/v1${own}`)).status).toBe(404);
    expect(await read('/reuses')).toEqual({ total: 0, items: [] });
    expect(await read('/reuses?state=pending', coordinator)).toMatchObject({
      items: [{ id: made.body['id'], email: 'an@example.vn' }],
    });

    expect((await sent(`${own}/publish`, {}, coordinator)).status).toBe(200);

    const listed = await read('/reuses?dataset=tuyen-xe-buyt&type=application');
    expect(listed).toMatchObject({ total: 1, items: [{ creator: 'Nhóm An' }] });
    expect(JSON.stringify(listed)).not.toContain('an@example.vn');
    expect(await read('/reuses?type=study')).toMatchObject({ total: 0 });
    const table = async (query: string) => (await server.get(`/reuse.csv${query}`)).text();
    expect(await table('?type=application&sort=proven')).toContain('Nhóm An');
    expect(await table('?type=study')).not.toContain('Nhóm An');
    expect(await (await server.get('/reuse?type=application&page=1')).text()).toContain(
      'href="/reuse.csv?type=application"',
    );

    expect((await sent(`${own}/withdraw`, { reason: 'Thử' }, coordinator)).status).toBe(200);
    expect((await server.get(`/api/v1${own}`)).status).toBe(410);
  });

  it.each(['/reuse', '/reuse.csv', '/api/v1/reuses'])(
    'refuses %s of a type or order that is none',
    async (path) => {
      for (const wrong of ['type=zz', 'sort=zz']) {
        const answer = await server.get(`${path}?${wrong}`);

        expect([path, wrong, answer.status]).toEqual([path, wrong, 400]);
        expect(await answer.text()).toContain('zz');
      }
    },
  );

  it('hides the text of a request until it is shown, and says where it stands from the first', async () => {
    const { body, status } = await sent('/requests', aRequest());
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'received', isShown: false, due: expect.any(String) });
    const own = `/requests/${body['id']}`;
    expect(JSON.stringify(await read(own))).not.toMatch(/cây xanh|binh@/);

    await sent(`${own}/show`, {}, coordinator);
    await sent(`${own}/assign`, { agency: 'so-y-te' }, coordinator);
    const editor = await server.as('editor', 'so-y-te');
    expect(await read(own, editor)).toMatchObject({ email: 'binh@example.vn' });
    await sent(`${own}/answer`, { answer: { vi: 'Có.', en: 'Yes.' } }, editor);

    const shown = await read(own);
    expect(shown).toMatchObject({
      state: 'answered',
      title: { vi: 'Vị trí cây xanh đường phố' },
      answer: { text: { vi: 'Có.', en: 'Yes.' } },
    });
    expect(shown).not.toHaveProperty('email');
    expect(await read('/requests?overdue=true')).toMatchObject({ total: 0 });
  });

  it('counts reports of a dataset, and gives their texts to its agency alone', async () => {
    await sent('/feedback', aFeedback());
    const path = '/feedback?dataset=tuyen-xe-buyt';
    const publicly = JSON.stringify(await read(path));

    expect(JSON.parse(publicly)).toMatchObject({
      total: 1,
      usefulness: { useful: 0, useless: 0 },
      items: [{ state: 'assigned', agency: 'so-xay-dung', type: 'wrong-value' }],
    });
    expect(publicly).not.toMatch(/09A|cuc@/);
    const own = JSON.stringify(await read(path, await server.as('editor', 'so-xay-dung')));
    expect(own).toMatch(/09A.*|cuc@/);
    expect(JSON.stringify(await read(path, await server.as('editor', 'so-y-te')))).not.toMatch(
      /09A/,
    );
  });

  it.each([
    { why: 'no JSON object', path: '/reuses', body: [], status: 422 },
    { why: 'nothing', path: '/requests', body: undefined, status: 422 },
    {
      why: 'markup for a dataset',
      path: '/feedback',
      body: aFeedback({ dataset: '<b>' }),
      status: 422,
    },
    {
      why: 'a dataset that never was',
      path: '/feedback',
      body: aFeedback({ dataset: 'x' }),
      status: 404,
    },
    {
      why: 'an agency that never was',
      path: '/requests',
      body: aRequest({ agency: 'x' }),
      status: 422,
    },
  ])('refuses $why at $path in words', async ({ path, body, status }) => {
    const answer = await sent(path, body);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*\.ts:/);
  });

  it.each([
    '/reuses?type=x',
    '/reuses?page=0',
    '/requests?state=rejected',
    '/feedback?sort=x',
    '/requests?limit=1000',
  ])('refuses the question %s', async (path) => {
    expect((await server.get(`/api/v1${path}`)).status).toBe(400);
  });

  it('stores no address and no agent of who sends something', async () => {
    const agent = { 'User-Agent': 'Trinh-duyet-la/1.0' };
    await sent('/requests', aRequest(), agent);
    const { read: db } = server.product.database;
    const kept = await Promise.all([
      db.selectFrom('inquiry').selectAll().execute(),
      db.selectFrom('throttle').selectAll().execute(),
    ]);

    expect(kept[1].length).toBeGreaterThan(0);
    expect(JSON.stringify(kept)).not.toMatch(/127\.0\.0\.1|::1|Trinh-duyet-la/);
  });
});
