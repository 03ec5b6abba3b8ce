import { createReadStream } from 'node:fs';
import { operator } from '../../catalog/access/actor.ts';
import { readCkan } from '../../catalog/exchange/ckan/read-packages.ts';
import { sourcePolicy } from '../../catalog/exchange/import-policy.ts';
import { importRecords } from '../../catalog/exchange/import-records.ts';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { peakMegabytes, report, since } from './measure.ts';

/* Imports an NDJSON file of CKAN packages into a data directory: `import-child.ts FILE DATA_DIR [DATABASE_URL]`. */

const [file = '', dataDir = '', databaseURL] = process.argv.slice(2);
const product = await compose(
  readConfig({ DATA_DIR: dataDir, DATABASE_URL: databaseURL, LOG_LEVEL: 'warn' }),
);
const start = performance.now();
const { read, created, unchanged, published, rejected } = await importRecords(
  readCkan(createReadStream(file), { fileName: file }),
  sourcePolicy,
  { ...product, actor: operator, dryRun: false },
);
const seconds = since(start);
await product.close();
report({
  seconds,
  read,
  created,
  unchanged,
  published,
  rejected: rejected.length,
  peak: peakMegabytes(),
});
