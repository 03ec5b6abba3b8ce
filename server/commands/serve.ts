import cluster from 'node:cluster';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { offerSetUp } from '../../catalog/access/one-time-links.ts';
import type { News } from '../../catalog/duty/notify.ts';
import type { Digest } from '../../catalog/duty/remind.ts';
import { createListener } from '../app.ts';
import { compose, type Product } from '../compose.ts';
import { assertSharedSecret } from '../config/session-secret.ts';
import type { Config } from '../config/settings.ts';
import { startCheckingReuses } from '../jobs/checking-reuses.ts';
import { startNotices } from '../jobs/duty-notices.ts';
import { startHarvesting } from '../jobs/harvesting.ts';
import { startKeepingIndicators } from '../jobs/keeping-indicators.ts';
import { startMailDelivery } from '../jobs/mail-delivery.ts';
import { startMeasuring } from '../jobs/measuring.ts';
import { startPreparingPreviews } from '../jobs/preparing-previews.ts';
import { createSmtpSender } from '../jobs/send-by-smtp.ts';
import { startUsageUpkeep } from '../jobs/usage-upkeep.ts';
import { digestMail, newsMail } from '../pages/duty-letters.ts';
import { harvestDue } from './harvest.ts';
import { say } from './output.ts';

/** How long running requests may take to finish when the process is told to stop. */
const patienceMs = 10_000;

/** `khue serve`: one process, or as many as WEB_CONCURRENCY says, sharing the port. */
export async function serve(config: Config): Promise<void> {
  assertSharedSecret(config);
  if (config.concurrency === 1 || !cluster.isPrimary) {
    const product = await compose(config);
    if (cluster.isPrimary) measureWhileOpen(product);
    await listen(product);
    if (cluster.isPrimary) await showSetUp(product);
    return;
  }
  // The tables are ready before the first worker asks; then the first process measures, and the workers answer.
  const product = await compose(config);
  measureWhileOpen(product);
  for (let worker = 0; worker < config.concurrency; worker += 1) cluster.fork();
  await showSetUp(product);
  let stopping = false;
  cluster.on('exit', () => {
    if (!stopping) cluster.fork();
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stopping = true;
      product.close().catch((error: unknown) => product.log.error({ err: error }));
      for (const worker of Object.values(cluster.workers ?? {})) worker?.kill(signal);
    });
  }
}

/** While nobody has an account: the link through which the first administrator comes in, another at each start. */
async function showSetUp(product: Product): Promise<void> {
  const key = await offerSetUp(product);
  if (key === undefined) return;
  const link = `${product.baseURL}/workspace/link?key=${key}`;
  say(`Chưa có tài khoản nào. Tạo quản trị viên đầu tiên tại (dùng một lần, trong 24 giờ):`);
  say(
    `There is no account yet. Make the first administrator at (once, within 24 hours):\n  ${link}`,
  );
}

/** Measures, and keeps the figures of use in order, in the background until the product is closed. */
export function measureWhileOpen(product: Product): void {
  product.onClose(startMeasuring(product));
  product.onClose(startUsageUpkeep(product, product.config));
  product.onClose(startKeepingIndicators(product));
  product.onClose(startHarvesting(product.log, (isStopped) => harvestDue(product, isStopped)));
  product.onClose(startCheckingReuses(product));
  product.onClose(startPreparingPreviews(product));
  sendMailWhileOpen(product);
}

/** Sends mail in the background, where there is a mail server to send it through. */
function sendMailWhileOpen(product: Product): void {
  const { smtpURL: url, mailFrom: from, baseURL } = product.config;
  if (url === undefined || from === undefined) return;
  product.onClose(startMailDelivery(product, createSmtpSender({ url, from, baseURL })));
  const letters = {
    writeDigest: (digest: Digest) => digestMail(digest, baseURL),
    writeNews: (news: News) => newsMail(news, baseURL),
  };
  product.onClose(startNotices({ ...product, ...letters }));
}

/** Listens, and stops on SIGTERM or SIGINT once the running requests are answered. */
export async function listen(product: Product): Promise<Server> {
  const { config, log } = product;
  // Who comes first finds a server that answers at once; until then nothing answers, as while it is started.
  await product.search.warmUp();
  const server = createServer(
    { keepAliveTimeout: 65_000, requestTimeout: 0 },
    createListener(product),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ event: 'server.started', host: config.host, port, baseURL: config.baseURL });

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ event: 'server.stopping', signal });
    const cut = setTimeout(() => server.closeAllConnections(), patienceMs);
    cut.unref();
    server.close(() => {
      product.close().then(
        () => {
          log.info({ event: 'server.stopped' });
          process.exit(0);
        },
        (error: unknown) => {
          log.error({ event: 'server.stopped-badly', err: error });
          process.exit(1);
        },
      );
    });
    server.closeIdleConnections();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return server;
}
