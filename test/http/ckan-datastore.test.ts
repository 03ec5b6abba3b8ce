import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDataset, aDistribution } from '../support/builders.ts';
import { ckanClient, type Package } from '../support/ckan.ts';
import { startServer, type TestServer } from '../support/server.ts';

const csv = `\ufeffMã;Tên tuyến;Số ghế;Ngày mở;Tên tuyến
01;Long Biên – Hà Đông;80;2001-05-01;A
02;"Bác Cổ; Bến xe Yên Nghĩa";60;2002-01-01;B
03;Bến xe Giáp Bát – Gia Lâm;80;;C

04;Long Biên – Nội Bài;;2010-12-31;D
`;

interface Table {
  readonly fields: readonly { readonly id: string; readonly type: string }[];
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly total: number;
  readonly _links: { readonly next: string };
}

describe('the DataStore', () => {
  let server: TestServer;
  let ckan: ReturnType<typeof ckanClient>;
  let id: string;

  beforeAll(async () => {
    server = await startServer();
    ckan = ckanClient(server);
    await server.publish(
      aDataset({
        distribution: [
          aDistribution(),
          aDistribution({ id: 'lien-ket', downloadURL: 'https://example.vn/x.csv' }),
          aDistribution({ id: 'hinh', format: 'PNG', mediaType: 'image/png' }),
        ],
      }),
    );
    const upload = async (distribution: string, body: string, type: string) => {
      const path = `/api/v1/datasets/tuyen-xe-buyt/distributions/${distribution}/file?filename=x.csv`;
      const headers = { ...(await server.as('coordinator')), 'Content-Type': type };
      return server.send('PUT', path, body, headers);
    };
    expect((await upload('tuyen-xe-buyt-csv', csv, 'text/csv')).status).toBe(200);
    expect((await upload('hinh', 'png', 'image/png')).status).toBe(200);
    const { resources } = await ckan.result<Package>('package_show', { id: 'tuyen-xe-buyt' });
    id = resources[0]?.id ?? '';
  });
  afterAll(() => server.close());

  const search = (parameters: Readonly<Record<string, string>>) =>
    ckan.result<Table>('datastore_search', { resource_id: id, ...parameters });

  it('is said of a resource that we hold as a table, and of no other', async () => {
    const { resources } = await ckan.result<Package>('package_show', { id: 'tuyen-xe-buyt' });

    expect(
      resources.map((one) => [one['datastore_active'], one['url_type'], one['resource_type']]),
    ).toEqual([
      [true, 'upload', 'file.upload'],
      [false, null, 'file'],
      [false, 'upload', 'file.upload'],
    ]);
  });

  it('tells the columns with their types, without a row when none is asked for', async () => {
    const table = await search({ limit: '0' });
    const info = await ckan.result<unknown>('datastore_info', { id });
    const fields = [
      { id: '_id', type: 'int' },
      { id: 'Mã', type: 'text' },
      { id: 'Tên tuyến', type: 'text' },
      { id: 'Số ghế', type: 'numeric' },
      { id: 'Ngày mở', type: 'timestamp' },
      { id: 'Tên tuyến_2', type: 'text' },
    ];

    expect(table).toMatchObject({ fields, records: [], total: 4, limit: 0 });
    expect(info).toMatchObject({ meta: { id, count: 4 }, fields });
  });

  it('gives rows as objects, numbers as numbers and nothing as null', async () => {
    const { records } = await search({ limit: '1', offset: '2' });

    expect(records).toEqual([
      {
        _id: 3,
        Mã: '03',
        'Tên tuyến': 'Bến xe Giáp Bát – Gia Lâm',
        'Số ghế': 80,
        'Ngày mở': null,
        'Tên tuyến_2': 'C',
      },
    ]);
  });

  it.each<readonly [Readonly<Record<string, string>>, readonly number[]]>([
    [{}, [1, 2, 3, 4]],
    [{ filters: '{"Số ghế": 80}' }, [1, 3]],
    [{ filters: '{"Mã": ["01", "04"], "Số ghế": ["80", null]}' }, [1, 4]],
    [{ filters: '{"_id": 2}' }, [2]],
    [{ q: 'long bien' }, [1, 4]],
    [{ q: 'bến giáp' }, [3]],
    [{ sort: 'Số ghế desc, Mã asc' }, [1, 3, 2, 4]],
    [{ sort: '"Ngày mở" desc' }, [4, 2, 1, 3]],
    [{ sort: 'Mã desc', limit: '2', offset: '1' }, [3, 2]],
  ])('finds with %j', async (parameters, expected) => {
    const { records, total } = await search(parameters);

    expect(records.map(({ _id }) => _id)).toEqual(expected);
    expect(total).toBe('limit' in parameters ? 4 : expected.length);
  });

  it('leads from page to page until nothing is left', async () => {
    const seen: unknown[] = [];
    let path = `/api/3/action/datastore_search?resource_id=${id}&limit=3`;
    for (;;) {
      const { result } = (await (await server.get(path)).json()) as { readonly result: Table };
      if (result.records.length === 0) break;
      seen.push(...result.records.map(({ _id }) => _id));
      path = result._links.next;
    }

    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('gives only the columns that are asked for, in other shapes too', async () => {
    const only = { fields: 'Số ghế,Mã', limit: '2' };
    const shapes = await Promise.all(
      ['lists', 'csv', 'tsv'].map(
        async (format) => (await search({ ...only, records_format: format })).records,
      ),
    );

    expect(shapes).toEqual([
      [
        [80, '01'],
        [60, '02'],
      ],
      '80,01\n60,02\n',
      '80\t01\n60\t02\n',
    ]);
  });

  it.each([
    [{ resource_id: 'khong-co' }, 404, 'Not Found Error'],
    [{ resource_id: 'lien-ket' }, 404, 'Not Found Error'],
    [{ resource_id: 'hinh' }, 404, 'Not Found Error'],
    [{ filters: '{"Màu": 1}' }, 409, 'Validation Error'],
    [{ filters: 'x' }, 409, 'Validation Error'],
    [{ sort: 'Màu desc' }, 409, 'Validation Error'],
    [{ fields: 'Màu' }, 409, 'Validation Error'],
    [{ limit: 'nhiều' }, 409, 'Validation Error'],
    [{ records_format: 'xml' }, 409, 'Validation Error'],
  ])('refuses %j with %i', async (parameters, status, type) => {
    const answer = await ckan.call('datastore_search', { resource_id: id, ...parameters });

    expect([answer.status, answer.body.error.__type]).toEqual([status, type]);
  });

  it('does not offer SQL', async () => {
    expect((await ckan.call('datastore_search_sql', { sql: 'select 1' })).status).toBe(400);
  });

  it.each([
    ['csv&fields=Mã,Số ghế&bom=true&limit=1', '\ufeffMã,Số ghế\n01,80\n'],
    ['tsv&fields=Mã,Số ghế&offset=3', 'Mã\tSố ghế\n04\t\n'],
    [
      'xml&fields=_id,Mã&limit=1',
      '<data>\n<row><_id>1</_id><value key="Mã">01</value></row>\n</data>\n',
    ],
  ])('is dumped as %s', async (query, expected) => {
    const answer = await server.get(`/datastore/dump/${id}?format=${query}`);

    expect(answer.headers.get('Content-Disposition')).toContain('attachment');
    expect(Buffer.from(await answer.arrayBuffer()).toString('utf8')).toBe(expected);
  });

  it('is dumped as JSON that can be parsed, whole', async () => {
    const answer = await server.get(`/datastore/dump/${id}?format=json`);
    const dump = (await answer.json()) as {
      readonly fields: unknown[];
      readonly records: unknown[][];
    };

    expect([dump.fields.length, dump.records.length]).toEqual([6, 4]);
    expect(dump.records[1]).toEqual([2, '02', 'Bác Cổ; Bến xe Yên Nghĩa', 60, '2002-01-01', 'B']);
  });
});
