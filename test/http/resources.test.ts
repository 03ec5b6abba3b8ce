import { Parser } from 'n3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const hvd = 'http://data.europa.eu/eli/reg_impl/2023/138/oj';
const dcat = 'http://www.w3.org/ns/dcat#';
const dcterms = 'http://purl.org/dc/terms/';

const series = {
  id: 'nien-giam',
  title: { vi: 'Niên giám giao thông', en: 'Traffic yearbooks' },
  description: { vi: 'Mỗi năm một tập dữ liệu.', en: 'A dataset each year.' },
  publisher: 'so-xay-dung',
};
const service = {
  id: 'api-xe-buyt',
  title: { vi: 'API xe buýt' },
  publisher: 'so-xay-dung',
  endpointURL: ['https://api.example.vn/bus'],
  servesDataset: ['tuyen-xe-buyt'],
};

describe.each(testDatabases())('on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let server: TestServer;
  let editor: Record<string, string>;
  let approver: Record<string, string>;

  beforeAll(async () => {
    fresh = await create();
    server = await startServer(fresh.url);
    editor = await server.as('editor', 'so-xay-dung');
    approver = await server.as('approver', 'so-xay-dung');
    await savePlan(
      '2026',
      {
        title: { vi: 'Kế hoạch 2026' },
        decision: { number: '123/QĐ-UBND', date: '2026-01-15' },
      },
      undefined,
      operator,
      server.product,
    );
    await server.publish(aDataset({ inSeries: ['nien-giam'] }));
    await server.publish(
      aDataset({
        id: 'khong-khi',
        applicableLegislation: [hvd],
        hvdCategory: ['c_dd313021'],
        distribution: [aDistribution({ id: 'khong-khi-csv', applicableLegislation: [hvd] })],
      }),
    );
    await server.publish(
      aDataset({ id: 'theo-ke-hoach', inventory: { release: { plan: '2026', due: '2026-Q3' } } }),
    );
  });
  afterAll(async () => {
    await server.close();
    await fresh.drop();
  });

  const quadsAt = async (path: string) => new Parser().parse(await (await server.get(path)).text());
  const objectsOf = async (path: string, subject: string, predicate: string) =>
    (await quadsAt(path))
      .filter((quad) => quad.subject.value === subject && quad.predicate.value === predicate)
      .map(({ object }) => object.value);

  describe('a series', () => {
    it('is registered, read in every form, revised with If-Match, and found from its dataset', async () => {
      const made = await server.send('POST', '/api/v1/series', series, editor);
      expect(made.status).toBe(201);
      expect(made.headers.get('location')).toBe(`${server.baseURL}/api/v1/series/nien-giam`);
      const etag = made.headers.get('etag') ?? '';

      for (const suffix of ['ttl', 'nt', 'rdf', 'jsonld']) {
        const form = await server.get(`/series/nien-giam.${suffix}`);
        expect([form.status, await form.text()]).toEqual([
          200,
          expect.stringContaining('DatasetSeries'),
        ]);
        const again = await server.get(`/series/nien-giam.${suffix}`, {
          'If-None-Match': form.headers.get('etag') ?? '',
        });
        expect(again.status).toBe(304);
      }
      const alias = await server.get('/dataset_series/nien-giam.ttl');
      expect(await alias.text()).toContain('DatasetSeries');

      const revised = { ...series, title: { vi: 'Niên giám' } };
      const put = (tag: string) =>
        server.send('PUT', '/api/v1/series/nien-giam', revised, { ...editor, 'If-Match': tag });
      expect((await put(etag)).status).toBe(200);
      expect((await put(etag)).status).toBe(412);
      expect(
        await objectsOf(
          '/series/nien-giam.nt',
          `${server.baseURL}/series/nien-giam`,
          `${dcterms}title`,
        ),
      ).toEqual(['Niên giám']);

      const page = await (await server.get('/series/nien-giam', { Accept: 'text/html' })).text();
      expect(page).toContain('href="/dataset/tuyen-xe-buyt"');
      const dataset = await server.get('/dataset/tuyen-xe-buyt', { Accept: 'text/html' });
      expect(await dataset.text()).toContain('href="/series/nien-giam"');
    });

    it.each([
      [{ ...series, id: 'x y' }, 422, '/id'],
      [{ ...series, id: 'khac', publisher: 'khong-co' }, 422, '/publisher'],
      [{ id: 'khac', title: {} }, 422, '/publisher'],
      [series, 409, undefined],
    ])('is refused when it is %j', async (input, status, pointer) => {
      const refused = await server.send('POST', '/api/v1/series', input, editor);
      const { errors = [] } = (await refused.json()) as { errors?: { pointer: string }[] };

      expect(refused.status).toBe(status);
      if (pointer !== undefined) {
        expect(errors.map((error) => error.pointer)).toContain(pointer);
      }
    });
  });

  describe('a service', () => {
    it('stands in the catalogue, and its withdrawal is told at its address', async () => {
      expect((await server.send('POST', '/api/v1/services', service, editor)).status).toBe(201);
      const iri = `${server.baseURL}/service/api-xe-buyt`;
      const catalog = `${server.baseURL}/catalog`;
      expect(await objectsOf('/catalog.nt', catalog, `${dcat}service`)).toContain(iri);
      expect(await objectsOf('/catalog/all.nt', iri, `${dcat}servesDataset`)).toEqual([
        `${server.baseURL}/dataset/tuyen-xe-buyt`,
      ]);

      const withdraw = (reason: object, who: Record<string, string>) =>
        server.send('POST', '/api/v1/services/api-xe-buyt/withdraw', reason, who);
      expect((await withdraw({}, approver)).status).toBe(422);
      expect((await withdraw({ reason: 'Ngừng' }, editor)).status).toBe(403);
      expect((await withdraw({ reason: 'Ngừng' }, approver)).status).toBe(200);
      expect(await objectsOf('/catalog.nt', catalog, `${dcat}service`)).not.toContain(iri);
      const gone = await server.get('/service/api-xe-buyt.ttl');
      expect([gone.status, await gone.text()]).toEqual([410, expect.stringContaining('Ngừng')]);
      expect((await server.get('/service/khong-co.ttl')).status).toBe(404);
    });

    it('is one for each interface of the catalogue itself', async () => {
      const services = await objectsOf(
        '/catalog.nt',
        `${server.baseURL}/catalog`,
        `${dcat}service`,
      );
      for (const id of ['ckan-api', 'oai-pmh', 'khue-api']) {
        const iri = `${server.baseURL}/service/${id}`;
        expect(services).toContain(iri);
        const [endpoint = ''] = await objectsOf(`/service/${id}.nt`, iri, `${dcat}endpointURL`);
        expect(endpoint.startsWith(server.baseURL)).toBe(true);
      }
    });
  });

  describe('the catalogue', () => {
    it('has an entry for each dataset', async () => {
      const record = `${server.baseURL}/dataset/tuyen-xe-buyt#record`;
      for (const path of ['/catalog.nt', '/catalog/all.nt']) {
        expect(await objectsOf(path, `${server.baseURL}/catalog`, `${dcat}record`)).toContain(
          record,
        );
        expect(await objectsOf(path, record, 'http://xmlns.com/foaf/0.1/primaryTopic')).toEqual([
          `${server.baseURL}/dataset/tuyen-xe-buyt`,
        ]);
        expect(await objectsOf(path, record, `${dcterms}modified`)).toHaveLength(1);
      }
    });

    it.each([
      ['hvd', 'khong-khi', hvd],
      ['plan-2026', 'theo-ke-hoach', undefined],
    ])('has within it the catalogue %s, of what its law applies to', async (id, dataset, law) => {
      const iri = `${server.baseURL}/catalog/${id}`;
      const path = `/catalog/${id}.nt`;

      expect(
        await objectsOf('/catalog.nt', `${server.baseURL}/catalog`, `${dcterms}hasPart`),
      ).toContain(iri);
      expect(await objectsOf(path, iri, `${dcat}dataset`)).toEqual([
        `${server.baseURL}/dataset/${dataset}`,
      ]);
      expect(await objectsOf(path, iri, 'http://data.europa.eu/r5r/applicableLegislation')).toEqual(
        [law ?? `${server.baseURL}/plan/2026#decision`],
      );
      const page = await server.get(`/catalog/${id}`, { Accept: 'text/html' });
      expect([page.status, page.headers.get('location')]).toEqual([
        303,
        expect.stringContaining('/dataset?'),
      ]);
    });

    it('knows no other catalogue within it', async () => {
      expect((await server.get('/catalog/khong-co.ttl')).status).toBe(404);
    });
  });
});
