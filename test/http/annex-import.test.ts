import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { projectRoot } from '../../catalog/kernel/project-root.ts';
import type { Role } from '../../catalog/model/lifecycle.ts';
import { anAgency } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { zipOf } from '../support/table-files.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const password = 'lá rơi phố Phan Đình Phùng';
const header = 'STT,Tên tập dữ liệu,Đơn vị chủ trì,Lộ trình công bố';

let server: TestServer;
let editor: WebClient;
let coordinator: WebClient;

beforeAll(async () => {
  server = await startServer();
  await server.product.database.transaction((tx) =>
    saveAgency(tx, anAgency({ id: 'so-y-te', name: { vi: 'Sở Y tế' } }), server.product.clock),
  );
  editor = await somebody('editor', 'so-xay-dung');
  coordinator = await somebody('coordinator');
}, 60_000);
afterAll(() => server.close());

async function somebody(role: Role, agency?: string): Promise<WebClient> {
  const email = `${role}@example.vn`;
  const grants = [{ role, ...(agency !== undefined && { agency }) }];
  await addAccount({ email, name: `Người ${role}`, grants }, password, operator, server.product);
  const client = webClient(server);
  await client.signIn(email, password);
  return client;
}

async function send(
  client: WebClient,
  bytes: Uint8Array | string,
  fileName = 'phụ lục.csv',
  plan = '2026',
): Promise<Response> {
  const form = new FormData();
  form.set('plan', plan);
  form.set('file', new File([bytes], fileName));
  return client.upload('/workspace/import', '/workspace/import', form);
}

const table = (...rows: readonly string[]): string => [header, ...rows].join('\n');
const pathOf = (answer: Response): string =>
  new URL(answer.headers.get('Location') ?? '', server.baseURL).pathname;
const html = async (client: WebClient, path: string) => (await client.get(path)).text();
const sealIn = (page: string) => /name="seal" value="([^"]+)"/.exec(page)?.[1] ?? '';
const datasetOf = (id: string) => datasetRepository(server.product.database.current).find(id);

describe('the import of an annex in the browser', () => {
  it('goes from the file over its corrections to the datasets, and back', async () => {
    const answer = await send(
      editor,
      table('1,Hầm đi bộ,Sở Xây dựng,Quý I/2026', '2,Bến xe,Sở XDựng,Quý II/2026'),
    );
    expect(answer.status).toBe(303);
    const path = pathOf(answer);
    const first = await html(editor, path);
    expect(first).toContain('phụ lục.csv');
    expect(first).toContain('không có cơ quan &#34;Sở XDựng&#34;');
    expect(await datasetOf('ham-di-bo')).toBeUndefined();

    const refused = await editor.submit(path, `${path}/commit`, { seal: sealIn(first) });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('Còn 1 dòng chưa nhận được');

    const mended = await editor.submit(path, `${path}/cells?show=refused`, {
      'cell/3/publisher': 'Sở Xây dựng',
    });
    expect(mended.headers.get('Location')).toContain('show=refused');
    const second = await html(editor, path);
    expect(second).toContain('Ghi 2 tập dữ liệu');

    const stale = await editor.submit(path, `${path}/commit`, { seal: sealIn(first) });
    expect(stale.status).toBe(422);
    expect(await stale.text()).toContain('vừa thay đổi');

    const done = await editor.submit(path, `${path}/commit`, { seal: sealIn(second) });
    expect(done.status).toBe(303);
    expect(await datasetOf('ben-xe')).toMatchObject({ state: 'planned' });
    expect(await html(editor, path)).toContain('Hoàn tác cả lượt nhập');

    await editor.submit(path, `${path}/undo`, {});
    expect(await datasetOf('ben-xe')).toBeUndefined();
    expect(await html(editor, path)).toContain('2 tập dữ liệu đã xóa');

    await editor.submit(path, `${path}/discard`, {});
    expect((await editor.get(path)).status).toBe(404);
  });

  it('shows a row with all its cells, what stood in the file, and leaves it out', async () => {
    const path = pathOf(await send(editor, table('1,Vỉa hè,Sở Xây dựng,31/2/2026')));
    const row = `${path}/rows/2`;
    expect(await html(editor, row)).toContain('không có trong lịch');

    await editor.submit(row, row, { 'cell/2/due': 'Quý IV/2026', row: '2' });
    const mended = await html(editor, row);
    expect(mended).toContain('Trong tệp: 31/2/2026');
    expect(mended).toContain('Tạo mới');

    await editor.submit(row, row, { row: '2', 'left/2': '1' });
    expect(await html(editor, path)).toContain('Không có gì để ghi');
    expect((await editor.get(`${path}/rows/99`)).status).toBe(404);
    expect((await editor.get(`${path}/rows/abc`)).status).toBe(404);
  });

  it('asks for the columns when it cannot tell them, and takes what it is told', async () => {
    const path = pathOf(await send(editor, 'A,B\nHồ Tây,Sở Xây dựng'));
    expect(await html(editor, path)).toContain('Chưa biết cột nào');

    const twice = await editor.submit(path, `${path}/columns`, {
      row: '1',
      'column/0': 'title',
      'column/1': 'title',
    });
    expect(twice.status).toBe(422);
    expect(await twice.text()).toContain('mỗi trường chỉ một cột');

    await editor.submit(path, `${path}/columns`, {
      row: '1',
      'column/0': 'title',
      'column/1': 'publisher',
    });
    expect(await html(editor, path)).toContain('Ghi 1 tập dữ liệu');
  });

  it('is for one’s own agencies; the coordinator sees every table', async () => {
    const path = pathOf(await send(editor, table('1,Bệnh viện,Sở Y tế,Quý I/2026')));
    const stranger = await somebody('approver', 'so-y-te');

    expect(await html(editor, path)).toContain('bạn chỉ nhập được cho cơ quan mình');
    expect((await stranger.get(path)).status).toBe(404);
    expect(await html(coordinator, path)).toContain('Ghi 1 tập dữ liệu');
    expect(await html(coordinator, '/workspace/import')).toContain('của Người editor');
    expect(await html(stranger, '/workspace/import')).not.toContain('Người editor');
  });

  it('gives the result of every row as CSV, in which nothing is run', async () => {
    const path = pathOf(await send(editor, table('1,=HYPERLINK(1),Sở Xây dựng,Quý I/2026')));
    const answer = await editor.get(`${path}/rows.csv`);

    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(await answer.text()).toContain("2,'=HYPERLINK(1),Sở Xây dựng,hyperlink-1,Tạo mới,");
  });

  it('speaks English', async () => {
    const path = pathOf(
      await send(editor, table('1,Đèn,Sở Không Có,Quý I/2026', '2,Cột,Sở Xây dựng,')),
    );
    const page = await html(editor, `/en${path}`);

    expect(page).toContain('there is no agency &#34;Sở Không Có&#34;');
    expect(page).toContain('Write without the 1 row that cannot be taken');
  });

  it('has an empty table to begin with, which it reads back', async () => {
    const template = Buffer.from(
      await (await editor.get('/workspace/import/template.xlsx')).arrayBuffer(),
    );
    const answer = await send(editor, template, 'phu-luc-mau.xlsx');

    expect(await html(editor, pathOf(answer))).toContain('nhận 14 trên 14 cột');
  });

  it('takes the demo’s annex as it is printed', async () => {
    const bytes = readFileSync(join(projectRoot, 'server/demo/content/phu-luc-2026.xlsx'));
    const page = await html(coordinator, pathOf(await send(coordinator, bytes, 'phu-luc.xlsx')));

    expect(page).toContain('nhận 8 trên 8 cột');
  });

  const merged = writeXlsx({
    sheets: [
      {
        name: 'A',
        rows: [header.split(','), [1, 'Cầu A', 'Sở Xây dựng', 'Quý I/2026'], [2, 'Cầu B']],
        cells: new Map([['1,0', { value: 1, formula: '0+1', formulaResult: 1 }]]),
        merges: [{ startRow: 1, startCol: 2, endRow: 2, endCol: 2 }],
      },
    ],
    vbaProject: new Uint8Array([1, 2, 3]),
  });

  it('says what it makes of macros, formulas and merged cells', async () => {
    const page = await html(editor, pathOf(await send(editor, await merged, 'a.xlsm')));

    expect(page).toContain('Tệp có macro');
    expect(page).toContain('1 ô công thức');
    expect(page).toContain('1 ô gộp nhiều dòng');
    expect(page).toContain('Ghi 2 tập dữ liệu');
  });

  const picture = () => readFileSync(join(projectRoot, 'views/assets/readme-roadmap.png'));
  const manyRows = () =>
    [header, ...Array.from({ length: 200_000 }, (_, at) => `${at},Tập ${at}`)].join('\n');

  it.each<[string, () => Uint8Array | string, string, string]>([
    ['no file', () => '', '', 'Hãy chọn tệp phụ lục'],
    ['an empty file', () => ' ', 'a.csv', 'không có dòng nào'],
    ['a picture', picture, 'a.png', 'hãy lưu lại dạng'],
    ['a PDF', () => '%PDF-1.7\n\u0001', 'a.csv', 'không phải bảng dữ liệu'],
    ['a text called a workbook', () => 'xin chào', 'a.xlsx', 'không phải bảng tính đọc được'],
    ['half a workbook', () => Buffer.from('PK\u0003\u0004half'), 'a.xlsx', 'không phải bảng tính'],
    [
      'a bomb',
      () => zipOf('xl/workbook.xml', Buffer.alloc(400_000_000), 100),
      'a.xlsx',
      'bung ra thành hơn 150 MB',
    ],
    ['200,000 rows', manyRows, 'a.csv', 'hơn 20000 dòng'],
    ['200 columns', () => 'a,'.repeat(200), 'a.csv', 'hơn 100 cột'],
  ])('refuses %s in clear words', async (_, content, fileName, words) => {
    const answer = await send(editor, content(), fileName);

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(words);
  });

  it('refuses a file that is too large, a year that is none, and a form of nobody', async () => {
    expect((await send(editor, Buffer.alloc(11_000_000), 'a.xlsx')).status).toBe(413);
    const wrongYear = await send(editor, table('1,A,B,'), 'a.csv', '26');
    expect(await wrongYear.text()).toContain('Hãy chọn kế hoạch theo năm');
    const nobody = webClient(server);
    expect((await nobody.get('/workspace/import')).status).toBe(303);
    const form = new FormData();
    form.set('file', new File(['x'], 'a.csv'));
    const foreign = await fetch(`${server.baseURL}/workspace/import`, {
      method: 'POST',
      body: form,
      headers: { Cookie: editor.cookie() },
    });
    expect(foreign.status).toBe(403);
  });
});
