import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSolrMoment } from '../../../../catalog/exchange/ckan-action/date-math.ts';
import { parseSolr } from '../../../../catalog/exchange/ckan-action/solr-parse.ts';
import { printSolr, type SolrQuery } from '../../../../catalog/exchange/ckan-action/solr-query.ts';
import { CatalogError } from '../../../../catalog/kernel/errors.ts';

const term = (value: string, field?: string): SolrQuery => ({
  kind: 'term',
  ...(field !== undefined && { field }),
  value,
});

describe('a Solr query', () => {
  it.each<readonly [string, SolrQuery]>([
    ['', { kind: 'all' }],
    ['*:*', { kind: 'all' }],
    ['*', { kind: 'all' }],
    ['xe', term('xe')],
    ['+xe', term('xe')],
    ['title:xe^4', term('xe', 'title')],
    ['title: xe', term('xe', 'title')],
    ['a\\:b', term('a:b')],
    ['"tuyến xe"~2', { kind: 'phrase', value: 'tuyến xe' }],
    ['tags:"a \\"b\\""', { kind: 'phrase', field: 'tags', value: 'a "b"' }],
    ['bus*', { kind: 'wildcard', pattern: 'bus*' }],
    ['tags:*', { kind: 'exists', field: 'tags' }],
    ['tags:[* TO *]', { kind: 'exists', field: 'tags' }],
    ['a b', { kind: 'and', parts: [term('a'), term('b')] }],
    [
      'a && b || c',
      { kind: 'or', parts: [{ kind: 'and', parts: [term('a'), term('b')] }, term('c')] },
    ],
    [
      'a AND (b OR c)',
      { kind: 'and', parts: [term('a'), { kind: 'or', parts: [term('b'), term('c')] }] },
    ],
    ['f:(a -b)', { kind: 'and', parts: [term('a', 'f'), { kind: 'not', part: term('b', 'f') }] }],
    ['NOT a', { kind: 'not', part: term('a') }],
    ['!a', { kind: 'not', part: term('a') }],
    ['so-xay-dung', term('so-xay-dung')],
    [
      'd:{2026-01-01T00:00:00Z%20TO%20NOW]',
      {
        kind: 'range',
        field: 'd',
        from: '2026-01-01T00:00:00Z',
        to: 'NOW',
        includesFrom: false,
        includesTo: true,
      },
    ],
  ])('%s is read', (text, expected) => {
    expect(parseSolr(text)).toEqual(expected);
  });

  it.each([
    '(',
    'a)',
    'a:',
    'a OR',
    'OR a',
    '"a',
    '[a TO b]',
    'f:[a TO',
    'f:{a b}',
    'a:(b',
    'x:y:z',
  ])('%s is refused', (text) => {
    expect(() => parseSolr(text)).toThrow(CatalogError);
  });

  it('is read in a time that grows with its length', () => {
    const texts = [
      '('.repeat(50_000),
      '-'.repeat(50_000),
      'f:[%20'.repeat(15_000),
      '"'.repeat(50_001),
      'a:'.repeat(40_000),
      `[${'%20'.repeat(30_000)}`,
    ];
    const begun = performance.now();
    for (const text of texts) expect(() => parseSolr(text)).toThrow(CatalogError);

    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('never fails with anything but its own error', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '"',
      ' ',
      'AND',
      'OR',
      'NOT',
      '+',
      '-',
      '!',
      ':',
      '*',
      '?',
      '[',
      ']',
      '{',
      '}',
      ' TO ',
      '\\',
      '^2',
      '~',
      '%20',
      'a',
      'ê',
      '😀',
      '&&',
      '||',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(piece, fc.string())).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (written) => {
        try {
          parseSolr(written);
        } catch (error) {
          if (!(error instanceof CatalogError) || error.code !== 'ckan-search-syntax') throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same tree when it was printed and read again', () => {
    fc.assert(
      fc.property(queries, (query) => {
        expect(parseSolr(printSolr(query))).toEqual(query);
      }),
      {
        numRuns: 1000,
        // Words that every JavaScript object has a property for.
        examples: ['__proto__', 'constructor'].map((word): [SolrQuery] => [
          { kind: 'term', value: word },
        ]),
      },
    );
  });
});

const fieldName = fc.stringMatching(/^[a-z][a-z_]{0,8}$/);
const someField = fc.option(fieldName, { nil: undefined });
const syntax = fc.constantFrom(...'+-!(){}[]^"~*?:\\&|%20 AaNOTê');
const value = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 6, unit: syntax }),
  fc.constantFrom('AND', 'OR', 'NOT', 'TO', '*', '&&', '||'),
);
const named = <Part extends object>(field: string | undefined, part: Part) => ({
  ...part,
  ...(field !== undefined && { field }),
});
const leaf: fc.Arbitrary<SolrQuery> = fc.oneof(
  fc.constant({ kind: 'all' } as const),
  fc
    .tuple(someField, value)
    .map(([field, text]) => named(field, { kind: 'term', value: text } as const)),
  fc
    .tuple(someField, fc.string())
    .map(([field, text]) => named(field, { kind: 'phrase', value: text } as const)),
  fc
    .tuple(someField, fc.stringMatching(/^[a-zàđ0-9]{1,5}[*?][a-z*?]{0,4}$/))
    .map(([field, pattern]) => named(field, { kind: 'wildcard', pattern } as const)),
  fieldName.map((field) => ({ kind: 'exists', field }) as const),
  fc
    .tuple(fieldName, fc.option(value, { nil: undefined }), value, fc.boolean(), fc.boolean())
    .map(([field, from, to, includesFrom, includesTo]) => ({
      kind: 'range' as const,
      field,
      ...(from !== undefined && { from }),
      to,
      includesFrom,
      includesTo,
    })),
);
const { query: queries } = fc.letrec<{ query: SolrQuery }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('query').map((part) => ({ kind: 'not', part }) as const),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('query'), { minLength: 2, maxLength: 4 }),
      )
      .map(([kind, parts]) => ({ kind, parts })),
  ),
}));

describe('date math', () => {
  const now = '2026-11-24T10:20:30.400Z';

  it.each([
    ['NOW', '2026-11-24T10:20:30.400Z'],
    ['NOW-7DAYS', '2026-11-17T10:20:30.400Z'],
    ['NOW/DAY', '2026-11-24T00:00:00.000Z'],
    ['NOW/MONTH+12HOURS', '2026-11-01T12:00:00.000Z'],
    ['NOW-1YEAR/YEAR', '2025-01-01T00:00:00.000Z'],
    ['2026-01-01T00:00:00.123456Z', '2026-01-01T00:00:00.123Z'],
    ['2026-01-01T00:00:00', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T07:00:00+07:00', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01', '2026-01-01T00:00:00.000Z'],
    ['2026-01-31T00:00:00Z+1DAY', '2026-02-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(readSolrMoment(text, now)).toBe(expected);
  });

  it.each(['', 'hôm qua', 'NOW-7', 'NOW-7PHÚT', '2026-13-01', 'NOW+999999YEARS', 'now'])(
    'does not read "%s"',
    (text) => {
      expect(readSolrMoment(text, now)).toBeUndefined();
    },
  );
});
