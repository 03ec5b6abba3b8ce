import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines } from '../../../catalog/picture/break-lines.ts';

/** A line of ten characters of one width each. */
const measure = { width: 10, lines: 2, widthOf: (text: string) => [...text].length };

describe('text broken into lines', () => {
  it('is broken between words', () => {
    expect(breakLines('tuyến xe buýt nội đô', measure)).toEqual({
      lines: ['tuyến xe', 'buýt nội…'],
      isCut: true,
    });
    expect(breakLines('tuyến xe buýt', measure)).toEqual({
      lines: ['tuyến xe', 'buýt'],
      isCut: false,
    });
  });

  it('leaves out the words that an ellipsis takes the place of, and the comma before it', () => {
    expect(breakLines('cơ sở y tế, công lập', { ...measure, lines: 1 }).lines).toEqual([
      'cơ sở y…',
    ]);
    expect(breakLines('cơ sở, y tế', { ...measure, width: 8, lines: 1 }).lines).toEqual(['cơ sở…']);
  });

  it('is one line where all of it fits, however its words measure each by itself', () => {
    const widthOf = (text: string) => text.length + (text.startsWith(' ') ? 1 : 0);
    expect(breakLines('kế hoạch', { width: 8, lines: 1, widthOf }).lines).toEqual(['kế hoạch']);
  });

  it('breaks a word that is wider than a line', () => {
    expect(breakLines('mộtchữrấtdài', measure).lines).toEqual(['mộtchữrấtd', 'ài']);
  });

  it('is nothing for nothing', () => {
    expect(breakLines('  ', measure)).toEqual({ lines: [], isCut: false });
  });

  it('never makes a line wider, or more lines, and loses nothing unless it says so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 12 }), (text, width) => {
        const { lines, isCut } = breakLines(text, { ...measure, width });
        const signs = (some: string): string => some.replaceAll(' ', '');

        expect(lines.length).toBeLessThanOrEqual(measure.lines);
        for (const line of lines) expect(measure.widthOf(line)).toBeLessThanOrEqual(width);
        if (isCut) expect(lines.at(-1)).toMatch(/…$/);
        else expect(signs(lines.join(''))).toBe(signs(text));
      }),
    );
  });
});
