import type { Stripped } from './stripped.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The chunks that draw the picture. Texts, times, places and previews are left out. PNG (Third Edition) §11. */
const drawing: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'tRNS',
  'cHRM',
  'gAMA',
  'iCCP',
  'sBIT',
  'sRGB',
  'IDAT',
  'IEND',
]);

/** Absent: it is no PNG, or it breaks off. */
export function stripPng(bytes: Buffer): Stripped | undefined {
  if (!bytes.subarray(0, 8).equals(signature)) return undefined;
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  const kept: Buffer[] = [signature];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length) return undefined;
    if (drawing.has(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IEND') {
      return {
        bytes: Buffer.concat(kept),
        mediaType: 'image/png',
        width: bytes.readUInt32BE(16),
        height: bytes.readUInt32BE(20),
      };
    }
    at = end;
  }
  return undefined;
}
