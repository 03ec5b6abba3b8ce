import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validationLimit } from '../../server/routes/api.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let coordinator: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  coordinator = await server.as('coordinator');
  const distribution = [aDistribution({ id: 'bang-csv' })];
  await server.publish(aDataset({ id: 'bang', distribution }));
  await server.send(
    'PUT',
    '/api/v1/datasets/bang/distributions/bang-csv/file?filename=bang.csv',
    'a,b\n1,2\n',
    { ...coordinator, 'Content-Type': 'text/csv' },
  );
});
afterAll(() => server.close());

async function textOf(path: string): Promise<string> {
  const html = await (await server.get(path)).text();
  return html.replaceAll('&#39;', "'").replaceAll('&#34;', '"').replaceAll('&amp;', '&');
}

describe.each(['/developers', '/en/developers', '/developers/api'])('%s', (path) => {
  it('leads nowhere that does not answer', async () => {
    const main = (await textOf(path)).split('<main')[1]?.split('</main>')[0] ?? '';
    const hrefs = [...main.matchAll(/href="(\/[^"#]*)"/g)].map(([, href = '']) => href);
    const answers = await Promise.all(
      [...new Set(hrefs)].map(async (href) => {
        const { status } = await server.get(href, { Accept: '*/*' });
        return `${status} ${href}`;
      }),
    );

    expect(answers.length).toBeGreaterThan(10);
    expect(answers.filter((answer) => !answer.startsWith('200'))).toEqual([]);
  });
});

describe('the lines for a shell', () => {
  it('all fetch something', async () => {
    const lines = (await textOf('/developers')).match(/curl [^<\n]*/g) ?? [];
    const fetched = lines.filter((line) => !/--data|If-None-Match/.test(line));
    const answers = await Promise.all(
      fetched.map(async (line) => {
        const url = /https?:\/\/[^'\s]+/.exec(line)?.[0] ?? '';
        const accept = /Accept: ([\w/+]+)/.exec(line)?.[1] ?? '*/*';
        return `${(await fetch(url, { headers: { Accept: accept } })).status} ${line}`;
      }),
    );

    expect(answers.length).toBeGreaterThan(12);
    expect(answers.filter((answer) => !answer.startsWith('200'))).toEqual([]);
  });
});

describe('validation, which costs the server more than the sender', () => {
  it('says how often it may be asked, then refuses until the window ends', async () => {
    const ask = () => server.send('POST', '/api/v1/validate', { id: 'x' });
    const first = await ask();
    const { most } = validationLimit;
    for (let asked = 1; asked < most; asked += 1) await (await ask()).arrayBuffer();
    const refused = await ask();

    expect(first.headers.get('ratelimit-policy')).toBe(`"validate";q=${most};w=60`);
    expect(first.headers.get('ratelimit')).toMatch(new RegExp(`^"validate";r=${most - 1};t=\\d+$`));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      type: expect.stringContaining('too-many-requests'),
    });
    expect((await server.get('/api/v1/datasets')).status).toBe(200);
  });
});
