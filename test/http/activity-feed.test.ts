import jsonld from 'jsonld';
import { DataFactory, Parser, type Quad, Store } from 'n3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const as = 'https://www.w3.org/ns/activitystreams#';
const ldes = 'https://w3id.org/ldes#';
const tree = 'https://w3id.org/tree#';
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const { namedNode } = DataFactory;

describe.each(testDatabases())('/feed on $name', ({ create }) => {
  let database: FreshDatabase;
  let server: TestServer;

  beforeAll(async () => {
    database = await create();
    server = await startServer(database.url);
    for (let index = 1; index <= 98; index += 1) {
      await server.publish(aDataset({ id: `tap-${index}` }));
    }
    await revise('tap-1', 'Tên mới');
    const coordinator = await server.as('coordinator');
    await server.send('POST', '/api/v1/datasets/tap-2/withdraw', { reason: 'sai' }, coordinator);
    await server.publish(aDataset({ id: 'cuoi' }));
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  it('lets a harvester replay the catalogue from Create, Update and Delete', async () => {
    const { activities, pages } = await walk('/feed.trig');
    const replayed = new Map<string, string>();
    for (const { kind, object, iri, store } of activities) {
      if (kind === 'Delete') replayed.delete(object);
      else {
        const graph = namedNode(iri);
        const title = namedNode('http://purl.org/dc/terms/title');
        const [quad] = store.getQuads(namedNode(object), title, null, graph);
        replayed.set(object, quad?.object.value ?? '');
      }
    }

    expect(pages).toHaveLength(3);
    expect(activities).toHaveLength(101);
    expect(activities.map(({ published }) => published)).toEqual(
      activities.map(({ published }) => published).sort(),
    );
    expect(replayed.size).toBe(98);
    expect(replayed.has(`${server.baseURL}/dataset/tap-2`)).toBe(false);
    expect(replayed.get(`${server.baseURL}/dataset/cuoi`)).toBeTruthy();
    const kinds = (kind: string) => activities.filter((activity) => activity.kind === kind);
    expect(kinds('Create')).toHaveLength(99);
    expect(kinds('Update').map(({ object }) => object)).toEqual([
      `${server.baseURL}/dataset/tap-1`,
    ]);
    expect(kinds('Delete').map(({ object }) => object)).toEqual([
      `${server.baseURL}/dataset/tap-2`,
    ]);
  });

  it('says the same in each syntax', async () => {
    const [turtle, trig, json] = await Promise.all(
      ['ttl', 'trig', 'jsonld'].map((suffix) => read(`/feed.${suffix}?page=1`)),
    );
    const main = (store: Store | undefined, suffix: string) =>
      store
        ?.getQuads(null, null, null, DataFactory.defaultGraph())
        .filter(({ object }) => object.termType !== 'BlankNode')
        .filter(({ subject }) => subject.termType !== 'BlankNode')
        .map(({ subject, predicate, object }) =>
          [subject.value, predicate.value, object.value].join(' ').replaceAll(`feed.${suffix}`, ''),
        )
        .sort();

    expect(main(turtle, 'ttl')).toEqual(main(trig, 'trig'));
    expect(main(json, 'jsonld')).toEqual(main(trig, 'trig'));
    expect(json?.size).toBe(trig?.size);
  });

  it('says how it is to be read', async () => {
    const store = await read('/feed.ttl');
    const stream = namedNode(`${server.baseURL}/feed#stream`);
    const of = (name: string) => store.getObjects(stream, namedNode(name), null)[0]?.value;

    expect(of(rdfType)).toBe(`${ldes}EventStream`);
    expect(of(`${ldes}timestampPath`)).toBe(`${as}published`);
    expect(of(`${ldes}versionOfPath`)).toBe(`${as}object`);
    expect(of(`${tree}view`)).toBe(`${server.baseURL}/feed.ttl`);
  });

  it.each([
    { accept: 'text/turtle', type: 'text/turtle' },
    { accept: 'application/trig', type: 'application/trig' },
    { accept: 'application/ld+json', type: 'application/ld+json' },
    { accept: '*/*', type: 'application/ld+json' },
  ])('answers Accept: $accept with $type', async ({ accept, type }) => {
    const answer = await server.get('/feed', { Accept: accept });

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain(type);
  });

  it.each([
    { path: '/feed', accept: 'image/png', status: 406 },
    { path: '/feed.exe', accept: '*/*', status: 404 },
    { path: '/feed.ttl?page=9', accept: '*/*', status: 404 },
    { path: '/feed.ttl?page=0', accept: '*/*', status: 400 },
  ])('answers $path (Accept: $accept) with $status', async ({ path, accept, status }) => {
    expect((await server.get(path, { Accept: accept })).status).toBe(status);
  });

  it('never writes a full page again', async () => {
    const before = await (await server.get('/feed.jsonld?page=1')).text();
    await server.publish(aDataset({ id: 'sau-cung' }));
    const after = await (await server.get('/feed.jsonld?page=1')).text();

    expect(after).toBe(before);
    expect(await (await server.get('/feed.jsonld?page=2')).text()).toContain('/dataset/sau-cung');
  });

  it('names a dataset by the IRI that it brought from its source', async () => {
    const iri = 'https://nguon.example/dataset/7';
    await server.publish(aDataset({ id: 'tu-noi-khac', iri }));
    const { activities } = await walk('/feed.trig');
    const own = activities.filter(({ object }) => object === iri);
    await server.send(
      'POST',
      '/api/v1/datasets/tu-noi-khac/withdraw',
      { reason: 'thử' },
      await server.as('coordinator'),
    );

    expect(own.map(({ kind }) => kind)).toEqual(['Create']);
    expect(
      own[0]?.store.getQuads(namedNode(iri), null, null, namedNode(own[0].iri)).length,
    ).toBeGreaterThan(5);
  });

  async function walk(root: string) {
    const activities: {
      kind: string;
      object: string;
      published: string;
      iri: string;
      store: Store;
    }[] = [];
    const pages: string[] = [];
    let url: string | undefined = root;
    while (url !== undefined) {
      pages.push(url);
      const store = await read(url);
      const members = store.getObjects(null, namedNode(`${tree}member`), null);
      for (const member of members) {
        const of = (name: string) =>
          store.getObjects(member, namedNode(name), null)[0]?.value ?? '';
        activities.push({
          kind: of(rdfType).slice(as.length),
          object: of(`${as}object`),
          published: of(`${as}published`),
          iri: member.value,
          store,
        });
      }
      const [next] = store.getObjects(null, namedNode(`${tree}node`), null);
      url = next?.value.slice(server.baseURL.length);
    }
    return { activities, pages };
  }

  async function read(path: string): Promise<Store> {
    const answer = await server.get(path);
    const text = await answer.text();
    expect(answer.status, path).toBe(200);
    const quads: readonly Quad[] = path.includes('.jsonld')
      ? await readJson(text)
      : new Parser({ format: path.includes('.trig') ? 'TriG' : 'Turtle' }).parse(text);
    return new Store([...quads]);
  }

  /** With our own context put in its place: nothing is fetched. */
  async function readJson(text: string): Promise<readonly Quad[]> {
    const { document } = server.product.describer.context;
    const link = JSON.stringify(`${server.baseURL}/context.jsonld`);
    const whole = text.replace(link, () => JSON.stringify(document['@context']));
    const parsed = JSON.parse(whole) as jsonld.JsonLdDocument;
    const nquads: unknown = await jsonld.toRDF(parsed, { format: 'application/n-quads' });
    return new Parser({ format: 'N-Quads' }).parse(String(nquads));
  }

  async function revise(id: string, title: string): Promise<void> {
    const editor = await server.as('coordinator');
    await server.send(
      'PATCH',
      `/api/v1/datasets/${id}`,
      { title: { vi: title } },
      { ...editor, 'If-Match': '*', 'Content-Type': 'application/merge-patch+json' },
    );
  }
});
