import { describe, expect, it } from 'vitest';
import { formats } from '../../../catalog/kernel/formats.ts';

describe('a format', () => {
  it.each([
    ['link', 'https://example.vn/a?b=c', true],
    ['link', 'https://dữ-liệu.vn/tệp.csv', true],
    ['link', 'ftp://example.vn/a.csv', true],
    ['link', 'https://example.vn/a b', false],
    ['link', 'javascript:alert(1)', false],
    ['link', 'data:text/html,x', false],
    ['link', 'example.vn', false],
    ['link', 'https://', false],
    ['iri', 'urn:isbn:1', true],
    ['iri', 'http://a/<b>', false],
    ['iri', 'http://a/%zz', false],
    ['temporal', '2026', true],
    ['temporal', '2026-13', false],
    ['temporal', '2026-02-29', false],
    ['temporal', '2024-02-29', true],
    ['temporal', '2026-03-31T08:00:00', false],
    ['temporal', '2026-03-31T08:00:00Z', true],
    ['temporal', '2026-03-31T24:00:00Z', false],
    ['due', '2026-Q3', true],
    ['due', '2026-Q5', false],
    ['duration', 'PT1H', true],
    ['duration', 'P', false],
    ['text', ' \n', false],
    ['text', 'a\u0000', false],
    ['text', '\ud800', false],
    ['email', 'a@example.vn', true],
    ['email', 'a@b', false],
    ['geometry', 'POLYGON((1 2, 3 4, 1 2))', true],
    ['geometry', '{"type":"Point"}', false],
  ] as const)('%s takes %j: %s', (format, text, right) => {
    expect(formats[format]?.(text)).toBe(right);
  });
});
