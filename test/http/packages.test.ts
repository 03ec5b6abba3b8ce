import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { structuredData } from '../../catalog/exchange/schema-org/structured-data.ts';
import { aDataset, anAgency } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  await server.publish(aDataset());
  await server.publish(
    aDataset({
      id: 'ban-do',
      distribution: [{ id: 'ban-do-wms', accessURL: 'https://example.vn/wms', format: 'WMS_SRVC' }],
    }),
  );
  await server.publish(aDataset({ id: 'rut' }));
  const coordinator = await server.as('coordinator');
  await server.send('POST', '/api/v1/datasets/rut/withdraw', { reason: 'sai' }, coordinator);
});
afterAll(() => server.close());

const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

describe('/dataset/{id}/datapackage.json', () => {
  it('is a Frictionless data package', async () => {
    const answer = await server.get('/dataset/tuyen-xe-buyt/datapackage.json');

    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual({
      profile: 'data-package',
      name: 'tuyen-xe-buyt',
      id: `${server.baseURL}/dataset/tuyen-xe-buyt`,
      title: 'Danh mục tuyến xe buýt',
      description: 'Tuyến, lộ trình và tần suất.',
      homepage: `${server.baseURL}/dataset/tuyen-xe-buyt`,
      created: '2026-03-31T00:00:00+07:00',
      keywords: ['xe buýt'],
      licenses: [
        {
          name: 'CC-BY-4.0',
          path: expect.stringMatching(/^https:\/\/creativecommons/),
          title: expect.any(String),
        },
      ],
      contributors: [
        {
          title: 'Sở Xây dựng',
          path: `${server.baseURL}/agency/so-xay-dung`,
          role: 'publisher',
        },
        {
          title: 'Trung tâm Quản lý giao thông',
          email: 'bus@example.vn',
          role: 'contributor',
        },
      ],
      resources: [
        {
          profile: 'data-resource',
          name: 'tuyen-xe-buyt-csv',
          path: 'https://example.vn/bus.csv',
          title: 'Tệp CSV',
          format: 'csv',
          mediatype: 'text/csv',
          bytes: 20480,
          hash: `sha256:${sha256}`,
        },
      ],
    });
  });
});

describe('/dataset/{id}/croissant.jsonld', () => {
  it('describes the tables for machine learning', async () => {
    const answer = await server.get('/dataset/tuyen-xe-buyt/croissant.jsonld');
    const croissant = (await answer.json()) as Record<string, unknown>;

    expect(answer.headers.get('content-type')).toContain('application/ld+json');
    expect(croissant).toMatchObject({
      '@context': { '@vocab': 'https://schema.org/', cr: 'http://mlcommons.org/croissant/' },
      '@type': 'sc:Dataset',
      conformsTo: 'http://mlcommons.org/croissant/1.0',
      name: 'Danh mục tuyến xe buýt',
      datePublished: '2026-03-31',
      isLiveDataset: false,
      creator: { '@type': 'Organization', name: 'Sở Xây dựng' },
      distribution: [
        {
          '@type': 'cr:FileObject',
          '@id': 'tuyen-xe-buyt-csv',
          contentUrl: 'https://example.vn/bus.csv',
          encodingFormat: 'text/csv',
          sha256,
        },
      ],
    });
    for (const name of ['description', 'license', 'url', 'creator']) {
      expect(croissant[name], name).toBeTruthy();
    }
  });
});

describe('a package', () => {
  it.each([
    { path: '/dataset/ban-do/croissant.jsonld', status: 404 },
    { path: '/dataset/ban-do/datapackage.json', status: 200 },
    { path: '/dataset/khong-co/datapackage.json', status: 404 },
    { path: '/dataset/khong-co/croissant.jsonld', status: 404 },
    { path: '/dataset/rut/datapackage.json', status: 410 },
    { path: '/dataset/rut/croissant.jsonld', status: 410 },
  ])('answers $path with $status', async ({ path, status }) => {
    expect((await server.get(path)).status).toBe(status);
  });
});

describe('structured data', () => {
  it('says what search engines want to know', () => {
    const context = {
      baseURL: 'https://x.vn',
      lang: 'en',
      catalogTitle: 'Catalogue',
      changedAt: '2026-11-23T00:00:00.000Z',
    } as const;

    expect(structuredData(aDataset(), anAgency(), context)).toMatchObject({
      '@type': 'Dataset',
      '@id': 'https://x.vn/dataset/tuyen-xe-buyt',
      url: 'https://x.vn/en/dataset/tuyen-xe-buyt',
      name: 'Bus routes',
      description: 'Routes, stops and headways. – Bus routes – Department of Construction',
      keywords: ['bus'],
      publisher: { name: 'Department of Construction' },
      temporalCoverage: '2020-01-01/2025-12-31',
      isAccessibleForFree: true,
      distribution: [{ '@type': 'DataDownload', contentUrl: 'https://example.vn/bus.csv' }],
    });
  });
});

describe('udata’s addresses', () => {
  it.each([
    { alias: '/api/1/site/catalog.ttl', ours: '/catalog.ttl' },
    {
      alias: '/api/1/site/catalog.xml?page=1&page_size=1',
      ours: '/catalog.xml?page=1&page_size=1',
    },
    { alias: '/api/1/datasets/tuyen-xe-buyt/rdf.jsonld', ours: '/dataset/tuyen-xe-buyt.jsonld' },
    {
      alias: '/api/1/organizations/so-xay-dung/catalog.nt',
      ours: '/agency/so-xay-dung/catalog.nt',
    },
  ])('answer $alias as $ours', async ({ alias, ours }) => {
    const [theirs, own] = await Promise.all([server.get(alias), server.get(ours)]);

    expect(theirs.status).toBe(200);
    expect(theirs.headers.get('content-type')).toBe(own.headers.get('content-type'));
    expect(await theirs.text()).toBe(await own.text());
    expect((await server.send('HEAD', alias)).status).toBe(200);
  });

  it.each([
    {
      ask: '/api/1/site/catalog?page=2',
      accept: 'application/rdf+xml',
      to: '/api/1/site/catalog.rdf?page=2',
    },
    { ask: '/api/1/site/catalog', accept: '*/*', to: '/api/1/site/catalog.jsonld' },
    {
      ask: '/api/1/datasets/tuyen-xe-buyt/rdf',
      accept: 'text/turtle',
      to: '/api/1/datasets/tuyen-xe-buyt/rdf.ttl',
    },
  ])('send $ask (Accept: $accept) to $to', async ({ ask, accept, to }) => {
    const answer = await server.get(ask, { Accept: accept });

    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(server.baseURL + to);
  });

  it.each([
    { path: '/api/1/datasets/khong-co/rdf.ttl', status: 404 },
    { path: '/api/1/datasets/rut/rdf.ttl', status: 410 },
    { path: '/api/1/site/none', status: 404 },
  ])('answer $path with $status', async ({ path, status }) => {
    expect((await server.get(path)).status).toBe(status);
  });
});
