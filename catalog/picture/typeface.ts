import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import opentype, { type PathCommand } from 'opentype.js';
import { projectRoot } from '../kernel/project-root.ts';

/** One weight of the catalogue's typeface. Lengths are in pixels of the picture. */
export interface Typeface {
  widthOf(text: string, size: number): number;
  /** The text as the data of an SVG path: what is written in it can never be taken for markup. */
  outline(
    text: string,
    place: { readonly x: number; readonly y: number; readonly size: number },
  ): string;
  /** What of a text can be set: composed, on one line, without what the typeface has no sign for. */
  settable(text: string): string;
}

const files = {
  regular: '400Regular/BeVietnamPro_400Regular.ttf',
  medium: '500Medium/BeVietnamPro_500Medium.ttf',
  bold: '700Bold/BeVietnamPro_700Bold.ttf',
} as const;

export type Typefaces = Readonly<Record<keyof typeof files, Typeface>>;

/** Reads the typeface from its package. */
export function readTypefaces(): Typefaces {
  return {
    regular: readTypeface(files.regular),
    medium: readTypeface(files.medium),
    bold: readTypeface(files.bold),
  };
}

const mostWidths = 2000;

function readTypeface(file: string): Typeface {
  const folder = join(projectRoot, 'node_modules', '@expo-google-fonts', 'be-vietnam-pro');
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, file));
  const font = opentype.parse(buffer.slice(byteOffset, byteOffset + byteLength));
  // Widths grow with the size, so that one measure of a word is good for all sizes.
  const widths = new Map<string, number>();
  const widthInEms = (text: string): number => {
    const known = widths.get(text);
    if (known !== undefined) return known;
    if (widths.size >= mostWidths) widths.clear();
    const width = font.getAdvanceWidth(text, 1);
    widths.set(text, width);
    return width;
  };
  const hasSign = (character: string): boolean => font.charToGlyphIndex(character) > 0;
  return {
    widthOf: (text, size) => widthInEms(text) * size,
    outline: (text, { x, y, size }) => font.getPath(text, x, y, size).commands.map(stepOf).join(''),
    settable: (text) =>
      [...text.normalize('NFC').replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ')]
        .filter(hasSign)
        .join('')
        .replace(/ +/g, ' ')
        .trim(),
  };
}

/** One step as SVG writes it. The library's own way of writing turns a number such as 2e-14 into NaN. */
function stepOf({ type, x1, y1, x2, y2, x, y }: PathCommand): string {
  const points = [x1, y1, x2, y2, x, y].filter((length) => length !== undefined);
  return type + points.map((length) => Math.round(length * 10) / 10).join(' ');
}
