import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Instant } from '../../../catalog/kernel/clock.ts';

/*
 * One process of an installation, on a free port of 127.0.0.1, that believes X-Forwarded-For: DATABASE_URL DATA_DIR
 * SESSION_SECRET, and the addresses of the modules app, compose and settings, which may be compiled ones.
 * It tells its port over the channel to its parent. Told `{ now }` its clock stands there from then on, which it
 * confirms; told `{ flush }` it writes what it has counted, and confirms that. Until it is told, its clock is the
 * machine's.
 */

const [databaseURL, dataDir, secret, app = '', composition = '', settings = ''] =
  process.argv.slice(2);
const { createListener } = (await import(app)) as typeof import('../../../server/app.ts');
const { compose } = (await import(composition)) as typeof import('../../../server/compose.ts');
const { readConfig } = (await import(
  settings
)) as typeof import('../../../server/config/settings.ts');
let now: Instant | undefined;
const clock: Clock = () => now ?? (new Date().toISOString() as Instant);
const product = await compose(
  readConfig({
    DATABASE_URL: databaseURL,
    DATA_DIR: dataDir,
    BASE_URL: 'https://data.example.vn',
    LOG_LEVEL: 'silent',
    TRUST_PROXY: '1',
    SESSION_SECRET: secret,
  }),
  clock,
);
const server = createServer({ keepAliveTimeout: 65_000 }, createListener(product));
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', (message: { readonly now?: Instant; readonly flush?: true }) => {
  if (message.now !== undefined) now = message.now;
  if (message.flush) void product.usage.flush().then(() => process.send?.('done'));
  else process.send?.('done');
});
process.on('disconnect', () => process.exit());
