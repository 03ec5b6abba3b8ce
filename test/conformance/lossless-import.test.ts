import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import fc from 'fast-check';
import { Writer } from 'n3';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../catalog/dcat/fields.ts';
import { createDatasetReader } from '../../catalog/dcat/quads-to-records.ts';
import { jsonLdReader } from '../../catalog/dcat/read-json-ld.ts';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import { readValidly } from '../../catalog/exchange/dcat/read-dcat.ts';
import { isCharacters } from '../../catalog/kernel/formats.ts';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import { type Graph, gatherGraph } from '../../catalog/rdf/graph.ts';
import { inputSyntaxOfName, parseRdf } from '../../catalog/rdf/parse.ts';
import {
  blankNode,
  literal,
  namedNode,
  type Quad,
  rdfType,
  type Subject,
  triple,
  xsd,
} from '../../catalog/rdf/terms.ts';
import { validateDataset } from '../../catalog/validation/validate-record.ts';
import { canonize } from '../support/canonical.ts';
import { datasetPart, normalised } from '../support/dataset-part.ts';

const baseURL = 'https://khue.example';
const describer = createDescriber(baseURL);
const { context } = describer;

const folder = join(projectRoot, '..', 'shared', 'dcat');
const files = existsSync(folder)
  ? ['examples', 'fixtures'].flatMap((name) =>
      readdirSync(join(folder, name))
        .map((file) => join(folder, name, file))
        .filter((file) => /\.(ttl|jsonld|rdf|trig|nt\.gz)$/.test(file)),
    )
  : [];
/** W3C's file of the combined series is not Turtle: rapper and rdflib refuse it at the same place. */
const readable = files.filter((file) => !file.includes('series-combined'));

async function graphOf(file: string): Promise<Graph> {
  const raw = createReadStream(file);
  const syntax = inputSyntaxOfName(file);
  if (!syntax) throw new Error(`${file} is in no syntax of RDF`);
  const content = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  const readJsonLd = jsonLdReader(context, `${baseURL}/context.jsonld`);
  return gatherGraph(parseRdf(content, syntax, 'https://source.example/', readJsonLd));
}

/** What a dataset is given where its source has none. */
const given = ['identifier', 'title', 'publisher', 'accessURL', 'name'].map(
  (key) => context.term(key)?.iri ?? '',
);

/** A graph in the form in which both sides must agree; what was only given is left out, what was said never is. */
async function comparable(quads: readonly Quad[], source: readonly Quad[]): Promise<string> {
  const said = new Set(
    source.flatMap(({ subject, predicate, object }) => {
      const place = `${subject.value} ${predicate.value}`;
      return /\S/.test(object.value) ? [place, `${place} ${object.value}`] : [];
    }),
  );
  const isGiven = ({ subject, predicate, object }: Quad): boolean => {
    if (object.value === describer.iri.agency('so-van-hoa')) return true;
    if (subject.termType === 'BlankNode' || subject.value.startsWith(baseURL)) return false;
    if (!given.includes(predicate.value)) return false;
    const place = `${subject.value} ${predicate.value}`;
    return !said.has(object.termType === 'Literal' ? `${place} ${object.value}` : place);
  };
  const kept = quads.filter((quad) => !isGiven(quad));
  return canonize(await nQuads(normalised(kept, baseURL, context)));
}

function nQuads(quads: readonly Quad[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const writer = new Writer({ format: 'N-Quads' });
    writer.addQuads([...quads]);
    writer.end((error, text: string) => (error ? reject(error) : resolve(text)));
  });
}

/** What comes out of a dataset that is read in, and what went in, in comparable form. */
async function roundTrip(graph: Graph, subject: string) {
  const reader = createDatasetReader(graph, context, describer.iri);
  const { record, agency } = readValidly(reader, subject, { publisher: 'so-van-hoa' });
  const iriOfAgency = (id: string) => (id === agency?.id ? agency.iri : undefined);
  const published = describer.quads(describer.datasetNode(record, { iriOfAgency }), 'd');
  const source = datasetPart(graph, subject);
  const agencyPart = agency ? describer.quads(describer.agencyNode(agency), 'a') : [];
  return {
    findings: validateDataset(record, 'draft'),
    wentIn: await comparable(source, source),
    cameOut: await comparable([...published, ...agencyPart], source),
  };
}

describe.skipIf(readable.length === 0)('what is read from a catalogue is published again', () => {
  it.each(readable.map((file) => ({ file, name: file.slice(folder.length + 1) })))(
    '$name',
    async ({ file }) => {
      const graph = await graphOf(file);
      const reader = createDatasetReader(graph, context, describer.iri);
      for (const subject of [...reader.subjects()].slice(0, 250)) {
        const { findings, wentIn, cameOut } = await roundTrip(graph, subject);

        expect(findings).toEqual([]);
        expect(cameOut).toBe(wentIn);
      }
    },
  );
});

const dataset = namedNode('https://source.example/dataset/1');
const rdfsLabel = namedNode('http://www.w3.org/2000/01/rdf-schema#label');
const property = (key: string) => namedNode(context.term(key)?.iri ?? '');

const nodes = fc.constantFrom<Subject>(
  dataset,
  blankNode('a'),
  blankNode('b'),
  blankNode('c'),
  namedNode('https://source.example/thing'),
  namedNode('https://source.example/other'),
);
const predicates = fc.constantFrom(
  ...fieldsOf('dataset.schema.json', context).fields.keys(),
  ...fieldsOf('distribution.schema.json', context).fields.keys(),
  ...fieldsOf('contact-point.schema.json', context).fields.keys(),
  'https://source.example/terms#note',
  rdfType.value,
);
const literals = fc.oneof(
  fc.constantFrom('Xe buýt', ' ', '2026-01-01', '2026-01-01T08:00:00', '12', 'CSV', 'text/csv'),
  fc.string({ maxLength: 4 }).filter(isCharacters),
);
const objects = fc.oneof(
  nodes,
  fc.constantFrom(
    namedNode('https://source.example/undescribed'),
    namedNode('http://publications.europa.eu/resource/authority/data-theme/TRAN'),
    namedNode('mailto:a@example.vn'),
    namedNode('http://www.w3.org/ns/dcat#Distribution'),
  ),
  literals.map((text) => literal(text)),
  fc
    .tuple(literals, fc.constantFrom('vi', 'en', 'x-rieng'))
    .map(([text, tag]) => literal(text, tag)),
  fc
    .tuple(literals, fc.constantFrom('date', 'dateTime', 'integer', 'boolean'))
    .map(([text, type]) => literal(text, namedNode(xsd + type))),
);

describe('whatever a graph says of a dataset', () => {
  it('is published again, circles and shared blank nodes and all', async () => {
    const triples = fc
      .array(
        fc.tuple(
          nodes,
          predicates.map((iri) => namedNode(iri)),
          objects,
        ),
        { maxLength: 25 },
      )
      // An agency is a record of its own, so a blank node that a dataset shares with it is described in both.
      .map((said) => said.filter(([, { value }]) => value !== property('publisher').value));
    await fc.assert(
      fc.asyncProperty(triples, async (said) => {
        const graph = await gatherGraph([
          triple(dataset, rdfType, namedNode('http://www.w3.org/ns/dcat#Dataset')),
          triple(dataset, property('title'), literal('Tuyến xe buýt', 'vi')),
          triple(dataset, rdfsLabel, blankNode('a')),
          ...said.map(([subject, predicate, object]) => triple(subject, predicate, object)),
        ]);
        const { findings, wentIn, cameOut } = await roundTrip(graph, dataset.value);

        expect(findings).toEqual([]);
        expect(cameOut).toBe(wentIn);
      }),
      { numRuns: 500 },
    );
  });
});
