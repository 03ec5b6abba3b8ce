import fc from 'fast-check';
import { isText } from '../../catalog/kernel/formats.ts';
import { resolveSchema, type SchemaNode, schemas } from '../../catalog/model/schemas.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';

/*
 * Values that a schema of ours allows, made from the schema itself.
 */

/** What JSON Schema says beside what the product reads of it. */
interface Schema extends SchemaNode {
  readonly pattern?: string;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly additionalProperties?: boolean | Schema;
}

/** What is made of a schema. */
export interface Wish {
  /** Values of each format that a schema names. */
  readonly formats: Readonly<Record<string, fc.Arbitrary<unknown>>>;
  readonly languages: fc.Arbitrary<string>;
  /** Whether every property is there, and not each only now and then. */
  readonly isWhole: boolean;
  /** Whether what is no code of a table is used where a schema allows it. */
  readonly goesBeyondTables: boolean;
  /** Values of definitions by their name, and of properties by file and name: `dataset.schema.json/id`. */
  readonly named: Readonly<Record<string, fc.Arbitrary<unknown>>>;
  /** Properties that are left out, by name, unless they are named by file. */
  readonly without: readonly string[];
}

/** Objects of the schema in a file. */
export function objectsOfSchema(file: string, wish: Wish): fc.Arbitrary<object> {
  const schema = schemas.get(file);
  if (!schema) throw new Error(`there is no schema ${file}`);
  return objectsOf(schema as Schema, file, wish) as fc.Arbitrary<object>;
}

const words = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom(
        '"',
        '\\',
        '\n',
        '\r',
        '\t',
        '&',
        '<',
        ']]>',
        "'",
        '🚌',
        'e\u0302\u0301',
        'ư',
      ),
    }),
  )
  .map((text) => `a${text}`)
  .filter(isText);

/** Of each format what is hard to write and to read. */
const samples: Readonly<Record<string, fc.Arbitrary<string>>> = {
  wkt: fc.constantFrom('POINT(1 2)', '<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(1 2)'),
  geojson: fc.constantFrom('{"type":"Point","coordinates":[105.85,21.03]}'),
  iri: fc.constantFrom(
    'urn:a:b',
    'https://x.vn/a?b=c&d#e',
    'org:abc',
    'dcat:Dataset',
    'mailto:a@b.vn',
    'https://x.vn/đường',
  ),
  link: fc.constantFrom(
    'https://x.vn/a?b=c&d=%20#e',
    'ftp://x.vn/a',
    'http://x.vn/đường',
    "https://x.vn/a'b(c)",
  ),
  web: fc.constantFrom('https://x.vn/a?b=c&d=%20#e', 'http://x.vn/đường'),
  date: fc.constantFrom('2026-03-31'),
  temporal: fc.constantFrom(
    '2026',
    '2026-03',
    '2026-03-31',
    '2026-03-31T08:00:00+07:00',
    '2026-03-31T08:00:00.5Z',
  ),
  due: fc.constantFrom('2026-Q3'),
  duration: fc.constantFrom('P1D', 'PT1H', 'P1Y2M'),
  text: words,
  email: fc.constantFrom('a@example.vn', "o'b+c@x.example.vn"),
  reference: fc.constantFrom(
    'so-y-te',
    'title',
    'dcat',
    'id',
    'a.b_c',
    'https://x.vn/a',
    'org:abc',
    'urn:a:b',
  ),
  geometry: fc.constantFrom(
    'POINT(1 2)',
    '<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(1 2)',
    '{"type":"Point","coordinates":[105.85,21.03]}',
  ),
  characters: fc.oneof(words, fc.constantFrom('', ' ')),
  property: fc.constantFrom(
    '@type',
    'https://x.vn/terms#a',
    'http://purl.org/dc/terms/title',
    'urn:x:đường',
  ),
};

/** Nodes of expanded JSON-LD: what a record keeps of a source that says more than the profile. */
const { node: expandedNodes } = fc.letrec<{ node: object; value: object }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ '@value': samples['characters'] ?? words }),
    fc.record({ '@value': words, '@language': fc.constantFrom('vi', 'zh-Hant') }),
    fc.record({ '@value': words, '@type': samples['iri'] ?? words }),
    fc.record({ '@id': samples['iri'] ?? words }),
    fc.record({ '@list': fc.array(fc.record({ '@value': words }), { maxLength: 3 }) }),
    tie('node'),
  ),
  node: fc.record(
    {
      '@id': samples['iri'] ?? words,
      '@type': fc.uniqueArray(samples['iri'] ?? words, { minLength: 1, maxLength: 2 }),
      'https://x.vn/terms#a': fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      'http://purl.org/dc/terms/title': fc.array(tie('value'), { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: [] },
  ),
}));

const expanded: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  extras: expandedNodes
    .map(({ '@id': _none, ...statements }: { '@id'?: unknown }) => statements)
    .filter((statements) => Object.keys(statements).length > 0),
  expandedNode: expandedNodes
    .filter((node) => Object.keys(node).some((key) => key !== '@id'))
    .map((node) => ({ '@id': 'https://x.vn/node', ...node })),
};

/** Whatever a schema allows, the hardest first; a property is there now and then. */
export const hostile: Wish = {
  formats: samples,
  languages: fc.constantFrom('vi', 'en', 'zh-Hant', 'vi-VN', '@none'),
  isWhole: false,
  goesBeyondTables: true,
  named: expanded,
  without: ['inventory'],
};

/** What an agency would write, all of it that the profile has a word for. */
export const complete: Wish = {
  formats: {
    ...samples,
    text: fc.constantFrom('Số liệu', 'Đường phố & "ngõ"', 'Bảng <1>', 'Nhiều\ndòng', '2026'),
    iri: fc.constantFrom('https://example.vn/dieu/1', 'https://example.vn/dieu/2#x', 'urn:x:3'),
    reference: fc.constantFrom('https://example.vn/id/1', 'https://example.vn/id/2'),
  },
  languages: fc.constantFrom('vi', 'en'),
  isWhole: true,
  goesBeyondTables: false,
  named: {},
  without: ['inventory', 'extras', 'included', 'iri', 'id'],
};

const patterned: readonly fc.Arbitrary<string>[] = [
  fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/),
  fc.constantFrom('text/csv', 'application/vnd.ms-excel', 'image/svg+xml', 'https://x.vn/type'),
  fc.constantFrom('+84 24 3825 (7)', '024.38-1', '1022'),
  fc.constantFrom('2026'),
  fc.stringMatching(/^([0-9a-f]{2}){1,32}$/),
];

function valuesOf(node: Schema, file: string, wish: Wish): fc.Arbitrary<unknown> {
  const ready = wish.named[node.$ref?.split('/').at(-1) ?? ''];
  if (ready) return ready;
  const { node: found, file: at } = resolveSchema(node, file);
  const schema = found as Schema;
  if (schema.then && schema.else) {
    return fc.oneof(valuesOf(schema.then, at, wish), valuesOf(schema.else, at, wish));
  }
  if (schema['x-vocabulary'] !== undefined) {
    const codes = vocabulary(schema['x-vocabulary'])
      .concepts.slice(0, 40)
      .map(({ code }) => code);
    return schema['x-open'] && wish.goesBeyondTables
      ? fc.oneof(fc.constantFrom(...codes), wish.formats['iri'] ?? words)
      : fc.constantFrom(...codes);
  }
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'array') {
    const items = valuesOf(schema.items ?? {}, at, wish);
    return fc.uniqueArray(items, {
      minLength: 1,
      maxLength: Math.min(3, schema.maxItems ?? 3),
      comparator: 'SameValue',
    });
  }
  if (schema.type === 'integer') return fc.oneof(fc.nat(), fc.constant(schema.maximum ?? 0));
  if (schema.type === 'number') {
    return fc.constantFrom(1, 0.5, 1e-7, 1.5e-10, 1e21, 2.5e300, 1234567.25, 2 ** 53 + 2);
  }
  if (schema.type === 'null') return fc.constant(null);
  if (schema.type === 'object' || schema.properties) return objectsOf(schema, at, wish);
  if (schema.format !== undefined) return wish.formats[schema.format] ?? fc.constant('');
  if (schema.pattern !== undefined) {
    const expression = new RegExp(schema.pattern, 'u');
    const fitting = patterned.map((some) => some.filter((text) => expression.test(text)));
    const one = fitting.filter((_, index) =>
      fc.sample(patterned[index] ?? words, 5).some((text) => expression.test(text)),
    );
    return fc.oneof(...one);
  }
  throw new Error(`no values for ${JSON.stringify(schema).slice(0, 200)}`);
}

function objectsOf(schema: Schema, file: string, wish: Wish): fc.Arbitrary<unknown> {
  if (typeof schema.additionalProperties === 'object') {
    const values = valuesOf(schema.additionalProperties, file, wish);
    return fc.dictionary(wish.languages, values, { minKeys: 1 });
  }
  const properties = Object.entries(schema.properties ?? {}).filter(
    ([key]) => !wish.without.includes(key) || `${file}/${key}` in wish.named,
  );
  const model = Object.fromEntries(
    properties.map(([key, property]) => [
      key,
      wish.named[`${file}/${key}`] ?? valuesOf(property as Schema, file, wish),
    ]),
  );
  const requiredKeys = wish.isWhole ? properties.map(([key]) => key) : (schema.required ?? []);
  return fc
    .record(model, { requiredKeys: [...requiredKeys] })
    .filter((made: object) => Object.keys(made).length > 0);
}
