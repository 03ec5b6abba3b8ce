import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { DataFactory, Parser, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import { describe, expect, it } from 'vitest';
import { type Naming, type NodeObject, toNodeObject } from '../../catalog/dcat/node-object.ts';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { schemas } from '../../catalog/model/schemas.ts';
import type { Quad } from '../../catalog/rdf/terms.ts';
import { ownShapesValidator } from '../../catalog/validation/shacl.ts';
import { validateDataset } from '../../catalog/validation/validate-record.ts';
import { anAgency } from '../support/builders.ts';
import { complete, objectsOfSchema } from '../support/schema-values.ts';

const hvd = 'http://data.europa.eu/eli/reg_impl/2023/138/oj';
const count = 1000;
const batch = 50;
const baseURL = 'https://data.example.vn';
const describer = createDescriber(baseURL);
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

const first = `${baseURL}/dataset/tap-1`;
const service = `${baseURL}/service/dich-vu`;

/** Values that no schema tells: what must be known here, and what two properties have to agree on. */
const known: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ...Object.fromEntries(
    ['dataset', 'distribution', 'dataset-series', 'data-service'].flatMap((name) => [
      [`${name}.schema.json/id`, fc.constant('set-below')],
      [`${name}.schema.json/publisher`, fc.constant('so-xay-dung')],
      [`${name}.schema.json/applicableLegislation`, fc.constant([hvd])],
    ]),
  ),
  'dataset.schema.json/inSeries': fc.constant(['chuoi']),
  // What has a range of described resources leads to one that is described.
  'dataset.schema.json/creator': fc.constant(['so-xay-dung']),
  'dataset.schema.json/source': fc.constant([first]),
  'dataset.schema.json/hasVersion': fc.constant([first]),
  'relationship.schema.json/relation': fc.constant([first]),
  'data-service.schema.json/servesDataset': fc.constant(['tap-1']),
  'distribution.schema.json/accessService': fc.constant([service]),
  'distribution.schema.json/mediaType': fc.constantFrom('text/csv', 'application/json'),
  'distribution.schema.json/compressFormat': fc.constant('application/gzip'),
  'distribution.schema.json/packageFormat': fc.constant('application/zip'),
  'period-of-time.schema.json/startDate': fc.constantFrom('2020', '2020-01', '2020-01-31'),
  'contact-point.schema.json/hasTelephone': fc.constant('+84 24 1234 5678'),
};

function generate(file: string, numRuns: number, more: typeof known = {}) {
  const wish = { ...complete, named: { ...known, ...more } };
  return fc.sample(objectsOfSchema(file, wish), { numRuns, seed: 2026 });
}

/** Records whose ids no two share; a sample is one of the dataset's own files, which is described. */
function generateRecords(more: typeof known): readonly DatasetRecord[] {
  return generate('dataset.schema.json', count, more).map((drawn, index) => {
    const { distribution = [], ...record } = drawn as unknown as DatasetRecord;
    const files = distribution.map((file, at) => ({ ...file, id: `tap-${index + 1}-${at + 1}` }));
    const sample = files.map(({ id }) => describer.iri.distribution(id));
    return { ...record, id: `tap-${index + 1}`, sample, distribution: files };
  });
}

/** The official files contradict each other: one wants a geometry to be a literal, the other a node. Both can be said. */
const geometry = 'location.schema.json/geometry';
const asLiteral = { [geometry]: fc.constant('POINT(105.85 21.03)') };
const asNode = { [geometry]: objectsOfSchema('geometry.schema.json', complete) };

interface Catalogue {
  readonly records: readonly DatasetRecord[];
  /** The agency, the series and the service that they lead to. */
  readonly beside: readonly NodeObject[];
}

function generateCatalogue(more: typeof known): Catalogue {
  const nodeOf = (name: string, id: string) => {
    const file = `${name}.schema.json`;
    const naming: Naming = { mint: { [file]: () => id } };
    const [drawn = {}] = generate(file, 1, more);
    return toNodeObject(drawn, file, describer.context, naming);
  };
  return {
    records: generateRecords(more),
    beside: [
      describer.agencyNode(anAgency()),
      nodeOf('dataset-series', `${baseURL}/series/chuoi`),
      nodeOf('data-service', service),
    ],
  };
}

const withLiterals = generateCatalogue(asLiteral);
const withNodes = generateCatalogue(asNode);

/** Fifty of the records from a place on, with the first, to which the others lead, and what they all lead to. */
function quadsFrom(at: number, { records, beside }: Catalogue): readonly Quad[] {
  const some = [...records.slice(0, 1), ...records.slice(Math.max(1, at), at + batch)];
  return [
    ...beside.flatMap((node, index) => describer.quads(node, `beside-${index}`)),
    ...some.flatMap((record) => describer.quads(describer.datasetNode(record), record.id)),
  ];
}

/** The HVD ranges ask of some values that they are rdfs:Resource, which everything is: RDF Schema 1.1 §2.1. */
function withResources(quads: readonly Quad[]): readonly Quad[] {
  const { namedNode, quad } = DataFactory;
  const resource = namedNode('http://www.w3.org/2000/01/rdf-schema#Resource');
  const iris = new Set(
    quads.flatMap(({ object }) => (object.termType === 'NamedNode' ? object.value : [])),
  );
  return [
    ...quads,
    ...[...iris].map((iri) => quad(namedNode(iri), namedNode(rdfType), resource) as Quad),
  ];
}

describe('a thousand records that say all that can be said', () => {
  it('use every property of a dataset and a distribution, and are valid', () => {
    const { records } = withLiterals;
    for (const record of [...records, ...withNodes.records])
      expect(validateDataset(record, 'release')).toEqual([]);
    const left = (file: string, used: readonly object[]) =>
      Object.keys(schemas.get(file)?.properties ?? {}).filter(
        (key) => !used.some((object) => key in object),
      );

    expect(left('dataset.schema.json', records)).toEqual([
      'iri',
      'included',
      'extras',
      'inventory',
    ]);
    expect(
      left(
        'distribution.schema.json',
        records.flatMap(({ distribution }) => distribution ?? []),
      ),
    ).toEqual(['iri', 'extras']);
  });

  it('hold to our own shapes', () => {
    const validate = ownShapesValidator(describer.context);

    for (let at = 0; at < count; at += batch) {
      const results = validate(quadsFrom(at, withNodes));
      expect(results.filter(({ severity }) => severity === 'Violation')).toEqual([]);
    }
  }, 60_000);

  const shared = join(projectRoot, '..', 'shared', 'dcat');

  describe.runIf(existsSync(shared))('hold to the official shapes', () => {
    it.each([
      [
        'DCAT-AP 3.0.1',
        'dcat-ap-3.0.1',
        ['shapes.ttl', 'range.ttl', 'mdr-vocabularies.shape.ttl', 'deprecateduris.ttl'],
        withLiterals,
      ],
      [
        'DCAT-AP 3.0.1, as its specification was generated',
        'dcat-ap-3.0.1',
        ['individual-dcat-ap-SHACL.ttl', 'individual-ranges.ttl'],
        withNodes,
      ],
      [
        'DCAT-AP HVD 3.0.0',
        'hvd-3.0.0',
        ['hvd-SHACL-base.ttl', 'hvd-SHACL-ranges.ttl', 'hvd-SHACL-usagenotes.ttl'],
        withLiterals,
      ],
    ])(
      'of %s',
      async (_name, folder, names, catalogue) => {
        const read = async (path: string) =>
          new Parser().parse(await readFile(join(shared, path), 'utf8')) as readonly Quad[];
        const files = await Promise.all(names.map((name) => read(join('shacl', folder, name))));
        const shapes = files
          .flat()
          .filter(({ predicate }) => !predicate.value.endsWith('#imports'));
        const background = await read('authority/background.ttl');
        const validator = new SHACLValidator(new Store(shapes) as never);
        const found = new Map<string, number>();
        for (let at = 0; at < count; at += batch) {
          const data = withResources([...quadsFrom(at, catalogue), ...background]);
          const { results } = await validator.validate(new Store([...data]) as never);
          for (const { severity, path, sourceConstraintComponent, value } of results) {
            if (!severity?.value.endsWith('#Violation')) continue;
            const property = path && 'value' in path ? String(path.value) : '';
            // That shape wants https://spdx.org/…; the ontology's own IRIs are http://.
            if (property.endsWith('terms#algorithm')) continue;
            const key = `${property} ${sourceConstraintComponent?.value.split('#')[1]} ${value?.value}`;
            found.set(key, (found.get(key) ?? 0) + 1);
          }
        }

        expect([...found]).toEqual([]);
      },
      300_000,
    );
  });
});
