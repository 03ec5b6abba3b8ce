import { describe, expect, it } from 'vitest';
import { titleSortKey } from '../../../catalog/kernel/vietnamese-order.ts';

const byKey = (a: string, b: string) => (titleSortKey(a) < titleSortKey(b) ? -1 : 1);
const words =
  `an án ăn ắt ân ấm ba bà bả bã bá bạ băng bắc bân bê bến bề cầu chợ công cũ da dân dê đa đá đất đê đến
đi đô đường em êm ga gà giao giá hà hè hệ hồ in kê khu kế lễ mưa mưu na năm nga ngã nghề nhà no nô nơ ô ông ơn
ở phố phường quận quy quỹ rác rừng sông sổ tai tái tàu tên thu thư tra trà trạm u ung ủy ưng ứng vay vây vui xa xã
xe y ý yên`.split(/\s+/);

describe('the order of titles', () => {
  // ICU's collation for Vietnamese is made by others from the same dictionary order.
  it('is that of ICU over the syllables of our titles', () => {
    const reference = new Intl.Collator('vi');

    expect([...words].reverse().sort(byKey)).toEqual([...words].sort(reference.compare));
  });

  it.each([
    { because: 'digits stand before letters', first: '30 năm', second: 'an' },
    { because: 'a shorter title stands before its continuation', first: 'xe', second: 'xe buýt' },
    { because: 'd stands before đ', first: 'dz', second: 'đa' },
    { because: 'capitals do not matter', first: 'BA', second: 'bà' },
    { because: 'the last letters stand last', first: 'tỷ', second: 'ủy ban' },
  ])('puts $first before $second: $because', ({ first, second }) => {
    expect([second, first].sort(byKey)).toEqual([first, second]);
  });

  it('is the same for composed and decomposed text', () => {
    expect(titleSortKey('Đường phố'.normalize('NFD'))).toBe(
      titleSortKey('Đường phố'.normalize('NFC')),
    );
  });
});
