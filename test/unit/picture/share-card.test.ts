import { describe, expect, it } from 'vitest';
import { vocabulary } from '../../../catalog/model/vocabularies.ts';
import { drawCard, type ShareCard } from '../../../catalog/picture/share-card.ts';
import { readTypefaces } from '../../../catalog/picture/typeface.ts';
import { themeColours } from '../../../server/pages/share-cards.ts';

const faces = readTypefaces();
const mark = '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"/>';
const draw = (changes: Partial<ShareCard>) =>
  drawCard(
    { site: 'Dữ liệu mở', title: 'Xe buýt', facts: [], colour: '#1F5A8C', ...changes },
    faces,
    mark,
  );

describe('the typeface', () => {
  it('has a sign for every letter of Vietnamese', () => {
    const vowels = 'aăâeêioôơuưy';
    const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
    const letters = [...vowels]
      .flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize('NFC')))
      .join('');
    const all = `${letters}đ${letters.toUpperCase()}Đ`;
    for (const face of Object.values(faces)) expect(face.settable(all)).toBe(all);
  });

  it('is set without what it has no sign for, composed, on one line', () => {
    expect(faces.bold.settable('Xe\0 😀\u2028buy\u0301t\r\n 北京')).toBe('Xe buýt');
  });
});

describe('a card', () => {
  it('holds its text as outlines, and nothing of what was written', () => {
    const svg = draw({ title: '<script>alert("&")</script>', by: '</svg>', kicker: ']]>' });

    expect(svg).not.toMatch(/script|alert|<text|NaN|undefined/);
    expect(svg.match(/<\/svg>/g)).toHaveLength(1);
  });

  it('is the same for a title in either form of Unicode', () => {
    const title = 'Kết quả quan trắc';
    expect(draw({ title: title.normalize('NFD') })).toBe(draw({ title: title.normalize('NFC') }));
  });

  it('takes no other colour than one', () => {
    expect(draw({ colour: '"/><image href="file:///etc/passwd"/>' })).not.toContain('passwd');
  });

  it('is refused when nothing of the title can be set', () => {
    expect(() => draw({ title: '北京公交' })).toThrow(/no sign/);
  });

  it.each(['CSV · XLSX', 'CSV · JSON', 'CSV · JSON · XLSX', 'CSV · HTML', 'PDF · CSV'])(
    'has room for all of %s',
    (value) => {
      const whole = faces.bold.outline(value, { x: 72, y: 584, size: 32 });

      expect(draw({ facts: [{ label: 'Định dạng', value }] })).toContain(whole);
    },
  );

  it('is drawn whatever the length of its texts', () => {
    const long = 'Ưu đãi '.repeat(800);
    const wide = 'W'.repeat(5000);
    expect(draw({ title: long, by: wide, kicker: wide }).length).toBeLessThan(400_000);
    expect(draw({ title: wide, facts: [{ label: long, value: wide }] })).toContain('</svg>');
  });
});

describe('the colours of the themes', () => {
  it('are one for each, and can be read on paper', () => {
    for (const { code } of vocabulary('data-theme').concepts) {
      const colour = themeColours[code];
      expect(colour, code).toMatch(/^#[\dA-F]{6}$/);
      expect(contrast(colour ?? '#ffffff', '#FBF8F2'), code).toBeGreaterThan(4.5);
    }
  });
});

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
