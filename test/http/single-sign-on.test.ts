import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount, disableAccount, inviteAccount } from '../../catalog/access/manage-accounts.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { client, type OidcServer, passProvider, startOidc } from '../support/oidc.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { csrfOf, type WebClient, webClient } from '../support/web-client.ts';

const password = 'chợ hoa Quảng Bá sáng sớm';
const grants = [{ role: 'editor', agency: 'so-xay-dung' }];

describe.each(testDatabases())('single sign-on on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let provider: OidcServer;
  let server: TestServer;
  let browser: WebClient;

  beforeAll(async () => {
    fresh = await create();
    server = await startServer(fresh.url, async (baseURL) => {
      provider = await startOidc(baseURL);
      return {
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: client.id,
        OIDC_CLIENT_SECRET: client.secret,
      };
    });
    const { product } = server;
    await inviteAccount({ email: 'minh@example.vn', name: 'Minh', grants }, operator, product);
    const hoa = { email: 'hoa@example.vn', name: 'Hoa', grants };
    await addAccount(hoa, password, operator, product);
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await provider.close();
    await fresh.drop();
  });
  beforeEach(() => {
    browser = webClient(server);
  });

  it('lets in who was invited, by a verified e-mail first and by the subject ever after', async () => {
    await inviteAccount({ email: 'lan@example.vn', name: 'Lan', grants }, operator, server.product);
    provider.claims.set('lan', { email: 'Lan@Example.vn', email_verified: true });
    const first = await come('lan', '/en/workspace/sign-in/oidc?next=/workspace/account');
    expect([first.status, first.headers.get('Location')]).toEqual([303, '/en/workspace/account']);
    expect(await (await browser.get('/workspace')).text()).toContain('Lan');

    provider.claims.set('lan', { email: 'other@example.vn', email_verified: false });
    browser = webClient(server);
    expect((await come('lan')).status).toBe(303);
  });

  it.each([
    ['nobody invited', 'stranger', { email: 'stranger@example.vn', email_verified: true }],
    ['whose e-mail is not verified', 'minh', { email: 'minh@example.vn', email_verified: false }],
    [
      'whose e-mail is an account’s with a password',
      'hoa',
      { email: 'hoa@example.vn', email_verified: true },
    ],
    ['without an e-mail', 'khong', {}],
  ])('refuses who %s', async (_who, name, claims) => {
    provider.claims.set(name, claims);
    const answer = await come(name);

    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('chưa có tài khoản');
    expect((await browser.get('/workspace')).status).toBe(303);
  });

  it('refuses a disabled account', async () => {
    const { account } = await inviteAccount(
      { email: 'nghi@example.vn', name: 'Nghỉ', grants },
      operator,
      server.product,
    );
    await addAccount(
      { email: 'admin@example.vn', name: 'A', grants: [{ role: 'administrator' }] },
      password,
      operator,
      server.product,
    );
    provider.claims.set('nghi', { email: 'nghi@example.vn', email_verified: true });
    expect((await come('nghi')).status).toBe(303);
    await disableAccount(account.id, operator, server.product);

    expect((await browser.get('/workspace')).status).toBe(303);
    expect((await come('nghi')).status).toBe(403);
  });

  it('links who is signed in by password, from the account’s own page alone', async () => {
    await addAccount(
      { email: 'tam@example.vn', name: 'Tâm', grants },
      password,
      operator,
      server.product,
    );
    await browser.signIn('tam@example.vn', password);
    const html = await (await browser.get('/workspace/account')).text();
    const link = /href="(\/workspace\/sign-in\/oidc[^"]+)"/
      .exec(html)?.[1]
      ?.replaceAll('&amp;', '&');
    const forged = await browser.get('/workspace/sign-in/oidc?link=a.b');
    expect(forged.status).toBe(403);
    const linked = await come('tam-o-noi-khac', link);
    expect(linked.headers.get('Location')).toBe('/workspace/account?done=linked');
    browser = webClient(server);

    expect((await come('tam-o-noi-khac')).status).toBe(303);
    expect(await (await browser.get('/workspace/account')).text()).toContain('tam@example.vn');
  });

  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'x')],
    ['another code', (url: URL) => url.searchParams.set('code', 'x')],
    ['an error', (url: URL) => url.searchParams.set('error', 'access_denied')],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
  ])('refuses an answer with %s', async (_what, change) => {
    const back = await goOut('lan');
    change(back);

    expect((await browser.get(back.pathname + back.search)).status).toBe(422);
    expect((await browser.get('/workspace')).status).toBe(303);
  });

  it('refuses an answer in a browser that never went out, and the same answer twice', async () => {
    const back = await goOut('lan');
    const elsewhere = await webClient(server).get(back.pathname + back.search);
    expect(elsewhere.status).toBe(422);
    const once = await browser.get(back.pathname + back.search);
    const twice = await browser.get(back.pathname + back.search);

    expect([once.status, twice.status]).toEqual([303, 422]);
  });

  it('ends here, and at the provider when one wants', async () => {
    await come('lan');
    await browser.submit('/workspace', '/workspace/sign-out', {});
    expect((await browser.get('/workspace')).status).toBe(303);
    const page = await (await browser.get('/workspace/sign-in?done=signed-out')).text();
    expect(page).toContain('href="/workspace/sign-out/oidc"');
    const away = await browser.get('/workspace/sign-out/oidc');

    expect(away.headers.get('Location')).toMatch(`${provider.issuer}/session/end?`);
    expect(csrfOf(page)).not.toBe('');
  });

  /** From the sign-in to the provider; gives the address that it sends back to. */
  async function goOut(name: string, from = '/workspace/sign-in/oidc'): Promise<URL> {
    const out = await browser.get(from);
    expect(out.status).toBe(303);
    return new URL(await passProvider(out.headers.get('Location') ?? '', name));
  }

  async function come(name: string, from?: string): Promise<Response> {
    const back = await goOut(name, from);
    expect(back.origin).toBe(server.baseURL);
    return browser.get(back.pathname + back.search);
  }
});

describe('a provider that is away', () => {
  it('leaves the password to come by', async () => {
    const server = await startServer(undefined, async () => ({
      OIDC_ISSUER: 'http://127.0.0.1:9',
      OIDC_CLIENT_ID: 'khue',
    }));
    try {
      await addAccount(
        { email: 'an@example.vn', name: 'An', grants },
        password,
        operator,
        server.product,
      );
      const browser = webClient(server);

      expect((await browser.get('/workspace/sign-in/oidc')).status).toBe(503);
      expect((await browser.signIn('an@example.vn', password)).status).toBe(303);
    } finally {
      await server.close();
    }
  });
});
