import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** A real provider of single sign-on, which believes whatever name is typed. */
export interface OidcServer {
  readonly issuer: string;
  /** What it says of who signs in under a name. */
  readonly claims: Map<string, Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

export const client = { id: 'khue', secret: 'a secret of khue at the provider' };

/** Starts the npm package oidc-provider on a free port, with PKCE required. */
export async function startOidc(baseURL: string): Promise<OidcServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const claims: OidcServer['claims'] = new Map();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [`${baseURL}/workspace/sign-in/oidc/callback`],
        post_logout_redirect_uris: [`${baseURL}/workspace/sign-in`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    cookies: { keys: ['a key of the tests'] },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...claims.get(sub) }),
    }),
  });
  server.on('request', provider.callback());
  return {
    issuer,
    claims,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Signs in at the provider under a name, as a browser would. Gives the address that it sends back to. */
export async function passProvider(start: string, name: string): Promise<string> {
  const { origin } = new URL(start);
  const jar = new Map<string, string>();
  const go = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { Cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; ') },
      ...(body && { method: 'POST', body }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [key = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      jar.set(key, value);
    }
    return answer;
  };
  let url = start;
  let answer = await go(url);
  for (let step = 0; step < 12; step += 1) {
    const location = answer.headers.get('Location');
    if (location !== null) {
      url = new URL(location, url).href;
      if (!url.startsWith(origin)) return url;
      answer = await go(url);
      continue;
    }
    const html = await answer.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? '';
    if (action === undefined) throw new Error(`the provider is stuck: ${html.slice(0, 500)}`);
    const fields = new URLSearchParams({ prompt, login: name, password: 'any' });
    answer = await go(new URL(action, url).href, fields);
  }
  throw new Error('the provider goes round in circles');
}
