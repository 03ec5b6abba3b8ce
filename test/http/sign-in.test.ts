import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount, disableAccount, inviteAccount } from '../../catalog/access/manage-accounts.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { csrfOf, webClient } from '../support/web-client.ts';

const password = 'mưa rơi trên phố Hàng Bông';
const editor = [{ role: 'editor', agency: 'so-xay-dung' }];

describe.each(testDatabases())('signing in on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let server: TestServer;

  beforeAll(async () => {
    fresh = await create();
    server = await startServer(fresh.url);
    const admin = { email: 'an@example.vn', name: 'An', grants: [{ role: 'administrator' }] };
    await addAccount(admin, password, operator, server.product);
    await addAccount(
      { email: 'binh@example.vn', name: 'Bình', grants: editor },
      password,
      operator,
      server.product,
    );
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await fresh.drop();
  });

  it('leads from a page to the sign-in and back to that page', async () => {
    const client = webClient(server);
    const turned = await client.get('/workspace/account?x=1');
    expect(turned.status).toBe(303);
    const signInAt = turned.headers.get('Location') ?? '';
    expect(signInAt).toBe('/workspace/sign-in?next=%2Fworkspace%2Faccount%3Fx%3D1');
    const html = await (await client.get(signInAt)).text();
    const next = /name="next" value="([^"]*)"/.exec(html)?.[1] ?? '';
    const answer = await client.post('/workspace/sign-in', {
      csrf: csrfOf(html),
      next,
      email: ' BINH@example.vn',
      password,
    });

    expect([answer.status, answer.headers.get('Location')]).toEqual([
      303,
      '/workspace/account?x=1',
    ]);
    const page = await client.get('/workspace/account');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Bình');
  });

  it.each([
    'https://evil.example/',
    '//evil.example/workspace',
    '/\\evil.example/workspace',
    '/dataset',
    '/workspace/../dataset',
    'javascript:alert(1)',
    '/workspace/sign-out',
  ])('never leads on to %s', async (next) => {
    const client = webClient(server);
    const answer = await client.submit('/workspace/sign-in', '/workspace/sign-in', {
      email: 'binh@example.vn',
      password,
      next,
    });

    expect(answer.headers.get('Location')).toBe('/workspace');
  });

  it('gives a cookie that scripts cannot read, and another one than before', async () => {
    const client = webClient(server);
    await client.get('/workspace/sign-in');
    const before = client.cookie();
    const answer = await client.signIn('binh@example.vn', password);
    const set = answer.headers.getSetCookie().join();

    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Lax/);
    expect(client.cookie()).not.toBe(before);
    const rows = await server.product.database.read.selectFrom('session').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(client.cookie().split('=')[1]);
  });

  it('answers an unknown e-mail, a wrong password and a disabled account alike', async () => {
    const gone = await addAccount(
      { email: 'gone@example.vn', name: 'Đã nghỉ', grants: editor },
      password,
      operator,
      server.product,
    );
    await disableAccount(gone.id, operator, server.product);
    await inviteAccount(
      { email: 'invited@example.vn', name: 'Mới', grants: editor },
      operator,
      server.product,
    );
    const answers = await Promise.all(
      [
        ['nobody@example.vn', password],
        ['binh@example.vn', 'sai mật khẩu rồi'],
        ['gone@example.vn', password],
        ['invited@example.vn', ''],
      ].map(async ([email = '', tried = '']) => {
        const answer = await webClient(server).signIn(email, tried);
        const html = await answer.text();
        return [answer.status, html.replaceAll(email, '…').replace(/(content|value)="[^"]+"/g, '')];
      }),
    );

    expect(answers[0]?.[0]).toBe(422);
    expect(answers[0]?.[1]).toContain('Thư điện tử hoặc mật khẩu không đúng.');
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('makes who guesses wait, whether there is such an account or not', async () => {
    const guess = async (email: string) => {
      const answers: number[] = [];
      for (let i = 0; i < 7; i += 1) {
        answers.push((await webClient(server).signIn(email, `guess ${i}`)).status);
      }
      return answers;
    };
    const victim = { email: 'victim@example.vn', name: 'Nạn nhân', grants: editor };
    await addAccount(victim, password, operator, server.product);
    const known = await guess('victim@example.vn');
    const unknown = await guess('khong-co@example.vn');
    const right = await webClient(server).signIn('victim@example.vn', password);

    expect(known).toEqual([422, 422, 422, 422, 422, 429, 429]);
    expect(unknown).toEqual(known);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('Retry-After'))).toBeGreaterThan(0);
  });

  it('ends with the account, at once', async () => {
    const account = await addAccount(
      { email: 'chi@example.vn', name: 'Chi', grants: editor },
      password,
      operator,
      server.product,
    );
    const client = webClient(server);
    await client.signIn('chi@example.vn', password);
    expect((await client.get('/workspace')).status).toBe(200);
    await disableAccount(account.id, operator, server.product);

    expect((await client.get('/workspace')).status).toBe(303);
  });

  it('ends by signing out, and in other browsers by the list of sessions', async () => {
    const here = webClient(server);
    const there = webClient(server);
    await here.signIn('binh@example.vn', password);
    await there.signIn('binh@example.vn', password);
    const html = await (await here.get('/workspace/account')).text();
    const ends = [...html.matchAll(/action="(\/workspace\/account\/sessions\/[^"]+)"/g)];
    for (const [, end = ''] of ends) await here.submit('/workspace/account', end, {});

    expect((await there.get('/workspace')).status).toBe(303);
    expect((await here.get('/workspace')).status).toBe(200);
    const old = here.cookie();
    await here.submit('/workspace', '/workspace/sign-out', {});
    expect((await server.get('/workspace', { Cookie: old })).status).toBe(303);
  });
});

describe('a form of the workspace', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
    await addAccount(
      { email: 'an@example.vn', name: 'An', grants: [{ role: 'administrator' }] },
      password,
      operator,
      server.product,
    );
  });
  afterAll(() => server.close());

  it.each([
    ['without its token', {}, {}],
    ['with the token of another browser', 'other', {}],
    ['with a token that is none', { csrf: 'a.b' }, {}],
    ['that another site sent', 'own', { 'Sec-Fetch-Site': 'cross-site' }],
    ['that a neighbour’s site sent', 'own', { 'Sec-Fetch-Site': 'same-site' }],
    ['that comes from another origin', 'own', { Origin: 'https://evil.example' }],
    ['that comes from no origin', 'own', { Origin: 'null' }],
  ] as const)('%s is refused', async (_how, token, headers) => {
    const client = webClient(server);
    await client.signIn('an@example.vn', password);
    const page = token === 'other' ? webClient(server) : client;
    const path = token === 'other' ? '/workspace/sign-in' : '/workspace/account';
    const csrf = csrfOf(await (await page.get(path)).text());
    const fields = typeof token === 'string' ? { csrf } : token;
    const answer = await client.post('/workspace/sign-out', fields, headers);

    expect(answer.status).toBe(403);
    expect((await client.get('/workspace')).status).toBe(200);
  });

  it('is refused to who signs others in with an account of theirs', async () => {
    const answer = await webClient(server).post('/workspace/sign-in', {
      email: 'an@example.vn',
      password,
    });

    expect(answer.status).toBe(403);
  });

  it('that comes after the session has ended waits for the sign-in, and is sent then', async () => {
    const client = webClient(server);
    await client.signIn('an@example.vn', password);
    const csrf = csrfOf(await (await client.get('/workspace/people')).text());
    await server.product.database.transaction((tx) => tx.deleteFrom('session').execute());
    const fields = {
      csrf,
      name: 'Người mới "<b>"',
      email: 'moi@example.vn',
      role: ['editor', ''],
      agency: ['so-xay-dung', ''],
    };
    const late = await client.post('/workspace/people', fields);
    expect(late.status).toBe(401);
    const html = await late.text();
    const kept = decode(/name="kept" value="([^"]*)"/.exec(html)?.[1] ?? '');
    const signedIn = await client.post('/workspace/sign-in', {
      csrf: csrfOf(html),
      email: 'an@example.vn',
      password,
      next: '/workspace/people',
      kept,
    });
    expect(signedIn.status).toBe(200);
    const waiting = await signedIn.text();
    const again = [...waiting.matchAll(/<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</g)].map(
      ([, name = '', value = '']) => [name, decode(value)] as const,
    );
    expect(again).toContainEqual(['name', 'Người mới "<b>"']);
    const body = new URLSearchParams({ csrf: csrfOf(waiting) });
    for (const [name, value] of again) body.append(name, value);
    const sent = await fetch(`${server.baseURL}/workspace/people`, {
      method: 'POST',
      body,
      headers: { Cookie: client.cookie() },
    });

    expect(sent.status).toBe(200);
    expect(await sent.text()).toContain('/workspace/link?key=');
  });

  it.each([
    ['a NUL character', { email: 'a\0b@example.vn', password: 'x' }, 400],
    ['an e-mail without end', { email: 'a'.repeat(100_000), password: 'x' }, 422],
    ['a password without end', { email: 'an@example.vn', password: 'x'.repeat(1_000_000) }, 422],
    ['no fields', {}, 422],
    ['more than it may hold', { email: 'x'.repeat(3_000_000), password: 'x' }, 413],
    ['5,000 fields', { email: Array.from({ length: 5001 }, () => 'x') }, 413],
  ] as const)('with %s is answered in words', async (_what, fields, status) => {
    const path = '/workspace/sign-in';
    const answer = await webClient(server).submit(path, path, fields);
    const html = await answer.text();

    expect(answer.status).toBe(status);
    expect(html).not.toMatch(/\n\s+at /);
  });

  it('keeps its pages out of caches, search engines and other sites', async () => {
    const { headers } = await webClient(server).get('/workspace/sign-in');

    expect(headers.get('Cache-Control')).toBe('private, no-store');
    expect(headers.get('X-Robots-Tag')).toContain('noindex');
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect(headers.get('Referrer-Policy')).toBe('same-origin');
    expect(headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
  });
});

describe('a session in the API', () => {
  it('reads as its account may, and writes only with the token of a form', async () => {
    const server = await startServer();
    try {
      await addAccount(
        { email: 'an@example.vn', name: 'An', grants: editor },
        password,
        operator,
        server.product,
      );
      const client = webClient(server);
      await client.signIn('an@example.vn', password);
      const csrf = csrfOf(await (await client.get('/workspace')).text());
      const draft = { id: 'nhap', title: { vi: 'Nháp' }, publisher: 'so-xay-dung' };
      const write = (headers: Record<string, string>) =>
        server.send('POST', '/api/v1/datasets', draft, { Cookie: client.cookie(), ...headers });

      expect((await write({})).status).toBe(403);
      expect((await write({ 'X-CSRF-Token': csrf })).status).toBe(201);
      expect((await server.get('/api/v1/datasets/nhap')).status).toBe(404);
      const read = await server.get('/api/v1/datasets/nhap', { Cookie: client.cookie() });
      expect(read.status).toBe(200);
      expect(read.headers.get('Cache-Control')).toContain('private');
      expect(read.headers.get('Vary')).toContain('Cookie');
    } finally {
      await server.close();
    }
  });
});

function decode(html: string): string {
  return html
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
