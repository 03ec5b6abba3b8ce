import { exportCatalog } from '../../catalog/publication/export-catalog.ts';
import { type Syntax, syntaxes } from '../../catalog/rdf/syntaxes.ts';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { peakMegabytes, report, since } from './measure.ts';

/* Writes the whole catalogue in one syntax and throws it away: `export-child.ts SYNTAX DATA_DIR [DATABASE_URL]`. */

const [wanted, dataDir = '', databaseURL] = process.argv.slice(2);
const syntax = syntaxes.find((form) => form.syntax === wanted)?.syntax as Syntax;
const product = await compose(
  readConfig({ DATA_DIR: dataDir, DATABASE_URL: databaseURL, LOG_LEVEL: 'warn' }),
);
const start = performance.now();
let firstByteMs: number | undefined;
let bytes = 0;
await product.database.snapshot(async (db) => {
  for await (const piece of exportCatalog(syntax, product.describer, db)) {
    firstByteMs ??= performance.now() - start;
    bytes += Buffer.from(piece).length;
  }
});
const seconds = since(start);
await product.close();
report({ seconds, firstByteMs, bytes, peak: peakMegabytes() });
