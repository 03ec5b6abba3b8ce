import { parentPort, workerData } from 'node:worker_threads';
import {
  UnusableZip,
  unpackEntry,
  type ZipEntry,
  zipEntries,
  zipInMemory,
} from '../../documents/zip-entries.ts';
import { CatalogError } from '../../kernel/errors.ts';
import { findHeader } from './read-annex-table.ts';
import { type AnnexSheet, readSheets, unreadableWorkbook } from './read-sheets.ts';
import { type AnnexUpload, type FromUploadThread, tooLarge, uploadLimits } from './read-upload.ts';

/*
 * Reads one file that somebody sent. It may have been made to do harm, so it is on a thread that can be stopped.
 */

const zip = '504b0304';
const oldWorkbook = 'd0cf11e0';
// Cells may hold line breaks; a text with far more lines than rows are borne is not even parsed.
const linesInRow = 4;
const linesIn = (file: Buffer): number =>
  file.reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 0);
const magicOf = (file: Buffer): string => file.subarray(0, 4).toString('hex');
const isWorkbook = (file: Buffer): boolean => [zip, oldWorkbook].includes(magicOf(file));
const longestIn = (row: readonly string[]): number =>
  row.reduce((most, { length }) => Math.max(most, length), 0);

const { bytes, fileName } = workerData as { readonly bytes: Uint8Array; readonly fileName: string };
const port = parentPort;
if (!port) throw new Error('read-upload-thread runs as a thread');
const say = (message: FromUploadThread): void => port.postMessage(message);

try {
  say({ upload: await read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) });
} catch (error) {
  if (!(error instanceof CatalogError)) throw error;
  const { kind, code, detail } = error;
  say({ refused: { kind, code, detail } });
}

async function read(file: Buffer): Promise<AnnexUpload> {
  const parts = await partsOf(file);
  if (!isWorkbook(file) && linesIn(file) > uploadLimits.rows * linesInRow) throw tooLarge('rows');
  const read = (await readSheets(file, fileName)).map(trimmed);
  const sheets = isWorkbook(file) ? read : mostLikely(read);
  const widest = Math.max(0, ...sheets.flatMap(({ rows }) => rows.map((row) => row.length)));
  const longest = Math.max(0, ...sheets.flatMap(({ rows }) => rows.map(longestIn)));
  if (sheets.reduce((sum, { rows }) => sum + rows.length, 0) > uploadLimits.rows) {
    throw tooLarge('rows');
  }
  if (widest > uploadLimits.columns) throw tooLarge('columns');
  if (longest > uploadLimits.cellCharacters) throw tooLarge('cell');
  return { sheets, hasMacros: parts.some(({ name }) => /(^|\/)vbaProject\.bin$/i.test(name)) };
}

/** What a ZIP holds, once it is certain that all of it can be unpacked. */
async function partsOf(file: Buffer): Promise<readonly ZipEntry[]> {
  if (magicOf(file) !== zip) return [];
  const source = zipInMemory(file);
  try {
    const entries = await zipEntries(source);
    let left: number = uploadLimits.unpackedBytes;
    for (const entry of entries) left -= (await unpackEntry(source, entry, left)).length;
    return entries;
  } catch (error) {
    if (!(error instanceof UnusableZip)) throw error;
    throw error.why === 'bomb' ? tooLarge('unpacked', error) : unreadableWorkbook(error);
  }
}

/** Of the ways a text may be parted into cells, the one that has a header, or else the most cells. */
function mostLikely(sheets: readonly AnnexSheet[]): readonly AnnexSheet[] {
  const cells = sheets.map(({ rows }) =>
    rows.slice(0, 60).reduce((sum, row) => sum + row.length, 0),
  );
  const place = findHeader(sheets)?.sheet ?? cells.indexOf(Math.max(...cells));
  return sheets.slice(place, place + 1);
}

/** Without the empty rows and cells at its end. */
function trimmed({ rows, ...sheet }: AnnexSheet): AnnexSheet {
  const isFilled = (text: string): boolean => text !== '';
  const narrow = rows.map((row) => row.slice(0, row.findLastIndex(isFilled) + 1));
  return { ...sheet, rows: narrow.slice(0, narrow.findLastIndex((row) => row.length > 0) + 1) };
}
