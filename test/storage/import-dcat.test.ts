import { Parser } from 'n3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { readDcat } from '../../catalog/exchange/dcat/read-dcat.ts';
import { graphPolicy } from '../../catalog/exchange/import-policy.ts';
import { type ImportReport, importRecords } from '../../catalog/exchange/import-records.ts';
import { exportCatalog } from '../../catalog/publication/export-catalog.ts';
import { measurePublished } from '../../catalog/publication/measure-published.ts';
import type { InputSyntax } from '../../catalog/rdf/parse.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const prefixes = `
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix ex: <https://nguon.example/terms#> .
`;

/** Two portals that chose the same last word, the same agency's name, and one file. */
const twoPortals = `${prefixes}
<https://a.example/dataset/xe-buyt> a dcat:Dataset ;
  dcterms:title "Xe buýt của A"@vi ;
  dcterms:publisher <https://a.example/org/1> ;
  dcat:distribution <https://a.example/file/1> ;
  ex:note "chỉ nguồn này nói", "và điều này"@vi .
<https://b.example/dataset/xe-buyt> a dcat:Dataset ;
  dcterms:title "Xe buýt của B" ;
  dcterms:publisher <https://b.example/org/1> ;
  dcat:distribution <https://a.example/file/1> .
<https://a.example/file/1> a dcat:Distribution ; dcat:accessURL <https://a.example/1.csv> .
<https://a.example/org/1> a foaf:Agent ; foaf:name "Sở Giao thông"@vi .
<https://b.example/org/1> a foaf:Agent ; foaf:name "Sở Giao thông"@vi ; ex:code "B" .
`;

describe.each(testDatabases())('import dcat on $name', ({ create }) => {
  let test: TestProduct;

  beforeAll(async () => {
    test = await startProduct(create);
  });
  afterAll(() => test.close());

  async function importText(text: string, syntax: InputSyntax = 'ttl'): Promise<ImportReport> {
    const { database, clock, reflect, describer } = test.product;
    const source = {
      content: (async function* () {
        yield text;
      })(),
      syntax,
      baseIri: 'https://nguon.example/',
    };
    const deps = { database, clock, reflect, actor: operator, dryRun: false };
    return importRecords(readDcat(source, describer, {}), graphPolicy, deps);
  }

  async function exported(): Promise<string> {
    const { describer, database } = test.product;
    let text = '';
    for await (const chunk of exportCatalog('nt', describer, database.read)) text += chunk;
    return text;
  }

  /** Objects of a property, by the subject's IRI. */
  async function objectsOf(subject: string, property: string): Promise<readonly string[]> {
    const quads = new Parser().parse(await exported());
    return quads
      .filter((quad) => quad.subject.value === subject && quad.predicate.value === property)
      .map(({ object }) => object.value);
  }

  it('keeps apart what only shares a name, and keeps the IRIs of the source', async () => {
    const report = await importText(twoPortals);

    expect(report).toMatchObject({ read: 2, created: 2, published: 2, rejected: [] });
    const publisher = 'http://purl.org/dc/terms/publisher';
    const distribution = 'http://www.w3.org/ns/dcat#distribution';
    for (const host of ['a', 'b']) {
      const dataset = `https://${host}.example/dataset/xe-buyt`;
      expect(await objectsOf(dataset, publisher)).toEqual([`https://${host}.example/org/1`]);
      expect(await objectsOf(dataset, distribution)).toEqual(['https://a.example/file/1']);
    }
    expect(
      await objectsOf('https://a.example/dataset/xe-buyt', 'https://nguon.example/terms#note'),
    ).toEqual(['chỉ nguồn này nói', 'và điều này']);
    expect(await objectsOf('https://b.example/org/1', 'https://nguon.example/terms#code')).toEqual([
      'B',
    ]);
  });

  it('changes nothing the second time, also when the datasets come in another order', async () => {
    const again = await importText(twoPortals);
    const [first, second, ...rest] = twoPortals.split(/(?=<https:.{9}\/dataset)/);
    const reordered = await importText([first, ...rest, second].join(''));

    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(reordered).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it('reads its own export as what it is', async () => {
    await test.publish(
      aDataset({ id: 'cua-minh', distribution: [aDistribution({ id: 'cua-minh-csv' })] }),
    );
    await measurePublished(test.product);
    const before = await exported();
    expect(before).toContain('<https://a.example/dataset/xe-buyt> <http://www.w3.org/ns/dqv#');
    const report = await importText(before, 'nt');

    expect(report).toMatchObject({ created: 0, updated: 0, unchanged: 3, rejected: [] });
    expect(await exported()).toBe(before);
  });

  it('never lets a source speak for a dataset that is ours', async () => {
    const title = 'http://purl.org/dc/terms/title';
    const ours = 'https://data.example.vn/dataset/cua-minh';
    const before = await objectsOf(ours, title);
    await importText(`${prefixes}
      <https://c.example/dataset/ke-mao-danh> a dcat:Dataset ; dcterms:title "Khác"@vi ;
        dcterms:relation <${ours}#x> .
      <${ours}#x> dcterms:title "Giả mạo" .`);

    expect(await objectsOf(ours, title)).toEqual(before);
    expect(await objectsOf(`${ours}#x`, title)).toEqual([]);
  });

  it.each([
    { says: 'no publisher', triples: 'dcterms:title "Không ai đứng tên"@vi', note: 'publisher' },
    { says: 'no title', triples: 'dcterms:publisher <https://a.example/org/1>', note: 'title' },
  ])(
    'lets something stand in where a source says $says, and notes it',
    async ({ triples, note }) => {
      const report = await importText(
        `${prefixes} <https://d.example/dataset/${note}> a dcat:Dataset ; ${triples} .`,
      );

      expect(report).toMatchObject({ created: 1, published: 1, rejected: [] });
      expect(report.notes.map((each) => each.note.en)).toEqual([
        expect.stringContaining(`no dcterms:${note}`),
      ]);
    },
  );

  it('keeps a property that RDF/XML has no name for in the other syntaxes', async () => {
    const subject = 'https://g.example/dataset/so';
    await importText(`${prefixes} <${subject}> a dcat:Dataset ;
      dcterms:title "Số"@vi ; <https://nguon.example/terms/1> "một" .`);

    expect(await objectsOf(subject, 'https://nguon.example/terms/1')).toEqual(['một']);
  });

  it('says what it cannot take, by the dataset, and takes the rest', async () => {
    const report = await importText(`${prefixes}
      [] a dcat:Dataset ; dcterms:title "Không tên, không chủ"@vi .
      <https://e.example/dataset/tot> a dcat:Dataset ; dcterms:title "Tốt"@vi .`);

    expect(report).toMatchObject({
      read: 2,
      created: 1,
      rejected: [{ line: 1, id: 'khong-ten-khong-chu' }],
    });
  });
});
