import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operator } from '../../catalog/access/actor.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { attachFile } from '../../catalog/inventory/attach-file.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { createListener } from '../../server/app.ts';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { prepareWaiting, requestUnseen } from '../../server/jobs/preparing-previews.ts';
import { agencies, generateRecord } from './generate-records.ts';
import { median, report, since } from './measure.ts';

/* Serves a dataset with a large file, turns that into a table and looks at it: `preview-child FILE DATA_DIR`. */

const [file = '', dataDir = ''] = process.argv.slice(2);
const product = await compose(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
const server = createServer(createListener(product));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const { id, distribution: [first] = [], ...rest } = generateRecord(1);
if (!first) throw new Error('a generated record has distributions');
const record = { ...rest, id, distribution: [{ ...first, format: 'CSV', mediaType: 'text/csv' }] };
const publisher = agencies.find((agency) => agency.id === record.publisher);
if (publisher) {
  await product.database.transaction((tx) => saveAgency(tx, publisher, product.clock));
}
await registerDataset(record, operator, product);
for (const act of ['submit', 'approve', 'publish'] as const) {
  await advanceDataset(id, act, undefined, operator, product);
}
const upload = { fileName: 'large.csv', mediaType: 'text/csv', content: createReadStream(file) };
await attachFile(id, first.id, upload, operator, product);
await ask(`/dataset/${id}`);
globalThis.gc?.();
const before = process.memoryUsage.rss();
let most = before;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 50);

await requestUnseen(product);
const start = performance.now();
const preparing = prepareWaiting(product).then(({ ready }) => {
  if (ready !== 1) throw new Error('no table was made');
  return since(start);
});
let isDone = false;
const meanwhile: number[] = [];
const asking = (async () => {
  while (!isDone) {
    meanwhile.push(await ask(`/dataset/${id}`));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
})();
const seconds = await preparing;
isDone = true;
await asking;

const table = `/dataset/${id}/preview/${first.id}`;
const pages: number[] = [];
const sorted: number[] = [];
await ask(table);
for (let at = 1; at <= 20; at += 1) pages.push(await ask(`${table}?page=${at * 9001}`));
for (let at = 0; at < 3; at += 1) sorted.push(await ask(`${table}?sort=-4&page=${at + 1}`));
await ask(`${table}?view=map`);
await ask(`${table}?view=chart&kind=bar&x=2&y=3&aggregate=mean`);
clearInterval(watch);
const profile = await fetch(`${url}/api/v1/distributions/${first.id}/profile`);
const { rows } = (await profile.json()) as { rows: number };
report({
  seconds,
  rows,
  growth: (most - before) / 1_000_000,
  page: median(pages),
  sorted: median(sorted),
  meanwhile: median(meanwhile),
});
server.closeAllConnections();
server.close();
await product.close();

async function ask(path: string): Promise<number> {
  const begun = performance.now();
  const response = await fetch(url + path);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return performance.now() - begun;
}
