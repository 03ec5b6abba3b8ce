import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { Writer } from 'n3';
import { describe, expect, it } from 'vitest';
import { createDatasetReader } from '../../catalog/dcat/quads-to-records.ts';
import { jsonLdReader } from '../../catalog/dcat/read-json-ld.ts';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import { readValidly } from '../../catalog/exchange/dcat/read-dcat.ts';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import { type Graph, gatherGraph } from '../../catalog/rdf/graph.ts';
import { inputSyntaxOfName, parseRdf } from '../../catalog/rdf/parse.ts';
import type { Quad } from '../../catalog/rdf/terms.ts';
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

async function comparable(quads: readonly Quad[], source: readonly Quad[]): Promise<string> {
  const worded = source.filter(({ object }) => /\S/.test(object.value));
  const said = new Set(
    worded.map(({ subject, predicate }) => `${subject.value} ${predicate.value}`),
  );
  const kept = quads.filter(
    ({ subject, predicate, object }) =>
      object.value !== describer.iri.agency('so-van-hoa') &&
      (!given.includes(predicate.value) ||
        said.has(`${subject.value} ${predicate.value}`) ||
        subject.value.startsWith(baseURL)),
  );
  return canonize(await nQuads(normalised(kept, baseURL, context)));
}

function nQuads(quads: readonly Quad[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const writer = new Writer({ format: 'N-Quads' });
    writer.addQuads([...quads]);
    writer.end((error, text: string) => (error ? reject(error) : resolve(text)));
  });
}

describe.skipIf(readable.length === 0)('what is read from a catalogue is published again', () => {
  it.each(readable.map((file) => ({ file, name: file.slice(folder.length + 1) })))(
    '$name',
    async ({ file }) => {
      const graph = await graphOf(file);
      const reader = createDatasetReader(graph, context, describer.iri, {
        publisher: 'so-van-hoa',
      });
      const sample = [...reader.subjects()].slice(0, 250);
      for (const subject of sample) {
        const { record, agency } = readValidly(reader, subject);
        const iriOfAgency = (id: string) => (id === agency?.id ? agency.iri : undefined);
        const published = describer.quads(describer.datasetNode(record, iriOfAgency), 'd');
        const source = datasetPart(graph, subject);
        const agencyPart = agency ? describer.quads(describer.agencyNode(agency), 'a') : [];

        expect(validateDataset(record, 'draft')).toEqual([]);
        expect(await comparable([...published, ...agencyPart], source)).toBe(
          await comparable(source, source),
        );
      }
    },
  );
});
