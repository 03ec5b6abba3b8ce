import { inflateRawSync } from 'node:zlib';

/** Where the bytes of a ZIP are: a file, or memory. */
export interface ZipSource {
  readonly size: number;
  /** So many bytes from a place; fewer where it ends. */
  read(position: number, length: number): Promise<Buffer>;
}

/** A ZIP that cannot be unpacked: it is no whole one, or unpacks to more than is borne. */
export class UnusableZip extends Error {
  override readonly name = 'UnusableZip';
  readonly why: 'broken' | 'bomb';

  constructor(why: 'broken' | 'bomb', options?: ErrorOptions) {
    super(why, options);
    this.why = why;
  }
}

/** A ZIP that is in memory whole. */
export function zipInMemory(bytes: Buffer): ZipSource {
  return {
    size: bytes.length,
    read: async (position, length) => bytes.subarray(position, position + length),
  };
}

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
 * @throws {UnusableZip} `broken`
 */
export async function zipEntries(source: ZipSource): Promise<readonly ZipEntry[]> {
  const { size } = source;
  const tail = await readAt(source, Math.max(0, size - longestEnd), Math.min(size, longestEnd));
  const end = tail.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0 || end + 20 > tail.length || tail.readUInt32LE(end) !== endMark) throw broken();
  const length = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (length > largestDirectory || offset + length > size) throw broken();
  return entriesIn(await readAt(source, offset, length));
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
 * @throws {UnusableZip} `bomb` when it is more, `broken`
 */
export async function unpackEntry(
  source: ZipSource,
  entry: ZipEntry,
  mostBytes: number,
): Promise<Buffer> {
  const head = await readAt(source, entry.offset, 30);
  const begin = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = await readAt(source, begin, Math.min(entry.packedBytes, mostBytes));
  if (entry.method === 0) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: mostBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new UnusableZip('bomb', { cause: error });
    throw broken(error);
  }
}

async function readAt(source: ZipSource, position: number, length: number): Promise<Buffer> {
  const bytes = await source.read(position, length);
  if (bytes.length < length) throw broken();
  return bytes;
}

function broken(cause?: unknown): UnusableZip {
  return new UnusableZip('broken', { cause });
}
