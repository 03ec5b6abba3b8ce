import fc from 'fast-check';
import jsonld from 'jsonld';
import { describe, expect, it } from 'vitest';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import { formats } from '../../catalog/kernel/formats.ts';
import type { AgencyRecord } from '../../catalog/model/agency.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { writeNTriples } from '../../catalog/rdf/n-triples.ts';
import { validateAgainst } from '../../catalog/validation/json-schema.ts';
import { canonize } from '../support/canonical.ts';
import { hostile, objectsOfSchema } from '../support/schema-values.ts';

const describer = createDescriber('https://data.example.vn');

const recordsOf = (file: string) =>
  objectsOfSchema(file, hostile).filter((record) => validateAgainst(file, record).length === 0);

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
    expect(Object.keys(hostile.formats).sort()).toEqual(Object.keys(formats).sort());
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
