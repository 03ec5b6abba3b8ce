import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { Message } from '../../catalog/kernel/lang-text.ts';
import { rebuildIndex } from '../../catalog/search/rebuild-index.ts';
import { clearForArchive, isUntouched, writePiece } from '../../catalog/storage/archive.ts';
import { type Database, openDatabase, type Tx } from '../../catalog/storage/database.ts';
import { createFileStore, type FileStore } from '../../catalog/storage/file-store.ts';
import { migrations } from '../../catalog/storage/migrations/index.ts';
import type { Config } from '../config/settings.ts';
import {
  type ArchiveCounts,
  type ArchiveHead,
  type ArchiveLine,
  archiveFormat,
  type FilePiece,
} from './archive-format.ts';
import { UsageError } from './output.ts';

/**
 * `khue restore`: fills an empty database and the folder of files from an archive, whichever database it was made
 * from. All of the rows are there afterwards, or none.
 *
 * @throws {CatalogError} `malformed` / `archive-broken`, `archive-unknown`; `conflict` / `database-not-empty`
 */
export async function restore(file: string, config: Config): Promise<ArchiveCounts> {
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  const database = openDatabase(config.databaseURL);
  const files = createFileStore(join(config.dataDir, 'files'));
  const lines = linesOf(file);
  try {
    const head = await readHead(lines);
    await prepare(database, head);
    const counts = await database.transaction(async (tx) => {
      await clearForArchive(tx);
      const restored = await readInto(tx, lines, database, files);
      await rebuildIndex(tx, database.traits);
      return restored;
    });
    await database.migrate();
    return counts;
  } finally {
    await lines.return(undefined);
    await database.close();
  }
}

async function readHead(lines: AsyncIterator<ArchiveLine>): Promise<ArchiveHead> {
  const next = await lines.next();
  if (next.done || !('archive' in next.value)) throw broken(notAnArchive);
  const head = next.value;
  const known = Object.keys(migrations).sort();
  const isOurs = head.migrations.every((name, index) => name === known[index]);
  if (head.format === archiveFormat && isOurs) return head;
  throw new CatalogError('malformed', 'archive-unknown', {
    vi: 'Bản sao lưu do một phiên bản Khuê khác, mới hơn tạo ra; hãy nâng cấp rồi khôi phục.',
    en: 'The archive was made by another, newer version of Khuê; upgrade, then restore.',
  });
}

/** Makes the tables as they were when the archive was made. */
async function prepare(database: Database, { migrations: wanted }: ArchiveHead): Promise<void> {
  const applied = await database.applied();
  const last = wanted.at(-1);
  if (applied.length < wanted.length && last !== undefined) await database.migrate(last);
  const isSame = Math.max(applied.length, wanted.length) === wanted.length;
  if (isSame && (await isUntouched(database))) return;
  throw new CatalogError('conflict', 'database-not-empty', {
    vi: 'Cơ sở dữ liệu đã có nội dung hoặc bảng mới hơn bản sao lưu; hãy đặt DATABASE_URL tới một cơ sở dữ liệu mới, trống.',
    en: 'The database holds something already, or newer tables than the archive; let DATABASE_URL name a new, empty one.',
  });
}

async function readInto(
  tx: Tx,
  lines: AsyncIterator<ArchiveLine>,
  database: Database,
  files: FileStore,
): Promise<ArchiveCounts> {
  const counts = { rows: 0, files: 0 };
  for (;;) {
    const next = await lines.next();
    if (next.done) throw broken(cutShort);
    const line = next.value;
    if ('table' in line) {
      await writePiece(tx, line, database.traits);
      counts.rows += line.rows.length;
    } else if ('file' in line) {
      const { sha256 } = await files.put(contentFrom(line, lines));
      if (sha256 !== line.file) throw broken(cutShort);
      counts.files += 1;
    } else if ('end' in line) {
      if (line.end.rows !== counts.rows || line.end.files !== counts.files) throw broken(cutShort);
      return counts;
    }
  }
}

/** The content of a file from its first piece on, to its last. */
async function* contentFrom(
  first: FilePiece,
  lines: AsyncIterator<ArchiveLine>,
): AsyncGenerator<Uint8Array> {
  for (let piece = first; ; ) {
    yield Buffer.from(piece.content, 'base64');
    if (piece.last) return;
    const next = await lines.next();
    if (next.done || !('file' in next.value)) throw broken(cutShort);
    piece = next.value;
  }
}

/** The lines of an archive, one after the other. */
async function* linesOf(file: string): AsyncGenerator<ArchiveLine, undefined> {
  const text = createGunzip();
  const unpacking = pipeline(createReadStream(file), text);
  // What goes wrong is thrown at the end, or where the reader meets it.
  unpacking.catch(() => undefined);
  try {
    for await (const line of createInterface({
      input: text,
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      yield JSON.parse(line) as ArchiveLine;
    }
    await unpacking;
  } catch (error) {
    throw broken(notAnArchive, error);
  }
}

function broken(detail: Message, cause?: unknown): CatalogError {
  return new CatalogError('malformed', 'archive-broken', detail, { cause });
}

const notAnArchive: Message = {
  vi: 'Tệp này không phải bản sao lưu của Khuê, hoặc đã hỏng; hãy dùng tệp do khue backup tạo ra.',
  en: 'This file is no archive of Khuê, or it is damaged; give one that khue backup has made.',
};
const cutShort: Message = {
  vi: 'Bản sao lưu bị cắt ngang hoặc hỏng giữa chừng; chưa khôi phục gì.',
  en: 'The archive breaks off or is damaged; nothing was restored.',
};
