import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset, aDistribution } from '../support/builders.ts';
import { ckanClient, type Envelope, type Package, type SearchResult } from '../support/ckan.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}$/;
const sourceUuid = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
const json = 'application/json;charset=utf-8';

describe.each(testDatabases())('the CKAN action API on $name', ({ create }) => {
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
        id: 'co-so-y-te.v2',
        identifier: sourceUuid,
        title: { vi: 'Cơ sở y tế' },
        publisher: 'so-y-te',
        theme: ['HEAL'],
        keyword: { vi: ['phòng khám'] },
        distribution: [
          aDistribution({ id: 'b5f3a1de-0000-4000-8000-000000000001', format: 'WMS_SRVC' }),
        ],
      }),
    );
    await server.publish(
      aDataset({ id: 'cay-xanh', distribution: [aDistribution({ id: 'cay' })] }),
    );
    await server.send(
      'POST',
      '/api/v1/datasets/cay-xanh/withdraw',
      { reason: 'Gộp' },
      await server.as('coordinator'),
    );
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  const readActions: readonly (readonly [string, Readonly<Record<string, string>>, unknown])[] = [
    ['package_list', {}, [expect.stringMatching(/^co-so-y-te-v2-[0-9a-f]{8}$/), 'tuyen-xe-buyt']],
    ['package_list', { limit: '1', offset: '1' }, ['tuyen-xe-buyt']],
    ['package_show', { id: 'tuyen-xe-buyt' }, expect.objectContaining({ name: 'tuyen-xe-buyt' })],
    ['package_show', { id: sourceUuid }, expect.objectContaining({ id: sourceUuid })],
    ['package_show', { id: sourceUuid.toUpperCase() }, expect.objectContaining({ id: sourceUuid })],
    ['package_show', { id: 'co-so-y-te.v2' }, expect.objectContaining({ id: sourceUuid })],
    [
      'resource_show',
      { id: 'b5f3a1de-0000-4000-8000-000000000001' },
      expect.objectContaining({ format: 'WMS', package_id: sourceUuid }),
    ],
    ['resource_show', { id: 'tuyen-xe-buyt-csv' }, expect.objectContaining({ format: 'CSV' })],
    [
      'resource_search',
      { query: 'format:wms' },
      { count: 1, results: [expect.objectContaining({ package_id: sourceUuid })] },
    ],
    [
      'resource_search',
      { query: 'url:BUS.csv', order_by: 'name' },
      expect.objectContaining({ count: 2 }),
    ],
    ['resource_view_list', { id: 'tuyen-xe-buyt-csv' }, []],
    [
      'current_package_list_with_resources',
      { limit: '1' },
      [expect.objectContaining({ id: sourceUuid, num_resources: 1 })],
    ],
    [
      'current_package_list_with_resources',
      { limit: '1', page: '2' },
      [expect.objectContaining({ name: 'tuyen-xe-buyt' })],
    ],
    [
      'recently_changed_packages_activity_list',
      { limit: '1' },
      [expect.objectContaining({ object_id: sourceUuid })],
    ],
    [
      'package_autocomplete',
      { q: 'tuyen-x' },
      [
        {
          name: 'tuyen-xe-buyt',
          title: 'Danh mục tuyến xe buýt',
          match_field: 'name',
          match_displayed: 'tuyen-xe-buyt',
        },
      ],
    ],
    [
      'package_autocomplete',
      { q: 'cơ sở y' },
      [expect.objectContaining({ title: 'Cơ sở y tế', match_field: 'title' })],
    ],
    ['organization_list', {}, ['so-khoa-hoc-va-cong-nghe', 'so-xay-dung', 'so-y-te']],
    ['organization_list', { sort: 'package_count desc', limit: '1' }, ['so-xay-dung']],
    [
      'organization_list',
      { all_fields: 'true', organizations: '["so-y-te"]' },
      [expect.objectContaining({ title: 'Sở Y tế', package_count: 1, is_organization: true })],
    ],
    [
      'organization_show',
      { id: 'so-y-te', include_datasets: 'True' },
      expect.objectContaining({
        package_count: 1,
        packages: [expect.objectContaining({ id: sourceUuid })],
      }),
    ],
    [
      'organization_autocomplete',
      { q: 'y te' },
      [expect.objectContaining({ name: 'so-y-te', title: 'Sở Y tế' })],
    ],
    [
      'group_list',
      { groups: '["heal"]', all_fields: '1' },
      [expect.objectContaining({ name: 'heal', package_count: 1 })],
    ],
    ['group_show', { id: 'heal' }, expect.objectContaining({ type: 'group', package_count: 1 })],
    [
      'group_package_show',
      { id: 'heal', limit: '5' },
      [expect.objectContaining({ id: sourceUuid })],
    ],
    ['group_autocomplete', { q: 'tra' }, [expect.objectContaining({ name: 'tran' })]],
    ['tag_list', {}, ['bus', 'phòng khám', 'xe buýt']],
    ['tag_list', { query: 'phong' }, ['phòng khám']],
    [
      'tag_show',
      { id: 'xe buýt', include_datasets: 'true' },
      expect.objectContaining({
        name: 'xe buýt',
        vocabulary_id: null,
        packages: [expect.objectContaining({ name: 'tuyen-xe-buyt' })],
      }),
    ],
    [
      'tag_search',
      { query: 'xe' },
      { count: 1, results: [expect.objectContaining({ name: 'xe buýt' })] },
    ],
    ['tag_autocomplete', { query: 'bu', limit: '1' }, ['bus']],
    [
      'license_list',
      {},
      expect.arrayContaining([
        expect.objectContaining({ id: 'CC-BY-4.0', od_conformance: 'approved' }),
      ]),
    ],
    [
      'status_show',
      {},
      expect.objectContaining({
        ckan_version: expect.stringMatching(/^2\./),
        site_title: expect.stringContaining('Hà Nội'),
      }),
    ],
    ['site_read', {}, true],
    ['help_show', { name: 'package_show' }, expect.stringContaining('resources')],
  ];

  it.each(readActions)('answers %s %j', async (name, parameters, expected) => {
    const { status, body } = await ckan.call(name, {
      ...parameters,
      include_password_hash: 'true',
      khong_ai_biet: '1',
    });

    expect(status).toBe(200);
    expect(body).toEqual({
      help: `${server.baseURL}/api/3/action/help_show?name=${name}`,
      success: true,
      result: expected,
    });
  });

  const failures: readonly (readonly [
    string,
    Readonly<Record<string, string>>,
    number,
    Readonly<Record<string, unknown>>,
  ])[] = [
    [
      'package_show',
      { id: 'khong-co' },
      404,
      { __type: 'Not Found Error', message: expect.stringMatching(/^Not found/) },
    ],
    [
      'package_show',
      { id: 'cay-xanh' },
      404,
      { __type: 'Not Found Error', message: expect.any(String) },
    ],
    [
      'resource_show',
      { id: 'cay' },
      404,
      { __type: 'Not Found Error', message: expect.any(String) },
    ],
    [
      'organization_show',
      { id: 'khong-co' },
      404,
      { __type: 'Not Found Error', message: expect.any(String) },
    ],
    [
      'group_show',
      { id: 'khong-co' },
      404,
      { __type: 'Not Found Error', message: expect.any(String) },
    ],
    [
      'tag_show',
      { id: 'khong-co' },
      404,
      { __type: 'Not Found Error', message: expect.any(String) },
    ],
    [
      'help_show',
      { name: 'khong_co' },
      404,
      { __type: 'Not Found Error', message: expect.any(String) },
    ],
    [
      'datastore_search',
      { resource_id: 'tuyen-xe-buyt-csv' },
      404,
      { __type: 'Not Found Error', message: expect.any(String) },
    ],
    [
      'package_show',
      {},
      409,
      { __type: 'Validation Error', id: [expect.stringContaining('Missing value')] },
    ],
    [
      'package_search',
      { rows: 'mười' },
      409,
      { __type: 'Validation Error', rows: [expect.stringContaining('Invalid integer')] },
    ],
    [
      'package_search',
      { start: '-1' },
      409,
      { __type: 'Validation Error', start: [expect.stringContaining('natural number')] },
    ],
    [
      'package_search',
      { fq: 'a:(b' },
      409,
      { __type: 'Search Error', message: expect.stringContaining('a:(b') },
    ],
    [
      'package_search',
      { 'facet.field': '["khong_co"]' },
      409,
      { __type: 'Search Error', message: expect.stringContaining('khong_co') },
    ],
    [
      'package_search',
      { sort: 'khong_co asc' },
      400,
      { __type: 'Search Query Error', message: expect.stringContaining('khong_co') },
    ],
    [
      'resource_search',
      { query: 'csv' },
      409,
      { __type: 'Validation Error', query: [expect.any(String)] },
    ],
    [
      'organization_list',
      { sort: 'mau' },
      409,
      { __type: 'Validation Error', sort: [expect.any(String)] },
    ],
    [
      'package_create',
      {},
      403,
      { __type: 'Authorization Error', message: expect.stringContaining('/api/v1/datasets') },
    ],
    ['datastore_upsert', {}, 403, { __type: 'Authorization Error', message: expect.any(String) }],
  ];

  it.each(failures)('fails %s %j with %i', async (name, parameters, status, error) => {
    const answer = await ckan.call(name, parameters);

    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      help: `${server.baseURL}/api/3/action/help_show?name=${name}`,
      success: false,
      error,
    });
  });

  it('has of a package every key that CKAN has, in forms that strict readers take', async () => {
    const found = await ckan.result<Package>('package_show', { id: 'tuyen-xe-buyt' });
    const [resource] = found.resources;

    expect(found).toMatchObject({
      id: expect.stringMatching(uuid),
      title: 'Danh mục tuyến xe buýt',
      notes: 'Tuyến, lộ trình và tần suất.',
      type: 'dataset',
      state: 'active',
      private: false,
      isopen: true,
      license_id: 'CC-BY-4.0',
      license_url: 'https://creativecommons.org/licenses/by/4.0/',
      author: 'Sở Xây dựng',
      author_email: null,
      maintainer: 'Trung tâm Quản lý giao thông',
      maintainer_email: 'bus@example.vn',
      num_resources: 1,
      num_tags: 2,
      metadata_created: expect.stringMatching(moment),
      metadata_modified: expect.stringMatching(moment),
      url: null,
      version: null,
      relationships_as_subject: [],
      relationships_as_object: [],
    });
    expect(found.organization).toEqual({
      id: found.owner_org,
      name: 'so-xay-dung',
      title: 'Sở Xây dựng',
      type: 'organization',
      description: '',
      image_url: '',
      created: expect.stringMatching(moment),
      is_organization: true,
      approval_status: 'approved',
      state: 'active',
    });
    expect(found['groups']).toEqual([expect.objectContaining({ name: 'tran' })]);
    expect(resource).toMatchObject({
      id: expect.stringMatching(uuid),
      package_id: found.id,
      position: 0,
      name: 'Tệp CSV',
      description: '',
      url: 'https://example.vn/bus.csv',
      url_type: null,
      resource_type: 'file',
      format: 'CSV',
      mimetype: 'text/csv',
      mimetype_inner: null,
      size: 20480,
      hash: expect.stringMatching(/^9f86d081/),
      created: expect.stringMatching(moment),
      last_modified: null,
      cache_url: null,
      cache_last_updated: null,
      datastore_active: false,
      state: 'active',
    });
    expect(Object.fromEntries(found.extras.map(({ key, value }) => [key, value]))).toMatchObject({
      identifier: 'tuyen-xe-buyt',
      issued: '2026-03-31',
      modified: '2026-11-01T08:00:00+07:00',
      frequency: 'http://publications.europa.eu/resource/authority/frequency/MONTHLY',
      theme: '["http://publications.europa.eu/resource/authority/data-theme/TRAN"]',
      language: '["http://publications.europa.eu/resource/authority/language/VIE"]',
      temporal_start: '2020-01-01',
      temporal_end: '2025-12-31',
      publisher_name: 'Sở Xây dựng',
      contact_name: 'Trung tâm Quản lý giao thông',
      contact_email: 'bus@example.vn',
      spatial_uri: 'http://sws.geonames.org/1581130/',
    });
    const byUuid = await ckan.result<unknown>('resource_show', { id: resource?.id ?? '' });
    expect(byUuid).toEqual(resource);
  });

  it.each(['/api/action', '/api/3/action', '/api/2/action', '/api/1/action'])(
    'answers at %s, by GET, by a form and by JSON alike',
    async (base) => {
      const parameters = { q: 'xe', fq: ['groups:tran', 'res_format:CSV'], rows: '5' };
      const query = new URLSearchParams([
        ['q', 'xe'],
        ['fq', 'groups:tran'],
        ['fq', 'res_format:CSV'],
        ['rows', '5'],
      ]);
      const address = `${base}/package_search`;
      const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const answers = await Promise.all([
        server.get(`${address}?${query}`),
        server.send('POST', address, query.toString(), form),
        server.send('POST', address, parameters),
        server.send('POST', address, JSON.stringify(parameters), form),
        server.send('POST', `${address}?${query}`),
      ]);
      const bodies = await Promise.all(answers.map((answer) => answer.text()));

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(new Set(bodies).size).toBe(1);
      expect((JSON.parse(bodies[0] ?? '') as Envelope<SearchResult>).result.count).toBe(1);
    },
  );

  it('says in a bare text what reaches no action', async () => {
    const unknown = await server.get('/api/3/action/khong_co');
    const broken = await server.send('POST', '/api/3/action/package_show', '{"id": ');
    const list = await server.send('POST', '/api/3/action/package_show', '["a"]');

    expect([unknown.status, broken.status, list.status]).toEqual([400, 400, 400]);
    expect(await unknown.json()).toBe('Bad request - Action name not known: khong_co');
    expect(await broken.json()).toMatch(/^Bad request - JSON Error/);
    expect(await list.json()).toMatch(/^Bad request - JSON Error/);
    expect(unknown.headers.get('Content-Type')).toBe(json);
  });

  it('wraps an answer in a function by GET, if that is one', async () => {
    const wrapped = await server.get('/api/3/action/site_read?callback=jQuery.cb_1');
    const evil = await server.get(
      `/api/3/action/site_read?callback=${encodeURIComponent('alert(1)//')}`,
    );
    const posted = await server.send('POST', '/api/3/action/site_read?callback=cb', {});

    expect(wrapped.headers.get('Content-Type')).toBe('application/javascript;charset=utf-8');
    expect(await wrapped.text()).toMatch(/^\/\*\*\/jQuery\.cb_1\(\{.*"result":true\}\);$/);
    expect(evil.status).toBe(400);
    expect(evil.headers.get('Content-Type')).toBe(json);
    expect(await posted.json()).toMatchObject({ result: true });
  });

  it('tells its version and its state', async () => {
    const [api, three, status] = await Promise.all(
      ['/api', '/api/3', '/api/util/status'].map(async (path) => (await server.get(path)).json()),
    );

    expect([api, three]).toEqual([{ version: 3 }, { version: 3 }]);
    expect(status).toMatchObject({ site_url: server.baseURL });
  });

  it('answers HEAD as GET, and what has not changed with 304', async () => {
    const address = '/api/3/action/package_show?id=tuyen-xe-buyt';
    const got = await server.get(address);
    const head = await server.send('HEAD', address);
    const again = await server.get(address, { 'If-None-Match': got.headers.get('ETag') ?? '' });

    expect(got.headers.get('Content-Type')).toBe(json);
    expect([head.status, head.headers.get('Content-Type'), await head.text()]).toEqual([
      200,
      json,
      '',
    ]);
    expect(again.status).toBe(304);
  });

  it('is open to pages of every origin, with the headers that clients send', async () => {
    const asked = await server.send('OPTIONS', '/api/3/action/package_search', undefined, {
      Origin: 'https://cong.example.vn',
      'Access-Control-Request-Headers': 'x-ckan-api-key',
    });
    const got = await server.get('/api/3/action/site_read', { 'X-CKAN-API-Key': 'khoá' });

    expect(asked.status).toBe(204);
    expect(asked.headers.get('Access-Control-Allow-Headers')).toContain('X-CKAN-API-Key');
    expect(got.headers.get('Access-Control-Allow-Origin')).toBe('*');
  });

  it('refuses an upload to an action that writes without reading it as JSON', async () => {
    const form = new FormData();
    form.set('package_id', 'tuyen-xe-buyt');
    form.set('upload', new Blob(['a,b\n1,2\n']), 'a.csv');
    const answer = await fetch(`${server.baseURL}/api/action/resource_create`, {
      method: 'POST',
      body: form,
    });

    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { __type: 'Authorization Error' } });
  });

  it('keeps the names it gave when a record changes', async () => {
    const before = await ckan.result<Package>('package_show', { id: sourceUuid });
    const editor = await server.as('coordinator');
    await server.send(
      'PATCH',
      '/api/v1/datasets/co-so-y-te.v2',
      { identifier: 'khác', title: { vi: 'Cơ sở khám bệnh' } },
      { ...editor, 'If-Match': '*' },
    );
    const after = await ckan.result<Package>('package_show', { id: sourceUuid });

    expect(after.title).toBe('Cơ sở khám bệnh');
    expect([after.id, after.name, after.metadata_created]).toEqual([
      before.id,
      before.name,
      before.metadata_created,
    ]);
    expect(after.metadata_modified > before.metadata_modified).toBe(true);
  });

  it('counts what was read, but for robots and HEAD', async () => {
    const total = async () => {
      const answer = await server.get('/api/v1/metrics?dataset=tuyen-xe-buyt');
      return ((await answer.json()) as { totals: { api: number } }).totals.api;
    };
    const before = await total();
    await ckan.result('package_show', { id: 'tuyen-xe-buyt' });
    await server.get('/api/v1/datasets/tuyen-xe-buyt');
    await server.send('HEAD', '/api/3/action/package_show?id=tuyen-xe-buyt');
    await server.get('/api/3/action/package_show?id=tuyen-xe-buyt', {
      'User-Agent': 'Googlebot/2.1',
    });

    expect(await total()).toBe(before + 2);
  });

  it.each([
    ['/dataset/UUID', 301, '/dataset/co-so-y-te.v2'],
    [
      '/dataset/UUID.ttl?profiles=euro_dcat_ap_3',
      301,
      '/dataset/co-so-y-te.v2.ttl?profiles=euro_dcat_ap_3',
    ],
    ['/en/dataset/UUID', 301, '/en/dataset/co-so-y-te.v2'],
    ['/dataset/NAME', 301, '/dataset/co-so-y-te.v2'],
    ['/dataset/UUID/resource/RESOURCE', 302, '/dataset/tuyen-xe-buyt#tuyen-xe-buyt-csv'],
    [
      '/dataset/UUID/resource/RESOURCE/download/bus.csv',
      302,
      '/download/tuyen-xe-buyt-csv/bus.csv',
    ],
    ['/datasets/r/RESOURCE', 302, '/download/tuyen-xe-buyt-csv'],
    ['/organization/so-y-te', 301, '/agency/so-y-te'],
    ['/group/heal', 301, '/dataset?theme=HEAL'],
  ])('leads from %s on', async (path, status, target) => {
    const { resources } = await ckan.result<Package>('package_show', { id: 'tuyen-xe-buyt' });
    const { name } = await ckan.result<Package>('package_show', { id: sourceUuid });
    const address = path
      .replace('UUID', sourceUuid)
      .replace('NAME', name)
      .replace('RESOURCE', resources[0]?.id ?? '');
    const answer = await server.get(address);

    expect([answer.status, answer.headers.get('Location')]).toEqual([
      status,
      `${server.baseURL}${target}`,
    ]);
  });

  it('leaves addresses of nothing to the others', async () => {
    const paths = [
      '/dataset/00000000-0000-4000-8000-000000000000',
      '/datasets/r/khong-co',
      '/organization/khong-co',
    ];
    const answers = await Promise.all(paths.map((path) => server.get(path)));

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it('has feeds of an organisation and a group by what CKAN calls them', async () => {
    const { owner_org } = await ckan.result<Package>('package_show', { id: sourceUuid });
    const paths = [`/feeds/organization/${owner_org}.atom`, '/feeds/group/heal.atom'];
    const feeds = await Promise.all(paths.map(async (path) => (await server.get(path)).text()));

    for (const feed of feeds) expect(feed.match(/<entry>/g)).toHaveLength(1);
  });
});
