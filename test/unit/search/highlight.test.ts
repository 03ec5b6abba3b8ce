import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../catalog/kernel/spelling.ts';
import { excerpt, highlight } from '../../../catalog/search/highlight.ts';
import { readTerms } from '../../../catalog/search/search-terms.ts';

const termsOf = (q: string) => readTerms(wordsOf(q));
const hits = (text: string, q: string) =>
  highlight(text, termsOf(q)).flatMap((piece) => (piece.isHit ? [piece.text] : []));

describe('what was looked for', () => {
  it.each([
    ['Điểm dừng xe buýt', 'xe buyt', ['xe', 'buýt']],
    ['Điểm dừng xe buýt'.normalize('NFD'), 'xe buýt', ['xe', 'buýt'.normalize('NFD')]],
    ['Điểm dừng xe buýt', 'xe bus', ['xe', 'buýt']],
    ['Đường phố', 'duon', ['Đường']],
    ['Đường phố', 'uon', []],
    ['<b>xe</b>', 'xe b', ['b', 'xe', 'b']],
    ['xe', '', []],
  ])('in “%s” for “%s” is %j', (text, q, expected) => {
    expect(hits(text, q)).toEqual(expected);
  });

  it('is parted from the rest, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (text, q) => {
        const pieces = highlight(text, termsOf(q));
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      }),
    );
  });
});

describe('an excerpt', () => {
  it('is the whole text when that is short', () => {
    expect(excerpt('Số  hiệu\ncác tuyến', termsOf('xe'), 100)).toBe('Số hiệu các tuyến');
  });

  it('shows the first word that was looked for, and is never too long', () => {
    const text = `${'chữ '.repeat(100)}xe buýt ${'chữ '.repeat(100)}`;
    const shown = excerpt(text, termsOf('xe buýt'), 180);

    expect(shown).toContain('xe buýt');
    expect(shown).toMatch(/^….*…$/);
    expect(shown.length).toBeLessThanOrEqual(182);
  });
});
