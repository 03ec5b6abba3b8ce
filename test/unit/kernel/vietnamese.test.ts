import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, slug } from '../../../catalog/kernel/fold.ts';
import { titleSortKey } from '../../../catalog/kernel/vietnamese-order.ts';

describe('folding', () => {
  it.each([
    { written: 'Đường Đà Nẵng', folded: 'duong da nang' },
    { written: 'GIAO THÔNG', folded: 'giao thong' },
    { written: 'gia\u0301 đa\u0302\u0301t', folded: 'gia dat' },
    { written: '  hai   dấu\ncách ', folded: 'hai dau cach' },
  ])('makes $written into $folded', ({ written, folded }) => {
    expect(fold(written)).toBe(folded);
  });

  it('changes nothing that is folded already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)),
    );
  });

  it('makes ids that a dataset may have', () => {
    expect(slug('Vị trí ùn tắc & tai nạn (2026)')).toBe('vi-tri-un-tac-tai-nan-2026');
  });
});

describe('the Vietnamese order', () => {
  it('is that of the dictionary: letters first, then tones', () => {
    const ordered = [
      'ba',
      'bà',
      'bả',
      'bã',
      'bá',
      'bạ',
      'bà ba',
      'băng',
      'bân',
      'cá',
      'da',
      'đa',
      'em',
      'êm',
      'na',
      'nga',
      'ô',
      'ơ',
      'ư',
    ];
    const byKey = [...ordered]
      .reverse()
      .sort((a, b) => (titleSortKey(a) < titleSortKey(b) ? -1 : 1));

    expect(byKey).toEqual(ordered);
  });
});
