import type { Stripped } from './stripped.ts';

/** Segments of an application or a comment, but for the colours: APP2 holds a profile, APP14 says how they are coded. */
function isTold(marker: number): boolean {
  const isApplication = marker >= 0xe0 && marker <= 0xef && ![0xe2, 0xee].includes(marker);
  return isApplication || marker === 0xfe;
}

/** Frames: 0xC0 to 0xCF without the tables among them. ITU-T T.81, table B.1. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/**
 * Everything up to the scan, segment by segment, without what cameras tell: places, moments, previews. What follows the
 * end of the picture is cut off. Absent: it is no JPEG, or it breaks off.
 */
export function stripJpeg(bytes: Buffer): Stripped | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let size: { readonly width: number; readonly height: number } | undefined;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (bytes[at] !== 0xff || end > bytes.length || end < at + 4) return undefined;
    if (isFrame(marker) && end >= at + 9) {
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    if (marker === 0xda) {
      const last = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]));
      if (!size || last < end) return undefined;
      kept.push(bytes.subarray(at, last + 2));
      return { bytes: Buffer.concat(kept), mediaType: 'image/jpeg', ...size };
    }
    if (!isTold(marker)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}
