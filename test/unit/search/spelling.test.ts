import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../catalog/kernel/edit-distance.ts';
import { wordsOf } from '../../../catalog/kernel/spelling.ts';

describe('the words of a text', () => {
  it.each([
    ['hòa', 'hoà'],
    ['thủy', 'thuỷ'],
    ['khỏe', 'khoẻ'],
    ['ĐƯỜNG', 'đường'],
    ['đường', 'đường'.normalize('NFD')],
  ])('are spelled alike in “%s” and “%s”', (a, b) => {
    expect(wordsOf(a)[0]?.spelled).toBe(wordsOf(b)[0]?.spelled);
  });

  it.each([
    ['bản', 'bạn'],
    ['đương', 'dương'],
    ['hoa', 'hoà'],
    ['mau', 'mâu'],
  ])('are spelled otherwise in “%s” and “%s”, and found alike', (a, b) => {
    expect(wordsOf(a)[0]?.spelled).not.toBe(wordsOf(b)[0]?.spelled);
    expect(wordsOf(a)[0]?.folded).toBe(wordsOf(b)[0]?.folded);
  });
});

describe('the distance between two words', () => {
  it.each([
    ['giao', 'giao', 0],
    ['giao', 'gaio', 1],
    ['buyt', 'buytt', 1],
    ['xe', 'buyt', 3],
  ])('%s and %s is %i, or more than 2', (a, b, distance) => {
    expect(Math.min(editDistance(a, b, 2), 3)).toBe(distance);
  });

  it('is the same both ways', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 20)).toBe(editDistance(b, a, 20));
      }),
    );
  });
});
