import { createReadStream } from 'node:fs';
import { StreamParser } from 'n3';
import { operator } from '../../catalog/access/actor.ts';
import { graphPolicy } from '../../catalog/exchange/import-policy.ts';
import { importRecords } from '../../catalog/exchange/import-records.ts';
import { dcatItems } from '../../server/commands/dcat-items.ts';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { peakMegabytes, report, since } from './measure.ts';

/* Imports a file of N-Triples, or only parses it with N3.js: `dcat-child.ts import|parse FILE DATA_DIR`. */

const [what = '', file = '', dataDir = ''] = process.argv.slice(2);
if (what === 'parse') await parse();
else await importFile();

async function parse(): Promise<void> {
  const start = performance.now();
  let triples = 0;
  for await (const _quad of createReadStream(file).pipe(
    new StreamParser({ format: 'N-Triples' }),
  )) {
    triples += 1;
  }
  report({ seconds: since(start), triples });
}

async function importFile(): Promise<void> {
  const product = await compose(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' }));
  const start = performance.now();
  const items = dcatItems({ source: file, baseURL: product.baseURL, options: {} });
  const { published } = await importRecords(items, graphPolicy, {
    ...product,
    actor: operator,
    dryRun: false,
  });
  const seconds = since(start);
  await product.close();
  report({ seconds, published, peak: peakMegabytes() });
}
