import type { TestServer } from './server.ts';

/** A browser without JavaScript, as far as cookies and forms go. */
export interface WebClient {
  /** The cookies that it holds, `khue=…`; empty: none. */
  readonly cookie: () => string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form without looking at any page first. */
  post(path: string, fields: Fields, headers?: Record<string, string>): Promise<Response>;
  /** Opens a page, and sends the form of `path` with the token that the page carries. */
  submit(page: string, path: string, fields: Fields): Promise<Response>;
  /** Opens a page, and sends a form with files as a browser does. */
  upload(page: string, path: string, form: FormData): Promise<Response>;
  signIn(email: string, password: string): Promise<Response>;
}

export type Fields = Readonly<Record<string, string | readonly string[]>>;

export function webClient({ baseURL }: Pick<TestServer, 'baseURL'>): WebClient {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const answer = await fetch(baseURL + path, {
      redirect: 'manual',
      ...init,
      headers: { Accept: 'text/html', ...(jar.size > 0 && { Cookie: cookie() }), ...init.headers },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const client: WebClient = {
    cookie,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, fields, headers = {}) =>
      send(path, { method: 'POST', body: encode(fields), headers }),
    async submit(page, path, fields) {
      const csrf = csrfOf(await (await client.get(page)).text());
      return client.post(path, { csrf, ...fields });
    },
    async upload(page, path, form) {
      form.set('csrf', csrfOf(await (await client.get(page)).text()));
      return send(path, { method: 'POST', body: form });
    },
    signIn: (email, password) =>
      client.submit('/workspace/sign-in', '/workspace/sign-in', { email, password }),
  };
  return client;
}

/** The token that a page carries for its forms. */
export function csrfOf(html: string): string {
  return /name="csrf-token" content="([^"]+)"/.exec(html)?.[1] ?? '';
}

function encode(fields: Fields): URLSearchParams {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)] as [string, string]),
  );
  return new URLSearchParams(pairs);
}
