import { describe, expect, it } from 'vitest';
import type { CommitmentStatus } from '../../../catalog/model/calendar.ts';
import type { Commitment } from '../../../catalog/plan/roadmap.ts';
import { publishedHistory } from '../../../catalog/publication/published-history.ts';
import { explainScore } from '../../../catalog/quality/explain-score.ts';
import { readSearchQuery } from '../../../catalog/search/search-query.ts';
import { datasetCard } from '../../../server/pages/dataset-card.ts';
import { type DatasetInput, datasetPage } from '../../../server/pages/dataset-page.ts';
import { developersPage } from '../../../server/pages/developers-page.ts';
import { homePage } from '../../../server/pages/home-page.ts';
import { nearestAddresses, wordsOfAddress } from '../../../server/pages/nearest-addresses.ts';
import { openApiPage } from '../../../server/pages/open-api-page.ts';
import { createPageContext } from '../../../server/pages/page-context.ts';
import { problemPage } from '../../../server/pages/problem-page.ts';
import { renderPage } from '../../../server/pages/render.ts';
import { roadmapPage } from '../../../server/pages/roadmap-page.ts';
import { searchPage } from '../../../server/pages/search-page.ts';
import { aDataset, aDistribution } from '../../support/builders.ts';

const page = { baseURL: 'https://data.example.vn', path: '/', asset: (name: string) => name };
const vietnamese = createPageContext('vi', page);
const english = createPageContext('en', page);
const agencies = new Map([
  ['so-xay-dung', { vi: 'Sở Xây dựng', en: 'Department of Construction' }],
  ['so-y-te', { vi: 'Sở Y tế' }],
  ['ban-dan-toc', { vi: 'Ban Dân tộc' }],
]);
const today = '2026-11-23';

const quality = {
  ...explainScore(aDataset(), {
    linkStatus: () => undefined,
    heldContent: () => undefined,
    conforms: () => true,
    today,
  }),
  history: [],
};

function shown(changes: Partial<DatasetInput> = {}): DatasetInput {
  return {
    record: aDataset(),
    changedAt: '2026-11-02T01:00:00.000Z',
    downloads: 0,
    quality,
    byMonth: [],
    heldFiles: new Map(),
    history: [],
    related: [],
    agencies,
    today,
    ...changes,
  };
}

function aCommitment(changes: Partial<Commitment> = {}): Commitment {
  return {
    datasetId: 'cay-xanh',
    title: { vi: 'Cây xanh đô thị' },
    publisher: 'so-xay-dung',
    due: '2026-Q3',
    dueDate: '2026-09-30',
    quarter: '2026-Q3',
    status: 'overdue',
    published: false,
    theme: [],
    formats: [],
    accessMethods: [],
    ...changes,
  };
}

describe('a dataset in a list', () => {
  const card = (record = aDataset(), context = vietnamese) =>
    datasetCard({ record, changedAt: '2026-11-02', downloads: 1 }, agencies, today, context);

  it('says the language of a title that is not the page’s', () => {
    const record = aDataset({ title: { vi: 'Cây xanh' } });

    const pieces = [{ text: 'Cây xanh', isHit: false }];
    expect(card(record, english).title).toEqual({ pieces, lang: 'vi' });
    expect(card(record).title).toEqual({ pieces });
  });

  it.each([
    { modified: '2026-11-01', accrualPeriodicity: 'MONTHLY', freshness: 'fresh' },
    { modified: '2026-10-22', accrualPeriodicity: 'MONTHLY', freshness: 'stale' },
    { modified: '2020-01-01', accrualPeriodicity: 'IRREG', freshness: undefined },
  ])('is $freshness when changed $modified and $accrualPeriodicity', ({ freshness, ...facts }) => {
    expect(card(aDataset(facts)).freshness).toBe(freshness);
  });

  it('counts one download as one', () => {
    expect(card(aDataset(), english).downloads).toBe('1 download');
    expect(card(aDataset()).downloads).toBe('1 lượt tải');
  });

  it('cuts a long description at a word', () => {
    const { pieces } = card(aDataset({ description: { vi: 'dữ liệu '.repeat(60) } })).description;
    const text = pieces.map((piece) => piece.text).join('');

    expect(text.length).toBeLessThanOrEqual(181);
    expect(text.endsWith('dữ…') || text.endsWith('liệu…')).toBe(true);
  });
});

describe('the page of a dataset', () => {
  it('marks what officials wrote as Vietnamese, on an English page only', () => {
    const record = aDataset({ inventory: { owner: 'Thành phố' } });
    const owner = (context: typeof english) =>
      datasetPage(shown({ record }), context).facts.flatMap(({ values }) =>
        values.filter(({ text }) => text === 'Thành phố'),
      );

    expect(owner(english)).toEqual([{ text: 'Thành phố', lang: 'vi' }]);
    expect(owner(vietnamese)).toEqual([{ text: 'Thành phố' }]);
  });

  it('offers a file of ours by its name, and names the host of somebody else’s', () => {
    const record = aDataset({
      distribution: [aDistribution({ id: 'mot' }), aDistribution({ id: 'hai' })],
    });
    const heldFiles = new Map([['mot', 'tuyến số 1?.csv']]);
    const [ours, theirs] = datasetPage(shown({ record, heldFiles }), vietnamese).files;

    expect(ours?.href).toBe(`/download/mot/${encodeURIComponent('tuyến số 1?.csv')}`);
    expect(ours?.host).toBeUndefined();
    expect(theirs?.href).toBe('/download/hai/bus.csv');
    expect(theirs?.host).toBe('example.vn');
  });

  it.each([
    { license: 'CC0', must: [], mayNot: [] },
    { license: 'CC_BY_4_0', must: ['Name the source'], mayNot: [] },
    { license: 'CC_BYSA_4_0', must: ['Share what was changed under the same licence'], mayNot: [] },
    { license: 'CC_BYNC_4_0', must: ['Name the source'], mayNot: ['Use it commercially'] },
    {
      license: 'CC_BYND_4_0',
      must: ['Name the source'],
      mayNot: ['Change it, and combine it with other data'],
    },
  ])('says what one must and may not do under $license', ({ license, must, mayNot }) => {
    const record = aDataset({ distribution: [aDistribution({ license })] });
    const terms = datasetPage(shown({ record }), english).licences[0]?.terms ?? [];
    const said = (name: string) => terms.find((term) => term.name === name)?.items ?? [];

    expect(said('must')).toEqual(expect.arrayContaining(must));
    expect(said('must').length === 0).toBe(must.length === 0);
    expect(said('mayNot')).toEqual(mayNot);
  });

  it('asks to read a licence that nobody has put into words', () => {
    const license = 'https://example.vn/giay-phep';
    const record = aDataset({ distribution: [aDistribution({ license })] });
    const [licence] = datasetPage(shown({ record }), english).licences;

    expect(licence).toMatchObject({ href: license, terms: [] });
    expect(licence?.advice).toContain('Read the licence');
  });

  it.each([
    { modified: '2026-11-01', accrualPeriodicity: 'MONTHLY', mark: 'fresh', says: 'On time' },
    {
      modified: '2026-01-01',
      accrualPeriodicity: 'MONTHLY',
      mark: 'stale',
      says: 'Overdue by 295 days',
    },
    {
      modified: '2026-10-22',
      accrualPeriodicity: 'MONTHLY',
      mark: 'stale',
      says: 'Overdue by 1 day:',
    },
    { modified: '2026-01-01', accrualPeriodicity: 'AS_NEEDED', mark: undefined, says: 'no date' },
  ])('says that it is $says', ({ modified, accrualPeriodicity, mark, says }) => {
    const record = aDataset({ modified, accrualPeriodicity });
    const { freshness } = datasetPage(shown({ record }), english);

    expect(freshness.mark).toBe(mark);
    expect(freshness.words).toContain(says);
  });

  it('tells changes in words, newest first, and nothing of what is not public', () => {
    const first = aDataset();
    const second = aDataset({
      title: { vi: 'Tên mới' },
      inventory: { owner: 'Khác' },
      distribution: [aDistribution({ byteSize: 1 }), aDistribution({ id: 'them' })],
    });
    const history = publishedHistory([
      { state: 'published', madeAt: '2026-11-20T00:00:00Z', record: second, isFirst: false },
      { state: 'published', madeAt: '2026-11-10T00:00:00Z', record: first, isFirst: false },
      { state: 'published', madeAt: '2026-11-01T00:00:00Z', record: first, isFirst: true },
    ]);

    expect(datasetPage(shown({ history }), english).history).toEqual([
      { date: '20 Nov 2026', words: '1 file added; 1 file replaced; changed title' },
      { date: '1 Nov 2026', words: 'First published' },
    ]);
  });

  it.each([
    {
      temporal: [{ startDate: '2020', endDate: '2025' }],
      ticks: [2020, 2021, 2022, 2023, 2024, 2025, 2026],
      bars: 1,
    },
    {
      temporal: [{ startDate: '2026-01-01', endDate: '2026-12-31' }],
      ticks: [2026, 2027],
      bars: 1,
    },
    {
      temporal: [{ startDate: '2024-05' }, { endDate: '2025-01-31' }],
      ticks: [2024, 2025, 2026, 2027],
      bars: 2,
    },
  ])('draws the years $ticks', ({ temporal, ticks, bars }) => {
    const drawn = datasetPage(shown({ record: aDataset({ temporal }) }), english).temporal;

    expect(drawn?.ticks.map(({ year }) => year)).toEqual(ticks);
    expect(drawn?.bars).toHaveLength(bars);
    for (const { x, width } of drawn?.bars ?? []) expect(x + width).toBeLessThanOrEqual(320);
  });

  it.each([
    {
      name: 'a place of the table',
      place: 'http://sws.geonames.org/1581130/',
      paths: 1,
      points: 0,
    },
    {
      name: 'a box',
      place: { bbox: 'POLYGON((105.8 21, 105.9 21, 105.9 21.1, 105.8 21.1, 105.8 21))' },
      paths: 1,
      points: 0,
    },
    { name: 'a centre', place: { centroid: 'POINT(105.85 21.03)' }, paths: 0, points: 1 },
    {
      name: 'latitude first, as EPSG has it',
      place: { centroid: '<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(21.03 105.85)' },
      paths: 0,
      points: 1,
    },
    {
      name: 'GeoJSON',
      place: { geometry: '{"type":"Point","coordinates":[105.85,21.03]}' },
      paths: 0,
      points: 1,
    },
  ])('draws where it is about: $name', ({ place, paths, points }) => {
    const drawn = datasetPage(shown({ record: aDataset({ spatial: [place] }) }), english).locator;

    expect(drawn?.paths).toHaveLength(paths);
    expect(drawn?.points).toHaveLength(points);
    expect(drawn?.city?.label).toBe('Hà Nội');
  });

  it.each(['POINT(900 21)', 'POINT(EMPTY)', '{"type":', 'x', '{"coordinates":[[[]]]}'])(
    'draws nothing for a geometry such as %s',
    (geometry) => {
      const record = aDataset({ spatial: [{ geometry }] });

      expect(datasetPage(shown({ record }), english).locator).toBeUndefined();
    },
  );

  it('says the licence beside each file only when they differ', () => {
    const files = (...licenses: string[]) => {
      const distribution = licenses.map((license, n) => aDistribution({ id: `f${n}`, license }));
      return datasetPage(shown({ record: aDataset({ distribution }) }), english).files;
    };

    expect(files('CC0', 'CC0').map(({ licence }) => licence)).toEqual([undefined, undefined]);
    expect(files('CC0', 'ODC_BY').every(({ licence }) => licence !== undefined)).toBe(true);
  });

  it('draws twelve months up to this one, empty ones too', () => {
    const byMonth = [{ period: '2026-11', count: 7 }];
    const { usage } = datasetPage(shown({ downloads: 7, byMonth }), vietnamese);

    expect(usage?.columns).toHaveLength(12);
    expect([usage?.first, usage?.last, usage?.most]).toEqual(['2025-12', '2026-11', 7]);
  });

  it('tells search engines what it tells people, and nothing in it ends its script', () => {
    const record = aDataset({ title: { vi: '</script><script>alert(1)</script>' } });
    const model = datasetPage(shown({ record }), vietnamese);
    const html = renderPage('dataset', model, { title: 'x' }, vietnamese);
    const said = JSON.parse(model.structuredData) as Record<string, unknown>;

    expect(said).toMatchObject({
      '@type': 'Dataset',
      '@id': 'https://data.example.vn/dataset/tuyen-xe-buyt',
      name: '</script><script>alert(1)</script>',
      license: 'https://creativecommons.org/licenses/by/4.0/',
      distribution: [{ contentUrl: 'https://data.example.vn/download/tuyen-xe-buyt-csv/bus.csv' }],
    });
    // One is the page's own, one holds the data.
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script/g)).toHaveLength(2);
  });

  it('stands with the least that a record can say', () => {
    const record = { id: 'it', title: { vi: 'Ít' }, publisher: 'la' };
    const html = renderPage(
      'dataset',
      datasetPage(shown({ record }), vietnamese),
      { title: 'Ít' },
      vietnamese,
    );

    expect(html).toContain('Tập dữ liệu này chưa có tệp nào.');
    expect(html).toContain('Chưa nêu giấy phép');
  });
});

describe('the roadmap', () => {
  const roadmap = {
    year: '2026',
    years: ['2026'],
    commitments: [
      aCommitment({ datasetId: 'a', publisher: 'so-y-te' }),
      aCommitment({ datasetId: 'b', publisher: 'ban-dan-toc', quarter: '2026-Q1' }),
      aCommitment({
        datasetId: 'c',
        status: 'released-late',
        releasedOn: '2026-10-20',
        published: true,
      }),
    ],
  };

  it('has agencies as rows by the alphabet and quarters as columns', () => {
    const { rows, quarters } = roadmapPage(roadmap, undefined, agencies, today, vietnamese);

    expect(rows.map(({ agency }) => agency.text)).toEqual([
      'Ban Dân tộc',
      'Sở Xây dựng',
      'Sở Y tế',
    ]);
    expect(quarters.map(({ label }) => label)).toEqual([
      'Quý I/2026',
      'Quý II/2026',
      'Quý III/2026',
      'Quý IV/2026',
    ]);
    expect(rows[0]?.cells.map(({ length }) => length)).toEqual([1, 0, 0, 0]);
    expect(quarters[2]?.kept).toBe('đã công bố 1/2');
  });

  it('keeps every agency to choose from when one is chosen', () => {
    const model = roadmapPage(roadmap, 'so-y-te', agencies, today, vietnamese);

    expect(model.rows).toHaveLength(1);
    expect(model.agencies).toHaveLength(3);
    expect(model.statuses).toEqual([{ status: 'overdue', label: 'Quá hạn', count: 1 }]);
  });

  it.each<{ changes: Partial<Commitment>; late: string | undefined }>([
    { changes: { status: 'overdue' }, late: '54 days late' },
    { changes: { status: 'released-late', releasedOn: '2026-10-01' }, late: '1 day late' },
    { changes: { status: 'released-on-time', releasedOn: '2026-09-01' }, late: undefined },
    { changes: { status: 'planned', dueDate: '2026-12-31' }, late: undefined },
  ])('says how late it is: $late', ({ changes, late }) => {
    const one = { ...roadmap, commitments: [aCommitment(changes)] };
    const { quarters } = roadmapPage(one, undefined, agencies, today, english);

    expect(quarters.flatMap(({ commitments }) => commitments)[0]?.late).toBe(late);
  });

  it('links to what is published and to nothing else', () => {
    const { quarters } = roadmapPage(roadmap, undefined, agencies, today, english);
    const all = quarters.flatMap(({ commitments }) => commitments);

    expect(all.filter(({ href }) => href).map(({ id }) => id)).toEqual(['c']);
    expect(all.find(({ id }) => id === 'c')?.href).toBe('/en/dataset/c');
  });

  it.each<{ status: CommitmentStatus; shape: string }>([
    { status: 'planned', shape: 'Theo kế hoạch' },
    { status: 'in-preparation', shape: 'Đang chuẩn bị' },
    { status: 'released-on-time', shape: 'Đúng hạn' },
    { status: 'released-late', shape: 'Công bố trễ' },
    { status: 'overdue', shape: 'Quá hạn' },
    { status: 'dropped', shape: 'Đã rút' },
  ])('says $status by a mark of its own and by a word', ({ status, shape }) => {
    const model = roadmapPage(
      { ...roadmap, commitments: [aCommitment({ status })] },
      undefined,
      agencies,
      today,
      vietnamese,
    );
    const html = renderPage('roadmap', model, { title: 'x' }, vietnamese);

    expect(html).toContain(`class="mark ${status}"`);
    expect(html).toContain(`<span class="status">${shape}</span>`);
  });
});

describe('a search', () => {
  const results = (query: string, found: { total?: number; hits?: number; page?: number } = {}) =>
    searchPage(
      {
        query: readSearchQuery(new URLSearchParams(query)),
        results: {
          total: found.total ?? 0,
          hits: Array.from({ length: found.hits ?? 0 }, () => ({
            record: aDataset(),
            changedAt: '2026-11-02',
            downloads: 0,
          })),
          facets: new Map([['theme' as const, [{ value: 'TRAN', count: 3 }]]]),
        },
        page: found.page ?? 1,
        pageSize: 20,
        agencies,
        today,
      },
      english,
    );

  it('lists values that are as frequent by the alphabet of the page', () => {
    const count = 2;
    const counts = ['so-y-te', 'so-xay-dung', 'ban-dan-toc'].map((value) => ({ value, count }));
    const page = searchPage(
      {
        query: readSearchQuery(new URLSearchParams()),
        results: { total: 0, hits: [], facets: new Map([['publisher' as const, counts]]) },
        page: 1,
        pageSize: 20,
        agencies,
        today,
      },
      vietnamese,
    );

    expect(page.facets[0]?.values.map(({ label }) => label)).toEqual([
      'Ban Dân tộc',
      'Sở Xây dựng',
      'Sở Y tế',
    ]);
  });

  it.each([
    { query: '', found: {}, words: 'no dataset in the catalogue', href: '/en/roadmap' },
    { query: 'q=xe', found: {}, words: 'matches these words', href: '/en/dataset' },
    { query: 'q=xe&theme=TRAN', found: {}, words: 'all the filters', href: '/en/dataset?q=xe' },
    { query: 'page=9', found: { total: 3, page: 9 }, words: 'no such page', href: '/en/dataset' },
  ])('says what to do when [$query] shows nothing', ({ query, found, words, href }) => {
    const { nothing } = results(query, found);

    expect(nothing?.words).toContain(words);
    expect(nothing?.action.href).toBe(href);
  });

  it('has a way to every filter and back', () => {
    const chosen = results('theme=TRAN', { total: 1, hits: 1 });
    const open = results('', { total: 1, hits: 1 });

    expect(open.facets[0]?.values[0]).toMatchObject({
      label: 'Transport',
      selected: false,
      href: '/en/dataset?theme=TRAN',
    });
    expect(chosen.facets[0]?.values[0]).toMatchObject({ selected: true, href: '/en/dataset' });
    expect(chosen.active).toEqual([{ label: 'Transport', href: '/en/dataset' }]);
    expect(chosen.nothing).toBeUndefined();
    expect(chosen.summary).toBe('1 dataset');
  });
});

describe('the other pages', () => {
  it('show the commitments of the current quarter on the home page', () => {
    const model = homePage(
      {
        recent: [],
        themes: [],
        publishers: [],
        totals: { datasets: 1, files: 2, downloads: 1234567 },
        commitments: [aCommitment(), aCommitment({ datasetId: 'q4', quarter: '2026-Q4' })],
        agencies,
        today,
      },
      english,
    );

    expect(model.commitments.map(({ id }) => id)).toEqual(['q4']);
    expect(model.counts.map(({ value, label }) => `${value} ${label}`)).toEqual([
      '1 dataset',
      '0 agencies',
      '2 files and APIs',
      '1,234,567 downloads',
    ]);
  });

  it.each([400, 404, 406, 410, 422, 500, 503])('say what to do about %i', (status) => {
    const type = 'https://data.example.vn/problem/some-code';
    const model = problemPage({ type, status, title: '' }, { words: '', similar: [] }, vietnamese);

    expect(model.help).not.toBe('');
    expect(model.ways.length).toBeGreaterThan(1);
    expect(model.code).toBe('some-code');
  });

  it.each([
    { asked: '/datasets', nearest: ['/dataset'] },
    { asked: '/agencys?x=1', nearest: ['/agency'] },
    { asked: '/datasets/xe-buyt', nearest: ['/dataset'] },
    { asked: '/Roadmap/', nearest: ['/roadmap'] },
    { asked: '/developer/api', nearest: ['/developers/api', '/developers'] },
    { asked: '/khong-co-gi', nearest: [] },
    { asked: '/', nearest: [] },
  ])('know what $asked was meant for', ({ asked, nearest }) => {
    expect(nearestAddresses(asked).map(({ path }) => path)).toEqual(nearest);
  });

  it.each([
    { asked: '/dataset/tuyen-xe-buyt.csv', words: 'tuyen xe buyt' },
    { asked: '/dataset/tuy%E1%BA%BFn_xe?x=1', words: 'tuyến xe' },
    { asked: '/dataset/%E1%BA', words: '' },
  ])('read words out of $asked', ({ asked, words }) => {
    expect(wordsOfAddress(asked)).toBe(words);
  });

  it('give developers lines that can be pasted', () => {
    const limit = { most: 1, windowSeconds: 60 };
    const { sections } = developersPage({ dataset: 'tuyen-xe-buyt' }, limit, vietnamese);
    const lines = sections.flatMap(({ code }) => code.split('\n'));

    expect(lines.every((line) => line.startsWith('curl '))).toBe(true);
    expect(lines.join()).toContain('/dataset/tuyen-xe-buyt.ttl');
  });

  it('follow the references of an OpenAPI document', () => {
    const document = {
      paths: {
        '/x': {
          get: {
            operationId: 'getX',
            summary: 'Gets X.',
            tags: ['x'],
            responses: { 404: { $ref: '#/components/responses/Problem' } },
          },
        },
      },
      components: {
        schemas: {},
        responses: {
          Problem: { content: { 'a/b': { schema: { $ref: '#/components/schemas/Problem' } } } },
        },
      },
    };
    const [operation] = openApiPage(document, new Map(), 'vi').groups[0]?.operations ?? [];

    expect(operation?.summary).toEqual({ text: 'Gets X.', lang: 'en' });
    expect(operation?.responses).toEqual([
      { status: '404', bodies: [{ mediaType: 'a/b', schema: 'Problem' }] },
    ]);
  });
});
