import { type FileHandle, open } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { UnreadableFile } from '../preview-facts.ts';

/** A file within a ZIP, as its directory names it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const longestEnd = 65_557;
const largestDirectory = 10_000_000;

/**
 * Reads the directory of a ZIP without unpacking anything. APPNOTE 6.3 §4.3.12, §4.3.16.
 *
 * @throws {UnreadableFile} `broken`
 */
export async function zipEntries(path: string): Promise<readonly ZipEntry[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = await readAt(file, Math.max(0, size - longestEnd), Math.min(size, longestEnd));
    const end = tail.lastIndexOf(Buffer.from('504b0506', 'hex'));
    if (end < 0 || end + 20 > tail.length || tail.readUInt32LE(end) !== endMark) throw broken();
    const length = tail.readUInt32LE(end + 12);
    const offset = tail.readUInt32LE(end + 16);
    if (length > largestDirectory || offset + length > size) throw broken();
    return entriesIn(await readAt(file, offset, length));
  } finally {
    await file.close();
  }
}

function entriesIn(directory: Buffer): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === entryMark) {
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * Unpacks one entry, of at most `mostBytes`, whatever its directory says.
 *
 * @throws {UnreadableFile} `bomb` when it is more, `broken`
 */
export async function unpackEntry(
  path: string,
  entry: ZipEntry,
  mostBytes: number,
): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = await readAt(file, entry.offset, 30);
    const begin = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    const packed = await readAt(file, begin, Math.min(entry.packedBytes, mostBytes));
    if (entry.method === 0) return packed;
    return inflateRawSync(packed, { maxOutputLength: mostBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableFile('bomb', { cause: error });
    throw broken(error);
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead < length) throw broken();
  return buffer;
}

function broken(cause?: unknown): UnreadableFile {
  return new UnreadableFile('broken', { cause });
}
