import { readXlsx } from 'hucre/xlsx';
import { Parser } from 'n3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { readAnnex } from '../../catalog/exchange/annex/read-annex.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { decideProposals } from '../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { moveCommitment } from '../../catalog/plan/move-commitment.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { parseXml } from '../support/xml.ts';

describe.each(testDatabases())('the roadmap on $name', ({ create }) => {
  let server: TestServer;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const database = await create();
    drop = database.drop;
    server = await startServer(database.url);
    const planned = (id: string, vi: string, release: object) => {
      const { distribution: _none, ...bare } = aDataset({ id, title: { vi } });
      const inventory = { openness: 'open', note: 'nội bộ', release: { plan: '2030', ...release } };
      return registerDataset({ ...bare, inventory, state: 'planned' }, operator, server.product);
    };
    await planned('som', 'Dữ liệu; "sớm", và\\dài', { due: '2030-Q1' });
    await planned('muon', '=HYPERLINK("https://x.vn")', { due: '2030-Q4' });
    await planned('bo', 'Đã bỏ', { due: '2030-Q2', dropped: 'Gộp vào tập khác' });
    await server.publish(
      aDataset({ id: 'xong', inventory: { release: { plan: '2030', due: '2030-Q3' } } }),
    );
  });
  afterAll(async () => {
    await server.close();
    await drop();
  });

  const textOf = async (suffix: string) =>
    (await server.get(`/roadmap.${suffix}?year=2030`)).text();

  it('lists every commitment in the order of its due time, with what became of it', async () => {
    const roadmap = JSON.parse(await textOf('json')) as {
      commitments: { datasetId: string; status: string; dueDate: string }[];
    };

    expect(
      roadmap.commitments.map(({ datasetId, status, dueDate }) => [datasetId, status, dueDate]),
    ).toEqual([
      ['som', 'planned', '2030-03-31'],
      ['bo', 'dropped', '2030-06-30'],
      ['xong', 'released-on-time', '2030-09-30'],
      ['muon', 'planned', '2030-12-31'],
    ]);
  });

  it('is a table that no spreadsheet runs, with a mark for Excel', async () => {
    const bytes = new Uint8Array(await (await server.get('/roadmap.csv?year=2030')).arrayBuffer());
    const text = new TextDecoder().decode(bytes);

    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(text.trim().split('\n')).toHaveLength(5);
    expect(text).toContain('Quý IV/2030');
    expect(text).not.toMatch(/,"?=HYPERLINK/);
  });

  it('is a workbook of the same rows', async () => {
    const answer = await server.get('/roadmap.xlsx?year=2030');
    const workbook = await readXlsx(new Uint8Array(await answer.arrayBuffer()));

    expect(answer.headers.get('content-disposition')).toContain('lo-trinh-2030.xlsx');
    expect(workbook.sheets[0]?.rows).toHaveLength(5);
  });

  it('is a calendar as RFC 5545 writes it', async () => {
    const text = await textOf('ics');
    const lines = text.split('\r\n');

    expect(text).not.toMatch(/[^\r]\n/);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(4);
    expect(text.replaceAll('\r\n ', '')).toContain('SUMMARY:Dữ liệu\\; "sớm"\\, và\\\\dài');
    expect(text).toContain('DTSTART;VALUE=DATE:20300331');
  });

  it('is linked data of what is still to come, apart from the catalogue', async () => {
    const subjects = new Set(
      new Parser().parse(await textOf('ttl')).map(({ subject }) => subject.value),
    );

    expect([...subjects].sort()).toEqual(
      ['muon', 'som'].map((id) => `${server.baseURL}/dataset/${id}`),
    );
    expect(await (await server.get('/catalog/all.ttl')).text()).not.toContain('/dataset/som');
  });

  it('is a feed that tells what happened to each promise, of one agency when it is named', async () => {
    const text = await textOf('atom');
    const titles = [...text.matchAll(/<title xml:lang="vi">([^<]*)/g)].map(([, title]) => title);
    const ids = [...text.matchAll(/<id>([^<]*)/g)].map(([, id]) => id);

    expect(parseXml(text).name).toBe('feed');
    expect(titles[0]).toBe('Đã công bố đúng hạn: Danh mục tuyến xe buýt');
    expect(titles).toContain('Đưa ra khỏi kế hoạch: Đã bỏ');
    expect(text).toContain('Gộp vào tập khác');
    expect(new Set(ids).size).toBe(ids.length);
    const other = await server.get('/roadmap.atom?year=2030&agency=khong-co');
    expect(other.status).toBe(404);
    const own = await (await server.get('/roadmap.atom?year=2030&agency=so-xay-dung')).text();
    expect(own.match(/<entry>/g)).toHaveLength(titles.length);
    const calendar = await server.get('/roadmap.ics?year=2030&agency=so-xay-dung');
    expect((await calendar.text()).match(/BEGIN:VEVENT/g)).toHaveLength(4);
  });

  it('tells the public nothing but the commitment', async () => {
    for (const suffix of ['json', 'csv', 'ics', 'ttl', 'jsonld', 'nt', 'rdf']) {
      expect(await textOf(suffix)).not.toContain('nội bộ');
    }
    expect((await server.get('/dataset/som.ttl')).status).toBe(404);
    expect((await server.get('/api/v1/datasets/som')).status).toBe(404);
  });

  it.each(['json', 'csv', 'ics', 'ttl'])('answers 304 to the ETag of .%s', async (suffix) => {
    const { headers } = await server.get(`/roadmap.${suffix}?year=2030`);
    const again = await server.get(`/roadmap.${suffix}?year=2030`, {
      'If-None-Match': headers.get('etag') ?? '',
    });

    expect(again.status).toBe(304);
  });

  it('has an annex for the public once a decision issued the plan, without notes and what was dropped', async () => {
    const before = await server.get('/plan/2030/annex.xlsx');
    expect([before.status, await before.json()]).toMatchObject([
      404,
      { type: expect.stringContaining('plan-not-issued') },
    ]);
    const { product } = server;
    await savePlan('2030', { title: { vi: 'Kế hoạch 2030' } }, 0, operator, product);
    const accept = { act: 'accept', reason: '', into: '' } as const;
    await decideProposals('2030', ['som', 'muon', 'xong', 'bo'], accept, operator, product);
    await issuePlan('2030', { number: '12/QĐ-UBND', date: '2030-01-05' }, operator, product);

    const answer = await server.get('/plan/2030/annex.xlsx');
    const bytes = Buffer.from(await answer.arrayBuffer());
    const agencies = await agencyRepository(server.product.database.read).list();
    const read = readAnnex({
      bytes,
      fileName: 'pl.xlsx',
      plan: '2030',
      agencies: agencies.map(({ record }) => record),
    });
    const records = [];
    for await (const item of read) if ('record' in item) records.push(item.record);

    expect(answer.headers.get('content-disposition')).toContain('phu-luc-2030.xlsx');
    expect(
      records.map(({ id, title, inventory }) => [id, title['vi'], inventory?.release?.due]),
    ).toEqual([
      ['som', 'Dữ liệu; "sớm", và\\dài', '2030-Q1'],
      ['xong', 'Danh mục tuyến xe buýt', '2030-Q3'],
      ['muon', '=HYPERLINK("https://x.vn")', '2030-Q4'],
    ]);
    expect(records.some(({ inventory }) => inventory?.note !== undefined)).toBe(false);
    expect((await server.get('/plan/2030/annex.docx?version=1')).status).toBe(200);
    expect((await server.get('/plan/2030/annex.docx?version=2')).status).toBe(404);
    expect((await server.get('/plan/2030/annex.pdf')).status).toBe(404);
  });

  it('has pages that follow at once when somebody registers, moves or takes up a planned dataset', async () => {
    const { product } = server;
    const year = '2031';
    const page = async (path: string) =>
      (await server.get(`${path}${year}`, { Accept: 'text/html' })).text();
    const pages = async () => `${await page('/roadmap?year=')}${await page('/plan/')}`;
    expect(await pages()).not.toContain('Bãi đỗ xe');
    const inventory = { release: { plan: year, due: `${year}-Q1` } };
    const { distribution: _none, ...bare } = aDataset({ id: 'bai-do', title: { vi: 'Bãi đỗ xe' } });
    await registerDataset({ ...bare, inventory, state: 'planned' }, operator, product);
    const registered = await pages();
    expect(registered).toContain('Bãi đỗ xe');
    const move = { from: `${year}-Q1`, due: `${year}-Q3`, reason: 'Chờ nguồn.' };
    await moveCommitment(year, 'bai-do', move, operator, product);
    const moved = await pages();
    expect(moved).not.toBe(registered);
    const version = await product.database.version();
    const change = (record: object) => ({ ...record, description: { vi: 'Vị trí, sức chứa.' } });
    await reviseDataset('bai-do', change, undefined, operator, product);
    expect(await pages()).toContain('Đang chuẩn bị');
    const taken = await product.database.version();
    expect(taken).toBeGreaterThan(Number(version));
    await reviseDataset(
      'bai-do',
      (record) => ({ ...record, description: { vi: 'Vị trí.' } }),
      undefined,
      operator,
      product,
    );
    // What the roadmap does not show lets everything be remembered.
    expect(await product.database.version()).toBe(taken);
  });

  it('has a page of the plan as it stood on a day, with the same figures as CSV and JSON', async () => {
    const page = await (await server.get('/plan/2030', { Accept: 'text/html' })).text();
    const english = await (await server.get('/en/plan/2030', { Accept: 'text/html' })).text();
    const csv = await (await server.get('/plan/2030/progress.csv')).text();
    const progress = await (await server.get('/api/v1/plans/2030/progress')).json();

    expect(page).toContain('12/QĐ-UBND');
    expect(page).toContain('/plan/2030/annex.docx?version=1');
    expect(english).toContain('Plan for publishing open data in 2030');
    expect(csv).toContain('Toàn thành phố,3,1,1,0,0,2,1,100');
    expect(progress).toMatchObject({ year: '2030', total: { promised: 3, due: 1 } });
    expect(progress).not.toHaveProperty('commitments');
    const then = await server.get('/plan/2030?at=2026-01-01', { Accept: 'text/html' });
    expect(await then.text()).toContain('chưa được ban hành');
  });

  it.each(['2026-02-30', '2999-01-01', 'hôm qua', '2026-Q1'])(
    'says that %s is no day to ask about',
    async (at) => {
      const query = new URLSearchParams({ at });
      for (const path of ['/plan/2030', '/plan/2030/progress.csv', '/api/v1/plans/2030/progress']) {
        const answer = await server.get(`${path}?${query}`);
        expect(answer.status).toBe(400);
        expect(await answer.text()).toContain('parameter-malformed');
      }
    },
  );

  it('lists the decisions behind a plan, and each as it was frozen', async () => {
    const list = await (await server.get('/api/v1/plans/2030/versions')).json();
    const one = await server.get('/api/v1/plans/2030/versions/1');

    expect(list).toMatchObject({ year: '2030', items: [{ version: 1, entries: 4 }] });
    expect(await one.json()).toMatchObject({ version: 1, decision: { number: '12/QĐ-UBND' } });
    expect((await server.get('/api/v1/plans/2030/versions/2')).status).toBe(404);
    expect((await server.get('/api/v1/plans/2044/versions')).status).toBe(404);
    expect((await server.get('/plan/2044', { Accept: 'text/html' })).status).toBe(404);
  });

  it('leads who asks for RDF to the roadmap in that syntax', async () => {
    const answer = await fetch(`${server.baseURL}/plan/2030`, {
      headers: { Accept: 'text/turtle' },
      redirect: 'manual',
    });

    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `${server.baseURL}/roadmap.ttl?year=2030`,
    ]);
    expect((await server.get('/plan/20x6', { Accept: 'text/turtle' })).status).toBe(404);
    for (const type of ['text/turtle', 'application/ld+json', 'application/rdf+xml']) {
      const none = await server.get('/plan/2044', { Accept: type });
      expect([none.status, none.headers.get('content-type'), await none.json()]).toMatchObject([
        404,
        expect.stringContaining('application/problem+json'),
        { type: expect.stringContaining('plan-not-found') },
      ]);
    }
  });

  it('follows at once when an amendment moves a due time, in every form', async () => {
    const forms = ['json', 'csv', 'ics', 'xlsx'] as const;
    const read = async (form: string) =>
      Buffer.from(await (await server.get(`/roadmap.${form}?year=2030`)).arrayBuffer());
    const before = new Map<string, Buffer>();
    for (const form of forms) before.set(form, await read(form));
    const { product } = server;
    const move = { from: '2030-Q1', due: '2030-Q2', reason: 'Chờ nguồn.' };
    await moveCommitment('2030', 'som', move, operator, product);
    const amendment = { number: '20/QĐ-UBND', date: '2030-03-05', reason: 'Chờ nguồn.' };
    await issuePlan('2030', amendment, operator, product);

    expect(JSON.parse((await read('json')).toString())).toMatchObject({
      commitments: expect.arrayContaining([
        expect.objectContaining({ datasetId: 'som', due: '2030-Q2' }),
      ]),
    });
    for (const form of forms) expect(before.get(form)?.equals(await read(form)), form).toBe(false);
    const page = await (await server.get('/plan/2030', { Accept: 'text/html' })).text();
    expect(page).toContain('20/QĐ-UBND');
    expect(page).toContain('Chờ nguồn.');
  });
});
