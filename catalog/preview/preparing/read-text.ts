import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import type { Encoding } from '../preview-job.ts';
import { iconvNames } from './guess-encoding.ts';

const headBytes = 200_000;

/** The beginning of a file. */
export async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(headBytes);
    const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Bytes as text, without a mark at the beginning. */
export function decodeHead(head: Buffer, encoding: Encoding): string {
  return clean(iconv.decode(head, iconvNames[encoding]), encoding);
}

/** A file as text, piece by piece. Lines end in LF, also where they ended in CR alone. */
export async function* readText(
  path: string,
  encoding: Encoding,
  lineEnd: 'lf' | 'cr' = 'lf',
): AsyncGenerator<string> {
  const bytes = createReadStream(path, { highWaterMark: 1 << 18 });
  const text = bytes.pipe(iconv.decodeStream(iconvNames[encoding]));
  text.setEncoding('utf8');
  for await (const piece of text) {
    const cleaned = clean(String(piece), encoding);
    yield lineEnd === 'cr' ? cleaned.replaceAll('\r', '\n') : cleaned;
  }
}

/** No zeros, which no text has; and composed letters where an encoding parts them. */
function clean(text: string, encoding: Encoding): string {
  const whole = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return encoding.startsWith('utf') ? whole : whole.normalize('NFC');
}
