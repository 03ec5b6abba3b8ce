import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset, aDistribution } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Problem {
  readonly errors?: readonly {
    pointer: string;
    keyword: string;
    message: { vi: string; en: string };
  }[];
}

describe.each(testDatabases())('the API on $name', ({ create }) => {
  let server: TestServer;
  let drop: () => Promise<void>;
  let editor: Record<string, string>;
  let approver: Record<string, string>;
  let stranger: Record<string, string>;
  let coordinator: Record<string, string>;

  beforeAll(async () => {
    const database = await create();
    drop = database.drop;
    server = await startServer(database.url);
    editor = await server.as('editor', 'so-xay-dung');
    approver = await server.as('approver', 'so-xay-dung');
    stranger = await server.as('editor', 'so-y-te');
    coordinator = await server.as('coordinator');
  });
  afterAll(async () => {
    await server.close();
    await drop();
  });

  const act = (id: string, name: string, who: Record<string, string>, body?: unknown) =>
    server.send('POST', `/api/v1/datasets/${id}/${name}`, body, who);

  it('takes a dataset from registration to withdrawal', async () => {
    const created = await server.send('POST', '/api/v1/datasets', aDataset(), editor);
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe(`${server.baseURL}/api/v1/datasets/tuyen-xe-buyt`);
    expect(created.headers.get('etag')).toBe('"1"');
    expect(await created.json()).toMatchObject({ state: 'draft', revision: 1 });

    expect((await server.get('/api/v1/datasets/tuyen-xe-buyt')).status).toBe(404);
    expect((await server.get('/api/v1/datasets/tuyen-xe-buyt', stranger)).status).toBe(404);
    expect((await act('tuyen-xe-buyt', 'publish', editor)).status).toBe(409);
    expect((await act('tuyen-xe-buyt', 'submit', editor)).status).toBe(200);
    expect((await act('tuyen-xe-buyt', 'approve', editor)).status).toBe(403);
    expect((await act('tuyen-xe-buyt', 'return', approver, {})).status).toBe(422);
    const returned = await act('tuyen-xe-buyt', 'return', approver, { reason: 'Thiếu lộ trình' });
    expect(await returned.json()).toMatchObject({ state: 'draft', reason: 'Thiếu lộ trình' });
    await act('tuyen-xe-buyt', 'submit', editor);
    await act('tuyen-xe-buyt', 'approve', approver);
    expect(await (await act('tuyen-xe-buyt', 'publish', editor)).json()).toMatchObject({
      state: 'published',
    });
    expect(await (await server.get('/dataset/tuyen-xe-buyt.ttl')).text()).toContain(
      'a dcat:Dataset',
    );

    const patched = await server.send(
      'PATCH',
      '/api/v1/datasets/tuyen-xe-buyt',
      { title: { en: 'Bus lines' }, keyword: null },
      { ...editor, 'If-Match': '*', 'Content-Type': 'application/merge-patch+json' },
    );
    expect(await patched.json()).toMatchObject({
      title: { vi: 'Danh mục tuyến xe buýt', en: 'Bus lines' },
    });
    const turtle = await (await server.get('/dataset/tuyen-xe-buyt.ttl')).text();
    expect(turtle).toContain('"Bus lines"@en');
    expect(turtle).not.toContain('dcat:keyword');

    expect((await act('tuyen-xe-buyt', 'withdraw', approver, { reason: 'Đã gộp' })).status).toBe(
      200,
    );
    expect((await server.get('/dataset/tuyen-xe-buyt')).status).toBe(410);
    expect((await server.get('/dataset?q=buyt')).status).toBe(200);
  });

  it('gives back on a replacement what it was given, and refuses a lost race', async () => {
    const record = aDataset({ id: 'hai-nguoi' });
    await server.send('POST', '/api/v1/datasets', record, editor);
    const put = (changes: object, headers: Record<string, string>) =>
      server.send(
        'PUT',
        '/api/v1/datasets/hai-nguoi',
        { ...record, ...changes },
        { ...editor, ...headers },
      );

    expect((await put({}, {})).status).toBe(428);
    expect((await put({ title: { vi: 'Một' } }, { 'If-Match': '"1"' })).status).toBe(200);
    expect((await put({ title: { vi: 'Hai' } }, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await put({ id: 'khac' }, { 'If-Match': '"2"' })).status).toBe(409);

    const read = (await (await server.get('/api/v1/datasets/hai-nguoi', editor)).json()) as object;
    expect(read).toMatchObject({ title: { vi: 'Một' }, revision: 2 });
    expect(
      (
        await server.send('PUT', '/api/v1/datasets/hai-nguoi', read, {
          ...editor,
          'If-Match': '"2"',
        })
      ).status,
    ).toBe(200);
    const revisions = await (
      await server.get('/api/v1/datasets/hai-nguoi/revisions', editor)
    ).json();
    expect(revisions).toMatchObject({
      items: [{ revision: 3 }, { revision: 2 }, { revision: 1, act: 'register' }],
    });
  });

  it.each([
    {
      because: 'an address with spaces',
      change: { distribution: [aDistribution({ id: 'x', downloadURL: 'https://a b' })] },
      pointer: '/distribution/0/downloadURL',
      keyword: 'format',
    },
    {
      because: 'a script for an address',
      change: { distribution: [aDistribution({ id: 'x', accessURL: 'javascript:alert(1)' })] },
      pointer: '/distribution/0/accessURL',
      keyword: 'format',
    },
    {
      because: 'a date that does not exist',
      change: { issued: '2026-02-30' },
      pointer: '/issued',
      keyword: 'format',
    },
    {
      because: 'a theme of no table',
      change: { theme: ['NOPE'] },
      pointer: '/theme/0',
      keyword: 'enum',
    },
    {
      because: 'an agency that is unknown',
      change: { publisher: 'so-la' },
      pointer: '/publisher',
      keyword: 'agency',
    },
    { because: 'a wrong type', change: { title: 'Xe buýt' }, pointer: '/title', keyword: 'type' },
    { because: 'no title', change: { title: undefined }, pointer: '/title', keyword: 'required' },
    {
      because: 'a field that is none',
      change: { titel: 1 },
      pointer: '/titel',
      keyword: 'additionalProperties',
    },
    { because: 'an unknown state', change: { state: 'eaten' }, pointer: '/state', keyword: 'enum' },
    {
      because: 'a state that is not entered by writing',
      change: { state: 'published' },
      pointer: '/state',
      keyword: 'state',
    },
    {
      because: 'a closed dataset without a reason',
      change: { inventory: { openness: 'closed' } },
      pointer: '/inventory/legalBasis',
      keyword: 'required',
    },
    {
      because: 'an end before its start',
      change: { temporal: [{ startDate: '2026-01-01', endDate: '2025' }] },
      pointer: '/temporal/0/endDate',
      keyword: 'order',
    },
    {
      because: 'a control character',
      change: { title: { vi: 'a\u0001b' } },
      pointer: '/title/vi',
      keyword: 'format',
    },
  ])(
    'refuses $because, at its place and in both languages',
    async ({ change, pointer, keyword }) => {
      const record = { ...aDataset({ id: 'sai' }), ...change };
      const answer = await server.send('POST', '/api/v1/datasets', record, coordinator);
      const { errors } = (await answer.json()) as Problem;

      expect(answer.status).toBe(422);
      expect(errors).toContainEqual(
        expect.objectContaining({
          pointer,
          keyword,
          message: { vi: expect.any(String), en: expect.any(String) },
        }),
      );
      expect((await server.get('/api/v1/datasets/sai', coordinator)).status).toBe(404);
    },
  );

  it.each([
    { because: 'broken JSON', method: 'POST', path: '', body: '{', status: 400 },
    {
      because: 'a body of 11 MB',
      method: 'POST',
      path: '',
      body: JSON.stringify({ a: 'x'.repeat(11_000_000) }),
      status: 413,
    },
    { because: 'a list', method: 'POST', path: '', body: '[]', status: 422 },
    { because: 'an unknown state to filter by', method: 'GET', path: '?state=eaten', status: 400 },
    { because: 'a limit of nothing', method: 'GET', path: '?limit=0', status: 400 },
    { because: 'a cursor that is none', method: 'GET', path: '?cursor=%25', status: 400 },
  ])('answers $because with $status', async ({ method, path, body, status }) => {
    const answer = await server.send(method, `/api/v1/datasets${path}`, body, coordinator);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('problem+json');
  });

  it('asks who is there', async () => {
    const nobody = await server.send('POST', '/api/v1/datasets', aDataset({ id: 'ai-do' }));
    const wrong = await server.send('POST', '/api/v1/datasets', aDataset({ id: 'ai-do' }), {
      Authorization: 'Bearer x',
    });
    const other = await server.send(
      'POST',
      '/api/v1/datasets',
      aDataset({ id: 'ai-do' }),
      stranger,
    );

    expect([nobody.status, wrong.status, other.status]).toEqual([401, 401, 403]);
    expect(nobody.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('refuses an id, or a distribution, that is taken', async () => {
    await server.send('POST', '/api/v1/datasets', aDataset({ id: 'trung' }), editor);
    const same = await server.send('POST', '/api/v1/datasets', aDataset({ id: 'trung' }), editor);
    const file = aDataset({ id: 'trung-hai', distribution: [aDistribution({ id: 'trung-csv' })] });
    const taken = await server.send('POST', '/api/v1/datasets', file, editor);

    expect([same.status, taken.status]).toEqual([409, 409]);
    expect((await server.get('/api/v1/datasets/trung-hai', editor)).status).toBe(404);
  });

  it('does not tell the public who the officer is', async () => {
    const inventory = {
      updateResponsibility: {
        agency: 'so-xay-dung',
        unit: 'Phòng Vận tải',
        officer: 'Nguyễn Văn A',
        officerEmail: 'a.nguyen@example.vn',
      },
    };
    await server.publish(aDataset({ id: 'can-bo', inventory }));
    const open = await (await server.get('/api/v1/datasets/can-bo')).text();
    const own = await (await server.get('/api/v1/datasets/can-bo', editor)).text();
    const feed = await (await server.get('/dataset/can-bo.jsonld')).text();
    const page = await (await server.get('/dataset/can-bo')).text();

    for (const secret of ['Nguyễn Văn A', 'a.nguyen@example.vn']) {
      expect(own).toContain(secret);
      for (const seen of [open, feed, page]) expect(seen).not.toContain(secret);
    }
  });

  it('keeps a file, sends it whole and in parts, and counts as it says', async () => {
    const record = aDataset({
      id: 'co-tep',
      distribution: [aDistribution({ id: 'co-tep-csv' }), aDistribution({ id: 'co-tep-xa' })],
    });
    await server.publish(record);
    const upload = await server.send(
      'PUT',
      '/api/v1/datasets/co-tep/distributions/co-tep-csv/file?filename=xe%20buýt.csv',
      'a,b\n1,2\n',
      { ...editor, 'Content-Type': 'text/csv' },
    );
    expect(await upload.json()).toMatchObject({
      distribution: [
        { byteSize: 8, downloadURL: `${server.baseURL}/download/co-tep-csv/xe-buyt.csv` },
        {},
      ],
    });

    const path = '/download/co-tep-csv/xe-buyt.csv';
    const whole = await server.get(path);
    expect(await whole.text()).toBe('a,b\n1,2\n');
    expect(whole.headers.get('content-disposition')).toContain('attachment');
    const etag = whole.headers.get('etag') ?? '';
    expect((await server.get(path, { 'If-None-Match': etag })).status).toBe(304);
    expect((await server.send('HEAD', path)).status).toBe(200);
    await server.get(path, { 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' });
    const rest = await server.get(path, { Range: 'bytes=4-' });
    expect([rest.status, await rest.text()]).toEqual([206, '1,2\n']);
    const begin = await server.get(path, { Range: 'bytes=0-2' });
    expect([begin.status, await begin.text()]).toEqual([206, 'a,b']);
    const linked = await server.get('/download/co-tep-xa/bus.csv');
    expect([linked.status, linked.headers.get('location')]).toEqual([
      302,
      'https://example.vn/bus.csv',
    ]);

    const metrics = await (await server.get('/api/v1/metrics?dataset=co-tep&by=month')).json();
    expect(metrics).toMatchObject({
      totals: { download: 2 },
      raw: { download: 7 },
      removed: {
        'double-click': 1,
        head: 1,
        'not-modified': 1,
        'range-continuation': 1,
        robot: 1,
      },
      visitors: [{ count: 1 }],
      lost: 0,
    });
    const csv = await server.get('/api/v1/metrics?dataset=co-tep', { Accept: 'text/csv' });
    expect(await csv.text()).toMatch(
      /^day,kind,count,raw\n\d{4}-\d{2}-\d{2},download,2,7\n.*,visitor,1,\n$/,
    );
    expect(await (await server.get('/dataset/co-tep')).text()).toContain('2 lượt tải');
    expect((await server.get('/download/khong-co/x.csv')).status).toBe(404);
  });

  it('keeps the plan of a year for the coordinator', async () => {
    const plan = { title: { vi: 'Kế hoạch 2027' }, weights: { demand: 2, value: 1 } };

    expect((await server.get('/api/v1/plans/2027')).status).toBe(404);
    expect((await server.send('PUT', '/api/v1/plans/2027', plan, editor)).status).toBe(403);
    const first = await server.send('PUT', '/api/v1/plans/2027', plan, coordinator);
    expect([first.status, first.headers.get('etag')]).toEqual([201, '"1"']);
    expect((await server.send('PUT', '/api/v1/plans/2027', plan, coordinator)).status).toBe(428);
    const again = await server.send('PUT', '/api/v1/plans/2027', plan, {
      ...coordinator,
      'If-Match': '"1"',
    });
    expect(again.status).toBe(200);
    expect(
      (
        await server.send(
          'PUT',
          '/api/v1/plans/2027',
          { title: 1 },
          { ...coordinator, 'If-Match': '"2"' },
        )
      ).status,
    ).toBe(422);
  });

  it('shows on the roadmap what is planned, and nothing else of it', async () => {
    const inventory = {
      note: 'nội bộ',
      release: { plan: '2026', due: '2026-Q2', formats: ['CSV'] },
    };
    const { distribution: _none, ...bare } = aDataset({ id: 'sap-co' });
    const record = { ...bare, inventory, state: 'planned' };
    expect((await server.send('POST', '/api/v1/datasets', record, coordinator)).status).toBe(201);

    const roadmap = await (await server.get('/api/v1/roadmap?year=2026')).text();
    expect(roadmap).toContain('"datasetId":"sap-co"');
    expect(roadmap).not.toContain('nội bộ');
    for (const suffix of ['json', 'csv', 'xlsx', 'ics', 'ttl', 'jsonld']) {
      expect((await server.get(`/roadmap.${suffix}?year=2026`)).status).toBe(200);
    }
    expect(await (await server.get('/roadmap.ics')).text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(await (await server.get('/catalog.ttl')).text()).not.toContain('sap-co');
    expect((await server.get('/roadmap.pdf')).status).toBe(404);
    expect((await server.get('/roadmap?year=x')).status).toBe(400);
  });

  it('searches with and without diacritics', async () => {
    await server.publish(
      aDataset({ id: 'gia-dat', title: { vi: 'Bảng giá đất' }, keyword: { vi: ['đất đai'] } }),
    );
    for (const q of ['giá đất', 'gia dat', 'GIÁ ĐẤT', 'gia\u0301 đa\u0302\u0301t', 'dat dai']) {
      const page = await (await server.get(`/dataset?q=${encodeURIComponent(q)}`)).text();
      expect(page).toContain('/dataset/gia-dat');
    }
    const found = await (await server.get('/api/v1/datasets?q=gia+dat')).json();
    expect(found).toMatchObject({ items: [{ id: 'gia-dat' }] });
  });

  it.each([
    '"',
    "'; drop table dataset; --",
    '* OR NEAR(',
    '\ud800',
    ' ',
    '!!!',
    'x'.repeat(10_000),
    '<script>alert(1)</script>',
  ])('finds nothing worse than nothing for %j', async (q) => {
    const answer = await server.get(
      `/dataset?q=${q === '\ud800' ? '%ED%A0%80' : encodeURIComponent(q)}`,
    );

    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain('<script>alert');
  });

  it('validates without storing, JSON and Turtle', async () => {
    const json = await server.send('POST', '/api/v1/validate', {
      ...aDataset({ id: 'thu' }),
      issued: 'x',
    });
    expect(await json.json()).toMatchObject({ valid: false, errors: [{ pointer: '/issued' }] });
    await server.publish(aDataset({ id: 'goc' }));
    const turtle = await (await server.get('/dataset/goc.ttl')).text();
    const graph = await server.send('POST', '/api/v1/validate', turtle, {
      'Content-Type': 'text/turtle',
    });
    expect(await graph.json()).toMatchObject({
      valid: true,
      releasable: true,
      datasets: [{ id: 'goc' }],
    });
    const broken = await server.send('POST', '/api/v1/validate', '<a> <b>', {
      'Content-Type': 'text/turtle',
    });
    expect(broken.status).toBe(400);
  });

  it('tells the operator how it is', async () => {
    expect(await (await server.get('/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await server.get('/readyz')).json()).toEqual({ status: 'ready' });
    expect(await (await server.get('/metrics')).text()).toContain(
      'khue_datasets{state="published"}',
    );
    const openApi = (await (await server.get('/api/v1/openapi.json')).json()) as {
      openapi: string;
    };
    expect(openApi.openapi).toBe('3.1.0');
  });
});
