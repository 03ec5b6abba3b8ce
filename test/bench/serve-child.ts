import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import express, { type Express } from 'express';
import { createListener } from '../../server/app.ts';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { peakMegabytes } from './measure.ts';

/*
 * Serves on a free port of 127.0.0.1 and tells the parent which, over the channel between them:
 *   product DATA_DIR   the product, one process
 *   counting DATA_DIR  the same, told that each request comes from another address
 *   not-counting DATA_DIR  and the same, but it counts nothing
 *   bare URL           an Express handler that sends the same bytes as URL does, and 304 at /304
 * Asked for `peak`, it tells the most memory it ever held, in MB.
 */

const [what, argument = ''] = process.argv.slice(2);
const app = await appOf(what, argument);
const server = createServer({ keepAliveTimeout: 65_000 }, app);
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ peak: peakMegabytes() }));
process.on('disconnect', () => process.exit());

async function appOf(kind: string | undefined, from: string): Promise<RequestListener> {
  if (kind === 'bare') return bareApp(from);
  if (kind === 'product') return productApp(from);
  const product = await compose(readConfig({ DATA_DIR: from, TRUST_PROXY: '1' }));
  const countUse = kind === 'counting' ? product.countUse : () => undefined;
  const listener = createListener({ ...product, countUse });
  let seen = 0;
  return (request, response) => {
    seen += 1;
    const address = `10.${seen >> 16}.${(seen >> 8) & 255}.${seen & 255}`;
    request.headers['x-forwarded-for'] = address;
    listener(request, response);
  };
}

async function productApp(dataDir: string): Promise<RequestListener> {
  const config = readConfig({ DATA_DIR: dataDir });
  return createListener(await compose(config));
}

async function bareApp(url: string): Promise<Express> {
  const response = await fetch(url, { headers: { 'Accept-Encoding': 'gzip' } });
  const text = await response.text();
  const isPacked = response.headers.get('Content-Encoding') === 'gzip';
  const body = isPacked ? gzipSync(text, { level: 6 }) : Buffer.from(text);
  const headers = {
    'Content-Type': response.headers.get('Content-Type') ?? 'text/plain',
    ...(isPacked && { 'Content-Encoding': 'gzip' }),
    ETag: response.headers.get('ETag') ?? '""',
    'Content-Length': String(body.length),
  };
  const app = express();
  app.disable('x-powered-by');
  app.get('/304', (_request, answer) => {
    answer.set('ETag', headers.ETag).status(304).end();
  });
  app.get('/redirect', (_request, answer) => {
    answer.redirect(302, 'https://tep.hanoi.example.vn/tep.csv');
  });
  app.get('/', (_request, answer) => {
    answer.set(headers);
    answer.end(body);
  });
  return app;
}
