import fc from 'fast-check';
import jsonld from 'jsonld';
import { describe, expect, it } from 'vitest';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import { formats, isText } from '../../catalog/kernel/formats.ts';
import type { AgencyRecord } from '../../catalog/model/agency.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { resolveSchema, type SchemaNode, schemas } from '../../catalog/model/schemas.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import { writeNTriples } from '../../catalog/rdf/n-triples.ts';
import { validateAgainst } from '../../catalog/validation/json-schema.ts';
import { canonize } from '../support/canonical.ts';

const describer = createDescriber('https://data.example.vn');

/** What JSON Schema says beside what the product reads of it. */
interface Schema extends SchemaNode {
  readonly pattern?: string;
  readonly maximum?: number;
  readonly additionalProperties?: boolean | Schema;
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

const samples: Readonly<Record<string, fc.Arbitrary<string>>> = {
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

const patterned: readonly fc.Arbitrary<string>[] = [
  fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/),
  fc.constantFrom('text/csv', 'application/vnd.ms-excel', 'image/svg+xml', 'https://x.vn/type'),
  fc.constantFrom('+84 24 3825 (7)', '024.38-1', '1022'),
  fc.constantFrom('2026'),
  fc.stringMatching(/^([0-9a-f]{2}){1,32}$/),
];

/** Values of a schema, every property of it now and then. */
function valuesOf(node: Schema, file: string): fc.Arbitrary<unknown> {
  const ready = expanded[node.$ref?.split('/').at(-1) ?? ''];
  if (ready) return ready;
  const { node: found, file: at } = resolveSchema(node, file);
  const schema = found as Schema;
  if (schema.then && schema.else) {
    return fc.oneof(valuesOf(schema.then, at), valuesOf(schema.else, at));
  }
  if (schema['x-vocabulary'] !== undefined) {
    const codes = vocabulary(schema['x-vocabulary'])
      .concepts.slice(0, 40)
      .map(({ code }) => code);
    return schema['x-open']
      ? fc.oneof(fc.constantFrom(...codes), samples['iri'] ?? words)
      : fc.constantFrom(...codes);
  }
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'array') {
    const items = valuesOf(schema.items ?? {}, at);
    return fc.uniqueArray(items, { minLength: 1, maxLength: 3, comparator: 'SameValue' });
  }
  if (schema.type === 'integer') return fc.oneof(fc.nat(), fc.constant(schema.maximum ?? 0));
  if (schema.type === 'number') {
    return fc.constantFrom(1, 0.5, 1e-7, 1.5e-10, 1e21, 2.5e300, 1234567.25, 2 ** 53 + 2);
  }
  if (schema.type === 'null') return fc.constant(null);
  if (schema.type === 'object' || schema.properties) return objectsOf(schema, at);
  if (schema.format !== undefined) return samples[schema.format] ?? fc.constant('');
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

function objectsOf(schema: Schema, file: string): fc.Arbitrary<unknown> {
  if (typeof schema.additionalProperties === 'object') {
    const values = valuesOf(schema.additionalProperties, file);
    return fc.dictionary(fc.constantFrom('vi', 'en', 'zh-Hant', 'vi-VN', '@none'), values, {
      minKeys: 1,
    });
  }
  const properties = Object.entries(schema.properties ?? {}).filter(([key]) => key !== 'inventory');
  const model = Object.fromEntries(
    properties.map(([key, property]) => [key, valuesOf(property as Schema, file)]),
  );
  const requiredKeys = schema.required ?? [];
  return fc
    .record(model, { requiredKeys: [...requiredKeys] })
    .filter((made) => Object.keys(made).length > 0);
}

const recordsOf = (file: string) =>
  objectsOf(schemas.get(file) as Schema, file).filter(
    (record) => validateAgainst(file, record).length === 0,
  );

async function asOthersRead(node: object): Promise<string> {
  const documentLoader = async (url: string) => ({
    document: describer.context.document,
    documentUrl: url,
  });
  const document = { '@context': 'https://data.example.vn/context.jsonld', ...node };
  const quads = await jsonld.toRDF(
    JSON.parse(JSON.stringify(document)) as never,
    { format: 'application/n-quads', documentLoader, safe: true } as never,
  );
  return canonize(quads as unknown as string);
}

describe('the triples that we make of a record', () => {
  it.each([
    {
      file: 'dataset.schema.json',
      node: (record: unknown) => describer.datasetNode(record as DatasetRecord),
    },
    {
      file: 'agency.schema.json',
      node: (record: unknown) => describer.agencyNode(record as AgencyRecord),
    },
  ])('are those that jsonld.js makes, whatever $file allows', async ({ file, node }) => {
    await fc.assert(
      fc.asyncProperty(recordsOf(file), async (record) => {
        const published = node(record);
        const ours = await canonize(writeNTriples(describer.quads(published, 'x')));

        expect(ours).toBe(await asOthersRead(published));
      }),
      { numRuns: 150 },
    );
  });

  it('know values for every format that a schema uses', () => {
    expect(Object.keys(samples).sort()).toEqual(Object.keys(formats).sort());
  });

  it.each([
    { value: 10, written: '10' },
    { value: 0.5, written: '0.5' },
    { value: 1e-7, written: '0.0000001' },
    { value: 1.25e-8, written: '0.0000000125' },
    { value: 1e21, written: '1000000000000000000000' },
    { value: 1.5e21, written: '1500000000000000000000' },
  ])('write $value as the decimal $written', ({ value, written }) => {
    const record: DatasetRecord = {
      id: 'a',
      title: { vi: 'A' },
      publisher: 'b',
      spatialResolutionInMeters: value,
    };

    expect(describer.write(describer.datasetNode(record), 'a', 'nt')).toContain(
      `"${written}"^^<http://www.w3.org/2001/XMLSchema#decimal>`,
    );
  });
});
