import type { Stripped } from './stripped.ts';

const drawing: ReadonlySet<string> = new Set([
  'VP8 ',
  'VP8L',
  'VP8X',
  'ALPH',
  'ANIM',
  'ANMF',
  'ICCP',
]);
/** In the first byte of VP8X: there is Exif, there is XMP. RFC 9649 §2.7. */
const told = 0x08 | 0x04;

interface Chunk {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Absent: it is no WebP, or it breaks off. */
export function stripWebp(bytes: Buffer): Stripped | undefined {
  const isWebp =
    bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  const chunks = isWebp ? chunksOf(bytes) : undefined;
  const first = chunks?.[0];
  const size = first && sizeOf(first);
  if (!chunks || !size) return undefined;
  const content = Buffer.concat(
    chunks.filter(({ name }) => drawing.has(name)).map((chunk) => withoutFlags(chunk)),
  );
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(content.length + 4, 4);
  return { bytes: Buffer.concat([head, content]), mediaType: 'image/webp', ...size };
}

function chunksOf(bytes: Buffer): readonly Chunk[] | undefined {
  const end = Math.min(bytes.length, bytes.readUInt32LE(4) + 8);
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= end; ) {
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (next > end) return undefined;
    chunks.push({ name: bytes.toString('latin1', at, at + 4), bytes: bytes.subarray(at, next) });
    at = next;
  }
  return chunks;
}

function withoutFlags({ name, bytes }: Chunk): Buffer {
  if (name !== 'VP8X') return bytes;
  const copy = Buffer.from(bytes);
  copy[8] = (copy[8] ?? 0) & ~told;
  return copy;
}

/** RFC 9649 §2.5 to §2.7, and RFC 6386 §9.1 for a key frame. */
function sizeOf({ name, bytes }: Chunk): { width: number; height: number } | undefined {
  if (name === 'VP8X' && bytes.length >= 18) {
    return { width: bytes.readUIntLE(12, 3) + 1, height: bytes.readUIntLE(15, 3) + 1 };
  }
  if (name === 'VP8 ' && bytes.length >= 18) {
    return { width: bytes.readUInt16LE(14) & 0x3fff, height: bytes.readUInt16LE(16) & 0x3fff };
  }
  if (name === 'VP8L' && bytes.length >= 13 && bytes[8] === 0x2f) {
    const bits = bytes.readUInt32LE(9);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return undefined;
}
