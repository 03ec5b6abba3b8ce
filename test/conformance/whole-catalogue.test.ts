import { Parser, type Quad } from 'n3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntaxes } from '../../catalog/rdf/syntaxes.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { canonical } from '../support/canonical.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { parseWithRapper } from '../support/turtle-peers.ts';

const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const terms: Readonly<Record<string, string>> = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
};
const iri = (name: string) => {
  const [prefix = '', local = ''] = name.split(':');
  return `${terms[prefix]}${local}`;
};

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  for (let index = 1; index <= 25; index += 1) {
    const id = `tap-${index}`;
    const file = aDistribution({ id: `${id}-b`, rights: { label: { vi: 'Ghi "nguồn" <&>' } } });
    await server.publish(aDataset({ id, distribution: [aDistribution({ id: `${id}-a` }), file] }));
  }
});
afterAll(() => server.close());

const textOf = async (path: string) => (await server.get(path)).text();

async function walk(suffix: string): Promise<readonly string[]> {
  const pages: string[] = [];
  for (let page = 1; page <= 3; page += 1) {
    pages.push(await textOf(`/catalog.${suffix}?page_size=10&page=${page}`));
  }
  return pages;
}

const isDescription = ({ subject }: Quad) =>
  /\/(dataset|distribution|agency)\//.test(subject.value);

describe('the whole catalogue', () => {
  it('is the same graph in each syntax, streamed', async () => {
    const graphs = new Set<string>();
    for (const { syntax } of syntaxes) {
      const text = await textOf(`/catalog/all.${syntax}`);
      graphs.add(await canonical(text, syntax, server.product.describer.context));
    }

    expect(graphs.size).toBe(1);
  });

  it.each(['turtle', 'ntriples', 'rdfxml'] as const)('is read by rapper as %s', async (syntax) => {
    const suffix = { turtle: 'ttl', ntriples: 'nt', rdfxml: 'rdf' }[syntax];
    const read = parseWithRapper(await textOf(`/catalog/all.${suffix}`), syntax);

    expect(read.match(/#type> <http:\/\/www.w3.org\/ns\/dcat#Dataset>/g)).toHaveLength(25);
  });

  it('holds exactly the descriptions that its pages hold together', async () => {
    const all = new Parser().parse(await textOf('/catalog/all.nt')).filter(isDescription);
    const paged = (await walk('nt'))
      .flatMap((page) => new Parser().parse(page))
      .filter(isDescription);
    const key = (quad: Quad) =>
      [quad.subject.value, quad.predicate.value, quad.object.value].join(' ');
    const named = (quads: readonly Quad[]) =>
      [...new Set(quads.filter(({ object }) => object.termType !== 'BlankNode').map(key))].sort();

    expect(named(paged)).toEqual(named(all));
  });

  it.each(['/catalog/all.ttl', '/catalog.ttl', '/catalog.ttl?theme=TRAN&page_size=5&page=2'])(
    'has the mandatory properties of DCAT-AP 3 at %s',
    async (path) => {
      const quads = new Parser().parse(await textOf(path));
      const ofClass = (name: string) =>
        quads.filter((q) => q.predicate.value === rdfType && q.object.value === iri(name));
      const mandatory: Readonly<Record<string, readonly string[]>> = {
        // The catalogues within it list their datasets at their own addresses.
        'dcat:Catalog': ['dcterms:title', 'dcterms:description', 'dcterms:publisher'],
        'dcat:Dataset': ['dcterms:title', 'dcterms:description', 'dcterms:identifier'],
        'dcat:Distribution': ['dcat:accessURL'],
        'foaf:Agent': ['foaf:name'],
      };

      for (const [name, properties] of Object.entries(mandatory)) {
        expect(ofClass(name).length).toBeGreaterThan(0);
        for (const { subject } of ofClass(name)) {
          const said = quads.filter((quad) => quad.subject.equals(subject));
          const missing = properties.filter(
            (property) => !said.some(({ predicate }) => predicate.value === iri(property)),
          );
          expect([subject.value, missing]).toEqual([subject.value, []]);
        }
      }
      expect(quads.some(({ predicate }) => predicate.value === iri('dcat:dataset'))).toBe(true);
      const agents = new Set(ofClass('foaf:Agent').map(({ subject }) => subject.value));
      const publishers = quads.filter(
        ({ predicate }) => predicate.value === iri('dcterms:publisher'),
      );
      expect(publishers.filter(({ object }) => !agents.has(object.value))).toEqual([]);
    },
  );

  it('mints every IRI of its own at the public origin', async () => {
    const quads = new Parser().parse(await textOf('/catalog/all.nt'));
    const own = quads.filter(
      ({ predicate, object }) =>
        predicate.value === rdfType &&
        ['dcat:Catalog', 'dcat:Dataset', 'dcat:Distribution', 'foaf:Agent']
          .map(iri)
          .includes(object.value),
    );

    expect(own.length).toBeGreaterThan(75);
    expect(own.filter(({ subject }) => !subject.value.startsWith(`${server.baseURL}/`))).toEqual(
      [],
    );
  });
});
