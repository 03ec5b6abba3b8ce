import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { piecesOf } from '../../catalog/storage/archive.ts';
import type { Queryable } from '../../catalog/storage/database.ts';
import type { FileStore } from '../../catalog/storage/file-store.ts';
import type { Product } from '../compose.ts';
import { type ArchiveCounts, type ArchiveLine, archiveFormat } from './archive-format.ts';

/**
 * `khue backup`: every table as one moment shows it, and every file, in one archive that either database can take in.
 * The file has its name only once it is whole.
 */
export async function backup(out: string, product: Product): Promise<ArchiveCounts> {
  const arriving = `${out}.part`;
  const counts = { rows: 0, files: 0 };
  try {
    await product.database.snapshot(async (db) => {
      const lines = Readable.from(asText(linesOf(db, product, counts)));
      await pipeline(lines, createGzip(), createWriteStream(arriving, { mode: 0o600 }));
    });
    await rename(arriving, out);
  } finally {
    await rm(arriving, { force: true });
  }
  return counts;
}

async function* asText(lines: AsyncIterable<ArchiveLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

async function* linesOf(
  db: Queryable,
  { database, files, baseURL, clock }: Product,
  counts: { rows: number; files: number },
): AsyncGenerator<ArchiveLine> {
  yield {
    archive: 'khue',
    format: archiveFormat,
    madeAt: clock(),
    baseURL,
    migrations: await database.applied(),
  };
  for await (const piece of piecesOf(db, database.traits)) {
    counts.rows += piece.rows.length;
    yield piece;
  }
  for await (const sha256 of files.list()) {
    yield* fileLines(sha256, files);
    counts.files += 1;
  }
  yield { end: counts };
}

async function* fileLines(sha256: string, files: FileStore): AsyncGenerator<ArchiveLine> {
  for await (const chunk of files.open(sha256)) {
    yield { file: sha256, content: Buffer.from(chunk).toString('base64') };
  }
  yield { file: sha256, content: '', last: true };
}
