import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset, aDistribution } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

const hvd = 'http://data.europa.eu/eli/reg_impl/2023/138/oj';

let server: TestServer;
let editor: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  editor = await server.as('editor', 'so-xay-dung');
});
afterAll(() => server.close());

interface Finding {
  readonly pointer: string;
  readonly keyword: string;
  readonly message: { readonly vi: string; readonly en: string };
}

async function submit(id: string): Promise<{ status: number; errors: readonly Finding[] }> {
  const response = await server.send('POST', `/api/v1/datasets/${id}/submit`, {}, editor);
  const { errors = [] } = (await response.json()) as { errors?: readonly Finding[] };
  return { status: response.status, errors };
}

describe('a high-value dataset', () => {
  it('is not taken for review before it holds to its profile, and is told what is missing where', async () => {
    const incomplete = aDataset({
      id: 'gia-tri-cao',
      applicableLegislation: [hvd],
      distribution: [aDistribution({ id: 'gia-tri-cao-csv', applicableLegislation: [hvd] })],
    });
    const { license: _none, ...file } = incomplete.distribution?.[0] ?? { license: '' };
    await server.send('POST', '/api/v1/datasets', { ...incomplete, distribution: [file] }, editor);

    const refused = await submit('gia-tri-cao');
    expect(refused.status).toBe(422);
    expect(refused.errors.map(({ pointer, keyword }) => [pointer, keyword])).toEqual([
      ['', 'shape'],
      ['/distribution/0', 'shape'],
    ]);
    expect(refused.errors[0]?.message.en).toContain('HVD category');
    expect(refused.errors[1]?.message.vi).toContain('giấy phép');

    const complete = { ...incomplete, hvdCategory: ['c_b79e35eb'] };
    await server.send('PUT', '/api/v1/datasets/gia-tri-cao', complete, {
      ...editor,
      'If-Match': '*',
    });
    expect((await submit('gia-tri-cao')).status).toBe(200);
  });
});

describe('a report on what is sent', () => {
  it('gives what the shapes say of a record, advice too', async () => {
    const { keyword: _none, ...record } = aDataset({ id: 'thieu' });
    const response = await server.send('POST', '/api/v1/validate', record);
    const report = (await response.json()) as {
      readonly releasable: boolean;
      readonly shapes: readonly { readonly severity: string; readonly path?: string }[];
    };

    expect(report.releasable).toBe(true);
    expect(report.shapes).toContainEqual(
      expect.objectContaining({
        severity: 'Warning',
        path: 'http://www.w3.org/ns/dcat#keyword',
        focusNode: `${server.baseURL}/dataset/thieu`,
      }),
    );
  });

  it('gives what the shapes say of a graph, by its own nodes', async () => {
    const turtle = `
      @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dcterms: <http://purl.org/dc/terms/> .
      <urn:x:a> a dcat:Dataset ; dcterms:title "A" ; dcterms:publisher "văn bản" ;
        dcat:distribution <urn:x:f> . <urn:x:f> a dcat:Distribution .`;
    const response = await server.send('POST', '/api/v1/validate', turtle, {
      'Content-Type': 'text/turtle',
    });
    const { shapes } = (await response.json()) as {
      readonly shapes: readonly Readonly<Record<string, unknown>>[];
    };
    const violations = shapes
      .filter(({ severity }) => severity === 'Violation')
      .map(({ focusNode, path }) => `${focusNode} ${String(path).split(/[/#]/).at(-1)}`);

    expect(violations).toEqual(
      expect.arrayContaining(['urn:x:a description', 'urn:x:a publisher', 'urn:x:f accessURL']),
    );
  });
});
