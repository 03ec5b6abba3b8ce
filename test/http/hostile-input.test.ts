import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset, aDistribution } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const nul = '%00';
const nulCursor = Buffer.from('\0').toString('base64url');

/** What people and machines put into a search box, as it stands in an address. */
const words = [
  { name: 'nothing but spaces', q: '%20%20%20' },
  { name: 'nothing but punctuation', q: encodeURIComponent('!@#$%^&*()_+{}|:"<>?~`-=[];\\\',./') },
  { name: 'ten thousand characters', q: 'a'.repeat(10_000) },
  { name: 'three thousand words', q: Array.from({ length: 2500 }, (_, n) => n).join('+') },
  {
    name: 'operators of full-text search',
    q: encodeURIComponent('"xe AND (bus* OR NEAR(a b)) NOT ^title:x'),
  },
  { name: 'operators of a tsquery', q: encodeURIComponent("xe & !buýt | ':*' <-> (") },
  { name: 'SQL', q: encodeURIComponent("'; drop table dataset; --") },
  { name: 'HTML', q: encodeURIComponent('<script>alert(1)</script><img src=x onerror=alert(1)>') },
  { name: 'an unpaired surrogate', q: '%ED%A0%80xe' },
  { name: 'half a character', q: '%E1%BA' },
  { name: 'signs that turn text round', q: '%E2%80%AExe%E2%80%8B' },
  { name: 'combining marks alone', q: '%CC%81%CC%82%CC%A3' },
  { name: 'a smile', q: '%F0%9F%98%80' },
];

describe.each(testDatabases())('what nobody should send, on $name', ({ create }) => {
  let server: TestServer;
  let drop: () => Promise<void>;
  let coordinator: Record<string, string>;

  beforeAll(async () => {
    const database = await create();
    drop = database.drop;
    server = await startServer(database.url);
    coordinator = await server.as('coordinator');
    await server.publish(aDataset({ id: 'dich' }));
  });
  afterAll(async () => {
    await server.close();
    await drop();
  });

  it.each([
    `/dataset/${nul}`,
    `/dataset/${nul}.ttl`,
    `/agency/${nul}.ttl`,
    `/agency/${nul}/catalog.ttl`,
    `/distribution/${nul}`,
    `/download/${nul}/x.csv`,
    `/api/v1/datasets/${nul}`,
    `/api/v1/datasets?publisher=${nul}`,
    `/api/v1/datasets?keyword=${nul}`,
    `/api/v1/datasets?cursor=${nulCursor}`,
    `/api/v1/indicators/${nul}`,
    `/api/v1/metrics?dataset=${nul}`,
    `/api/v1/metrics?agency=${nul}`,
    `/catalog.ttl?keyword=${nul}`,
    `/dataset?keyword=${nul}`,
    '/dataset/%E0%A4%A',
    '/dataset/%ff.ttl',
    '/catalog.ttl?q=%E0%A4%A',
    `/dataset/${'a'.repeat(5000)}`,
  ])('answers %s without breaking', async (path) => {
    const answer = await server.get(path);

    expect(answer.status).toBeLessThan(500);
  });

  it.each([
    ...words.map(({ name, q }) => ({ name, path: `/dataset?q=${q}`, status: 200 })),
    ...words.map(({ name, q }) => ({ name, path: `/api/v1/suggest?q=${q}`, status: 200 })),
    ...words.map(({ name, q }) => ({ name, path: `/api/v1/datasets?q=${q}`, status: 200 })),
    { name: 'page 0', path: '/dataset?page=0', status: 400 },
    { name: 'page −1', path: '/dataset?page=-1', status: 400 },
    { name: 'page 10⁹', path: '/dataset?page=1000000000', status: 200 },
    { name: 'page 10¹⁰', path: '/dataset?page=10000000000', status: 400 },
    { name: 'page one and a half', path: '/dataset?page=1.5', status: 400 },
    { name: 'a page in words', path: '/dataset?page=mot', status: 400 },
    { name: 'an unknown theme', path: '/dataset?theme=KHONG_CO', status: 200 },
    { name: 'an unknown agency', path: '/dataset?publisher=khong-co', status: 200 },
    { name: 'an unknown quality', path: '/dataset?quality=tuyet-voi', status: 200 },
    { name: 'an unknown year', path: '/dataset?modified=99999999', status: 200 },
    { name: 'markup as a format', path: '/dataset?format=%3Cscript%3E', status: 200 },
    { name: 'an unknown parameter', path: '/dataset?la=1&q=xe', status: 200 },
    { name: 'ten thousand filters', path: `/dataset?${'theme=X&'.repeat(1500)}`, status: 200 },
    { name: 'an unknown sort', path: '/dataset?sort=la', status: 400 },
    { name: 'an unknown year of the plan', path: '/roadmap?year=abc', status: 400 },
    { name: 'an unknown agency of the plan', path: '/roadmap?agency=khong-co', status: 200 },
  ])('answers $name in a moment', async ({ path, status }) => {
    const began = performance.now();
    const answer = await server.get(path, { Accept: 'text/html, application/json;q=0.5' });
    const text = await answer.text();

    expect(answer.status).toBe(status);
    expect(performance.now() - began).toBeLessThan(3000);
    const isHtml = answer.headers.get('content-type')?.startsWith('text/html');
    if (isHtml) expect(text).not.toContain('<script>alert');
    expect(text).not.toMatch(/SQLITE|syntax error|fts5|tsquery/i);
    expect((await server.get('/dataset?q=xe')).status).toBe(200);
  });

  it.each([
    { because: 'nests a hundred thousand lists', body: '['.repeat(1e5) + ']'.repeat(1e5) },
    {
      because: 'nests a thousand objects in a field',
      body: `{"title":${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}}`,
    },
  ])('refuses a body that $because', async ({ body }) => {
    const registered = await server.send('POST', '/api/v1/datasets', body, coordinator);
    const checked = await server.send('POST', '/api/v1/validate', body);
    const patched = await server.send('PATCH', '/api/v1/datasets/dich', body, {
      ...coordinator,
      'If-Match': '*',
    });

    expect([registered.status, checked.status, patched.status]).toEqual([400, 400, 400]);
  });

  it.each([
    {
      because: 'a hundred thousand themes that do not exist',
      change: { theme: Array.from({ length: 100_000 }, (_, index) => `X${index}`) },
    },
    {
      because: 'a hundred thousand addresses',
      change: {
        landingPage: Array.from({ length: 100_000 }, (_, index) => `https://x.vn/${index}`),
      },
    },
    {
      because: 'a hundred thousand unknown fields',
      change: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, 1])),
    },
    {
      because: 'a hundred thousand languages',
      change: {
        title: Object.fromEntries(
          Array.from({ length: 100_000 }, (_, index) => [`Q${index}`, 'x'.repeat(5)]),
        ),
      },
    },
  ])('validates $because in a moment', async ({ change }) => {
    const began = performance.now();
    const answer = await server.send('POST', '/api/v1/validate', { ...aDataset(), ...change });
    await answer.text();

    expect(answer.status).toBe(200);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('refuses a reason that no database can hold', async () => {
    await server.publish(aDataset({ id: 'ly-do' }));
    const answer = await server.send(
      'POST',
      '/api/v1/datasets/ly-do/withdraw',
      { reason: 'a\u0000b' },
      coordinator,
    );

    expect(answer.status).toBe(422);
    expect((await server.get('/dataset/ly-do')).status).toBe(200);
  });

  it.each([
    { because: 'spaces', mediaType: 'https://a b<c>' },
    { because: 'a caret', mediaType: 'text/x^y' },
  ])('refuses a media type with $because, which no graph could hold', async ({ mediaType }) => {
    const record = aDataset({ id: 'kieu', distribution: [aDistribution({ id: 'k', mediaType })] });
    const answer = await server.send('POST', '/api/v1/datasets', record, coordinator);

    expect(answer.status).toBe(422);
  });

  it('keeps a JSON file as it was sent', async () => {
    await server.publish(aDataset({ id: 'tep-json' }));
    const content = '{ "type": "FeatureCollection",  "features": [] }\n';
    const upload = await server.send(
      'PUT',
      '/api/v1/datasets/tep-json/distributions/tep-json-csv/file?filename=x.json',
      content,
      { ...coordinator, 'Content-Type': 'application/json' },
    );

    expect(upload.status).toBe(200);
    expect(await (await server.get('/download/tep-json-csv/x.json')).text()).toBe(content);
  });

  it('does not send a client in circles when a file that we should hold is not there', async () => {
    const downloadURL = `${server.baseURL}/download/vong-csv/x.csv`;
    const distribution = [aDistribution({ id: 'vong-csv', downloadURL })];
    await server.publish(aDataset({ id: 'vong', distribution }));

    expect((await server.get('/download/vong-csv/x.csv')).headers.get('location')).not.toBe(
      downloadURL,
    );
  });

  it('answers a range past the end with 416 and the true length', async () => {
    await server.publish(aDataset({ id: 'khoang' }));
    await server.send(
      'PUT',
      '/api/v1/datasets/khoang/distributions/khoang-csv/file?filename=x.csv',
      'a,b\n1,2\n',
      { ...coordinator, 'Content-Type': 'text/csv' },
    );
    const answer = await server.get('/download/khoang-csv/x.csv', { Range: 'bytes=100-' });

    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe('bytes */8');
  });

  it('does not let one lost row or id slip through two registrations at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, () =>
        server.send('POST', '/api/v1/datasets', aDataset({ id: 'cung-luc' }), coordinator),
      ),
    );

    expect(results.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('lets exactly one of several replacements from one revision through', async () => {
    await server.send('POST', '/api/v1/datasets', aDataset({ id: 'dua' }), coordinator);
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        server.send('PUT', '/api/v1/datasets/dua', aDataset({ id: 'dua', version: `${index}` }), {
          ...coordinator,
          'If-Match': '"1"',
        }),
      ),
    );

    expect(results.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  });

  it('does not tell the public why a dataset was once returned', async () => {
    await server.send('POST', '/api/v1/datasets', aDataset({ id: 'tra-lai' }), coordinator);
    const act = (name: string, body?: unknown) =>
      server.send('POST', `/api/v1/datasets/tra-lai/${name}`, body, coordinator);
    await act('submit');
    await act('return', { reason: 'Còn số điện thoại cá nhân' });
    for (const name of ['submit', 'approve', 'publish']) await act(name);

    const open = await (await server.get('/api/v1/datasets/tra-lai')).text();
    const list = await (await server.get('/api/v1/datasets?limit=1000')).text();
    expect(open).toContain('"published"');
    for (const seen of [open, list]) expect(seen).not.toContain('Còn số điện thoại');
  });
});
