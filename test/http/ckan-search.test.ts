import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset, aDistribution } from '../support/builders.ts';
import { ckanClient, type SearchResult } from '../support/ckan.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const all = ['benh-vien', 'ban-do-ngap', 'tuyen-xe-buyt', 'van-ban-2026'].sort();

/** The Solr subset that clients send, and what it finds. INTEROP 1.3. */
const queries: readonly (readonly [
  string,
  Readonly<Record<string, string | readonly string[]>>,
  readonly string[],
])[] = [
  ['everything', { q: '*:*' }, all],
  ['everything without a query', {}, all],
  ['since a moment', { fq: 'metadata_modified:[2020-01-01T00:00:00.123456Z TO *]' }, all],
  [
    'since a moment, twice encoded',
    { fq: 'metadata_modified:[2020-01-01T00:00:00Z%20TO%20*]' },
    all,
  ],
  ['until now', { fq: 'metadata_modified:[* TO NOW]' }, all],
  ['within seven days', { fq: 'metadata_modified:[NOW-7DAYS TO NOW]' }, all],
  ['before seven days', { fq: 'metadata_modified:[* TO NOW-7DAYS]' }, []],
  ['created after tomorrow', { fq: 'metadata_created:{NOW/DAY+1DAY TO *}' }, []],
  ['an organisation', { fq: 'organization:so-y-te' }, ['benh-vien']],
  ['an organisation in quotes', { fq: 'organization:"so-y-te"' }, ['benh-vien']],
  ['either organisation', { fq: 'organization:so-y-te OR organization:so-xay-dung' }, all],
  [
    'either in parentheses',
    { fq: '(organization:so-y-te OR groups:educ)' },
    ['benh-vien', 'van-ban-2026'],
  ],
  ['either within a field', { fq: 'organization:(so-y-te OR "khong-co")' }, ['benh-vien']],
  [
    'not an organisation',
    { fq: '-organization:so-y-te' },
    ['ban-do-ngap', 'tuyen-xe-buyt', 'van-ban-2026'],
  ],
  ['not, in words', { fq: 'NOT organization:so-xay-dung' }, ['benh-vien']],
  [
    'required and excluded',
    { fq: '+dataset_type:dataset -groups:tran' },
    ['ban-do-ngap', 'benh-vien', 'van-ban-2026'],
  ],
  ['side by side', { fq: 'groups:tran res_format:CSV' }, ['tuyen-xe-buyt']],
  ['joined by AND', { fq: 'groups:tran AND res_format:PDF' }, []],
  [
    'AND before OR',
    { fq: 'groups:heal OR groups:tran AND res_format:CSV' },
    ['benh-vien', 'tuyen-xe-buyt'],
  ],
  ['words of a title', { q: 'title:"tuyến xe buýt"' }, ['tuyen-xe-buyt']],
  ['words of a title in another order', { q: 'title:"buýt xe tuyến"' }, []],
  ['words without diacritics', { q: 'xe buyt' }, ['tuyen-xe-buyt']],
  ['a word and its exclusion', { q: 'danh mục -title:buýt' }, ['benh-vien', 'van-ban-2026']],
  ['the beginning of a word', { q: 'ngap*' }, ['ban-do-ngap']],
  ['the beginning of a word of a title', { q: 'title:bệ*' }, ['benh-vien']],
  ['no beginning without a star', { q: 'title:nga' }, []],
  ['words of the notes', { fq: 'notes:"giường bệnh"' }, ['benh-vien']],
  ['a tag', { fq: 'tags:"xe buýt"' }, ['tuyen-xe-buyt']],
  ['the beginning of a tag', { fq: 'tags:xe*' }, ['tuyen-xe-buyt']],
  ['a tag that is no word', { fq: 'tags:"a\\"b:c"' }, ['van-ban-2026']],
  ['a format, whatever its case', { fq: 'res_format:geojson' }, ['ban-do-ngap']],
  ['a licence by SPDX', { fq: 'license_id:CC0-1.0' }, ['ban-do-ngap']],
  [
    'a licence by our code',
    { fq: 'license_id:CC_BY_4_0' },
    ['benh-vien', 'tuyen-xe-buyt', 'van-ban-2026'],
  ],
  ['a name', { fq: 'name:benh-vien' }, ['benh-vien']],
  ['the beginning of a name', { fq: 'name:b*' }, ['ban-do-ngap', 'benh-vien']],
  [
    'several names',
    { fq: 'name:(benh-vien OR tuyen-xe-buyt OR la)' },
    ['benh-vien', 'tuyen-xe-buyt'],
  ],
  ['constants', { fq: 'type:dataset AND state:active AND capacity:public' }, all],
  ['another type', { fq: 'dataset_type:harvest' }, []],
  ['any value of a field', { fq: 'groups:*' }, all],
  [
    'any value as a range',
    { fq: 'tags:[* TO *]' },
    ['ban-do-ngap', 'benh-vien', 'tuyen-xe-buyt', 'van-ban-2026'],
  ],
  ['no value of a field', { fq: '-res_format:[* TO *]' }, []],
  ['several filters', { fq: ['groups:tran', 'res_format:CSV'] }, ['tuyen-xe-buyt']],
  ['a list of filters', { fq_list: '["groups:tran", "res_format:CSV"]' }, ['tuyen-xe-buyt']],
  ['an extra that nobody has', { fq: 'extras_harvest_source_id:abc' }, []],
  ['what a person types', { q: 'bệnh viện: (' }, ['benh-vien']],
  ['punctuation alone', { q: '?!' }, all],
  ['a filter that cannot be read', { fq: 'organization:(a OR' }, ['Search Error']],
  ['a field that is none', { fq: 'khong_co:1' }, ['Search Error']],
  ['a date that is none', { fq: 'metadata_modified:[hôm-qua TO *]' }, ['Search Error']],
  ['local parameters', { q: '{!lucene}x' }, ['Search Error']],
  ['a sort that is none', { sort: 'khong_co asc' }, ['Search Query Error']],
  ['a sort without direction', { sort: 'name' }, ['Search Query Error']],
];

describe.each(testDatabases())('package_search on $name', ({ create }) => {
  let database: FreshDatabase;
  let server: TestServer;
  let ckan: ReturnType<typeof ckanClient>;

  beforeAll(async () => {
    database = await create();
    server = await startServer(database.url);
    ckan = ckanClient(server);
    await server.publish(aDataset());
    await server.publish(
      aDataset({
        id: 'benh-vien',
        publisher: 'so-y-te',
        title: { vi: 'Danh mục bệnh viện' },
        description: { vi: 'Số giường bệnh theo năm.' },
        theme: ['HEAL'],
        keyword: { vi: ['y tế'] },
      }),
    );
    await server.publish(
      aDataset({
        id: 'ban-do-ngap',
        title: { vi: 'Bản đồ điểm ngập' },
        description: { vi: 'Vị trí úng ngập.' },
        theme: ['ENVI'],
        keyword: { vi: ['thoát nước'] },
        distribution: [aDistribution({ id: 'ngap', format: 'GEOJSON', license: 'CC0' })],
      }),
    );
    await server.publish(
      aDataset({
        id: 'van.ban.2026',
        title: { vi: 'Danh mục văn bản' },
        theme: ['EDUC', 'GOVE'],
        keyword: { vi: ['a"b:c'] },
      }),
    );
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  it.each(queries)('finds %s', async (_what, parameters, expected) => {
    const found = (await ckan.found(parameters)).map((name) =>
      name.startsWith('van-ban-2026') ? 'van-ban-2026' : name,
    );

    expect(found.sort()).toEqual([...expected].sort());
  });

  it.each([
    ['name asc', ['ban-do-ngap', 'benh-vien', 'tuyen-xe-buyt', 'van-ban-2026']],
    ['name desc', ['van-ban-2026', 'tuyen-xe-buyt', 'benh-vien', 'ban-do-ngap']],
    ['metadata_created asc', ['tuyen-xe-buyt', 'benh-vien', 'ban-do-ngap', 'van-ban-2026']],
    ['metadata_modified desc', ['van-ban-2026', 'ban-do-ngap', 'benh-vien', 'tuyen-xe-buyt']],
    ['title_string asc', ['ban-do-ngap', 'benh-vien', 'tuyen-xe-buyt', 'van-ban-2026']],
    [
      'score desc, metadata_modified desc',
      ['van-ban-2026', 'ban-do-ngap', 'benh-vien', 'tuyen-xe-buyt'],
    ],
    ['views_recent desc, name asc', ['ban-do-ngap', 'benh-vien', 'tuyen-xe-buyt', 'van-ban-2026']],
  ])('sorts by %s', async (sort, expected) => {
    const result = await ckan.result<SearchResult>('package_search', { sort });

    expect(result.sort).toBe(sort);
    expect(result.results.map(({ name }) => name.replace(/2026-.*/, '2026'))).toEqual(expected);
  });

  it('sorts by id as ids are sorted', async () => {
    const { results } = await ckan.result<SearchResult>('package_search', { sort: 'id asc' });
    const ids = results.map(({ id }) => id);

    expect(ids).toEqual([...ids].sort());
  });

  it('puts what is about the words first when it sorts by score', async () => {
    const { results } = await ckan.result<SearchResult>('package_search', { q: 'danh mục xe' });

    expect(results[0]?.name).toBe('tuyen-xe-buyt');
  });

  it('counts what was found by field, with titles', async () => {
    const { facets, search_facets } = await ckan.result<SearchResult>('package_search', {
      rows: '0',
      fq: '-organization:so-y-te',
      'facet.field': '["organization", "groups", "tags", "res_format", "license_id"]',
    });

    expect(facets).toEqual({
      organization: { 'so-xay-dung': 3 },
      groups: { educ: 1, envi: 1, gove: 1, tran: 1 },
      tags: { 'a"b:c': 1, bus: 1, 'thoát nước': 1, 'xe buýt': 1 },
      res_format: { CSV: 2, GeoJSON: 1 },
      license_id: { 'CC-BY-4.0': 2, 'CC0-1.0': 1 },
    });
    expect(search_facets['organization']).toEqual({
      title: 'organization',
      items: [{ name: 'so-xay-dung', display_name: 'Sở Xây dựng', count: 3 }],
    });
  });

  it('gives of the counts as many as are asked for', async () => {
    const facetsWith = async (parameters: Record<string, string>) =>
      (await ckan.result<SearchResult>('package_search', { rows: '0', ...parameters })).facets;
    const field = { 'facet.field': '["groups"]' };

    expect(await facetsWith({ ...field, 'facet.limit': '2' })).toEqual({
      groups: { educ: 1, envi: 1 },
    });
    expect(await facetsWith({ ...field, 'facet.mincount': '2' })).toEqual({ groups: {} });
    expect(
      Object.keys((await facetsWith({ ...field, 'facet.limit': '-1' }))['groups'] ?? {}),
    ).toHaveLength(5);
    expect(await facetsWith({ ...field, facet: 'false' })).toEqual({});
  });

  it('sees what was published a moment ago', async () => {
    const before = await ckan.found({ q: 'title:"cây xanh"' });
    await server.publish(aDataset({ id: 'cay-xanh', title: { vi: 'Cây xanh đường phố' } }));
    const after = await ckan.found({ q: 'title:"cây xanh"' });

    expect([before, after]).toEqual([[], ['cay-xanh']]);
  });
});
