import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeCsv } from '../../catalog/exchange/csv/write-csv.ts';
import { writeDataJson } from '../../catalog/exchange/datajson/write-data-json.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { exportCatalog } from '../../catalog/publication/export-catalog.ts';
import { publishedRecords } from '../../catalog/publication/published-records.ts';
import { syntaxes } from '../../catalog/rdf/syntaxes.ts';
import type { Queryable } from '../../catalog/storage/database.ts';
import type { Product } from '../compose.ts';
import { UsageError } from './output.ts';

type Write = (product: Product, db: Queryable) => Promise<AsyncIterable<string>>;

/** What can be exported, by the word behind `--format`. */
const formats: ReadonlyMap<string, Write> = new Map<string, Write>([
  ...syntaxes.map(({ syntax }): [string, Write] => [
    syntax,
    async ({ describer }, db) => exportCatalog(syntax, describer, db),
  ]),
  ['datajson', async (product, db) => writeDataJson(await recordsOf(product, db))],
  ['csv', async (product, db) => writeCsv(await recordsOf(product, db))],
]);

export const exportFormats: readonly string[] = [...formats.keys()];

async function recordsOf({ baseURL }: Product, db: Queryable) {
  const agencies = await agencyRepository(db).list();
  return {
    baseURL,
    agencies: new Map(agencies.map(({ record }) => [record.id, record])),
    batches: publishedRecords(db),
  };
}

/**
 * `khue export`: the whole published catalogue at one moment, to a file or to standard output.
 *
 * @throws {UsageError} for a format that there is not
 */
export async function exportTo(
  format: string,
  out: string | undefined,
  product: Product,
): Promise<void> {
  const write = formats.get(format);
  if (!write) {
    throw new UsageError(`--format must be one of ${exportFormats.join(', ')}, not "${format}"`);
  }
  await product.database.snapshot(async (db) => {
    const source = Readable.from(await write(product, db));
    if (out === undefined) await pipeline(source, process.stdout, { end: false });
    else await pipeline(source, createWriteStream(out));
  });
}
