import fc from 'fast-check';
import { DataFactory, Parser } from 'n3';
import { describe, expect, it } from 'vitest';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import type { Quad } from '../../catalog/rdf/terms.ts';
import { compileShapes } from '../../catalog/validation/compile-shapes.ts';
import { engineValidator, ownShapes } from '../../catalog/validation/shacl.ts';
import type { ShapeResult } from '../../catalog/validation/shape-result.ts';
import { anAgency } from '../support/builders.ts';
import { complete, hostile, objectsOfSchema } from '../support/schema-values.ts';

const describer = createDescriber('https://data.example.vn');
const shapes = ownShapes(describer.context);
const ours = compileShapes(shapes);
const engine = engineValidator(shapes);
const agency = describer.quads(describer.agencyNode(anAgency()), 'agency');
const hvd = 'http://data.europa.eu/eli/reg_impl/2023/138/oj';

const sorted = (results: readonly ShapeResult[]) =>
  results.map((result) => JSON.stringify(result, Object.keys(result).sort())).sort();

/** A graph in which statements are missing, doubled, or say something of another kind. */
function damaged(quads: readonly Quad[]): fc.Arbitrary<readonly Quad[]> {
  const { namedNode, literal, quad } = DataFactory;
  const terms = [namedNode('urn:x'), literal('x'), literal('3'), namedNode(hvd)] as const;
  const act = fc.record({
    at: fc.nat(quads.length - 1),
    how: fc.constantFrom('drop', 'replace', 'add'),
    term: fc.constantFrom(...terms),
  });
  return fc.array(act, { maxLength: 12 }).map((acts) => {
    const graph = [...quads];
    for (const { at, how, term } of acts) {
      const old = graph[at];
      if (!old) continue;
      const other = quad(old.subject, old.predicate, term as never) as Quad;
      if (how === 'drop') graph.splice(at, 1);
      else if (how === 'replace') graph[at] = other;
      else graph.push(other);
    }
    return graph;
  });
}

const graphs = fc
  .oneof(
    objectsOfSchema('dataset.schema.json', {
      ...complete,
      named: {
        'dataset.schema.json/id': fc.constant('tap'),
        'dataset.schema.json/publisher': fc.constant('so-xay-dung'),
        'distribution.schema.json/id': fc.constantFrom('tep-1', 'tep-2'),
        'dataset.schema.json/applicableLegislation': fc.constantFrom([hvd], ['urn:x:luat']),
      },
    }),
    objectsOfSchema('dataset.schema.json', hostile),
  )
  .chain((record) =>
    damaged([...agency, ...describer.quads(describer.datasetNode(record as DatasetRecord), 'tap')]),
  );

describe('our shapes, compiled', () => {
  it('find in any graph what the engine finds', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (quads) => {
        expect(sorted(ours(quads))).toEqual(sorted(await engine(quads)));
      }),
      { numRuns: 120 },
    );
  }, 120_000);
});

const prefixes = `@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix x: <urn:x:> .`;

describe('shapes beyond the subset', () => {
  it.each([
    ['sh:targetClass x:A ; sh:closed true', 'closed'],
    ['sh:targetClass x:A ; sh:property [ sh:path ( x:a x:b ) ; sh:minCount 1 ]', 'path'],
    ['sh:targetClass x:A ; sh:property [ sh:path x:a ; sh:lessThan x:b ]', 'lessThan'],
    ['sh:targetNode x:n ; sh:property [ sh:path x:a ; sh:minCount 1 ]', 'targetNode'],
    ['sh:targetClass x:A ; sh:node x:S', 'leads back'],
  ])('are refused: %s', (rule, named) => {
    const quads = new Parser().parse(`${prefixes} x:S a sh:NodeShape ; ${rule} .`);

    expect(() => compileShapes(quads as readonly Quad[])).toThrow(named);
  });
});
