import fc from 'fast-check';
import { Parser } from 'n3';
import { describe, expect, it } from 'vitest';
import { formats } from '../../../catalog/kernel/formats.ts';

describe('a format', () => {
  it.each([
    ['email', "o'brien+tag@so-xay-dung.hanoi.gov.vn", true],
    ['email', 'tên@dữ-liệu.vn', true],
    ['email', 'a|b@example.vn', false],
    ['email', 'a^b@example.vn', false],
    ['email', 'a{b}@example.vn', false],
    ['email', 'a%b@example.vn', false],
    ['email', 'a@example.vn?cc=b@example.vn', false],
    ['iri', 'https://example.vn/\uffff', false],
    ['iri', 'https://example.vn/\ufffe', false],
    ['iri', 'https://example.vn/\ud800', false],
    ['iri', 'https://example.vn/a"b', false],
    ['iri', 'https://example.vn/đường', true],
    ['iri', 'https:', false],
    ['iri', '//example.vn', false],
    ['reference', 'so-xay-dung', true],
    ['reference', 'Sở Xây dựng', false],
    ['reference', 'urn:x:y', true],
    ['temporal', '2100-02-29', false],
    ['temporal', '2000-02-29', true],
    ['temporal', '2026-04-31', false],
    ['temporal', '2026-00-10', false],
    ['temporal', '2026-03-31T08:00:00.5+07:00', true],
    ['temporal', '2026-03-31T08:00:00+15:00', false],
    ['temporal', '2026-03-31T08:60:00Z', false],
    ['temporal', '2026-3-1', false],
    ['temporal', '31/03/2026', false],
    ['temporal', '', false],
    ['due', '2026-02-29', false],
    ['due', '1999-Q1', false],
    ['due', '2026-q1', false],
    ['duration', 'P1Y2M3DT4H5M6.7S', true],
    ['duration', 'PT', false],
    ['duration', 'P1W', false],
    ['duration', '1D', false],
    ['geometry', 'POINT(105.85 21.03)', true],
    ['geometry', '<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(21.03 105.85)', true],
    ['geometry', '{"type":"Point","coordinates":[105.85,21.03]}', true],
    ['geometry', '{"type":"Point"}', false],
    ['geometry', '{không phải JSON', false],
    ['geometry', 'CIRCLE(1 2)', false],
    ['geometry', 'POINT 1 2', false],
    ['text', 'a\tb\nc', true],
    ['text', '\ufffe', false],
  ] as const)('%s takes %j: %s', (format, text, right) => {
    expect(formats[format]?.(text)).toBe(right);
  });

  it.each(['iri', 'link', 'email'] as const)(
    '%s lets nothing through that Turtle refuses',
    (name) => {
      const start = { iri: 'https://example.vn/', link: 'https://example.vn/', email: 'a' }[name];
      const end = name === 'email' ? '@example.vn' : '';
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 6 }), (middle) => {
          const text = start + middle + end;
          if (!formats[name]?.(text)) return;
          const iri = name === 'email' ? `mailto:${text}` : text;
          expect(() => new Parser().parse(`<${iri}> a <urn:x> .`)).not.toThrow();
        }),
        { numRuns: 2000 },
      );
    },
  );
});
