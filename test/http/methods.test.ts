import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  await server.publish(aDataset());
});
afterAll(() => server.close());

const readable = [
  '/',
  '/en',
  '/dataset',
  '/dataset/tuyen-xe-buyt',
  '/dataset/tuyen-xe-buyt.ttl',
  '/dataset/tuyen-xe-buyt/datapackage.json',
  '/dataset/tuyen-xe-buyt/quality',
  '/dataset/khong-co',
  '/agency',
  '/agency/so-xay-dung',
  '/agency/so-xay-dung/catalog.rdf',
  '/catalog.jsonld',
  '/catalog/all.nt',
  '/context.jsonld',
  '/data.json',
  '/roadmap',
  '/roadmap.csv',
  '/roadmap.ttl',
  '/indicators',
  '/developers',
  '/oai?verb=Identify',
  '/feed',
  '/feed.atom',
  '/sitemap.xml',
  '/robots.txt',
  '/opensearch.xml',
  '/api/v1/datasets',
  '/api/v1/datasets/tuyen-xe-buyt/quality',
  '/api/v1/agencies/so-xay-dung/quality',
  '/api/v1/openapi.json',
  '/api/3/action/package_list',
  '/healthz',
];

describe('a method', () => {
  it.each(readable)('HEAD of %s answers as GET does, without the body', async (path) => {
    const got = await server.get(path);
    const head = await fetch(server.baseURL + path, { method: 'HEAD', redirect: 'manual' });

    expect(head.status).toBe(got.status);
    expect(head.headers.get('Content-Type')).toBe(got.headers.get('Content-Type'));
    expect(await head.text()).toBe('');
  });

  it.each([
    { method: 'DELETE', path: '/dataset/tuyen-xe-buyt', allows: 'GET' },
    { method: 'POST', path: '/catalog.ttl', allows: 'GET' },
    { method: 'PUT', path: '/data.json', allows: 'GET' },
    { method: 'DELETE', path: '/api/v1/datasets/tuyen-xe-buyt', allows: 'PATCH' },
    { method: 'GET', path: '/api/v1/datasets/tuyen-xe-buyt/submit', allows: 'POST' },
  ])('$method of $path is refused with what is allowed', async ({ method, path, allows }) => {
    const answer = await fetch(server.baseURL + path, { method });

    expect(answer.status).toBe(405);
    expect(answer.headers.get('Allow')?.split(', ')).toContain(allows);
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
  });

  it('on an address where nothing is gets 404 all the same', async () => {
    const answer = await fetch(`${server.baseURL}/khong/co/gi`, { method: 'POST' });

    expect(answer.status).toBe(404);
  });
});
