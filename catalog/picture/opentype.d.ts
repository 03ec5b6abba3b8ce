/** As much of opentype.js as is used here: its published types bring the browser's globals with them. */
declare module 'opentype.js' {
  /** A step of an outline, with the points of its kind: M, L, Q, C; Z has none. */
  export interface PathCommand {
    readonly type: 'M' | 'L' | 'C' | 'Q' | 'Z';
    readonly x1?: number;
    readonly y1?: number;
    readonly x2?: number;
    readonly y2?: number;
    readonly x?: number;
    readonly y?: number;
  }

  interface Path {
    readonly commands: readonly PathCommand[];
  }

  interface Font {
    /** 0: the font has no sign for it. */
    charToGlyphIndex(character: string): number;
    getAdvanceWidth(text: string, fontSize: number): number;
    getPath(text: string, x: number, y: number, fontSize: number): Path;
  }

  const opentype: { parse(font: ArrayBufferLike): Font };
  // biome-ignore lint/style/noDefaultExport: the package has it.
  export default opentype;
}
