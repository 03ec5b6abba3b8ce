import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { mergePatch, reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import type { Role } from '../../catalog/model/lifecycle.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const password = 'lá rơi phố Phan Đình Phùng';

let server: TestServer;
let editor: WebClient;
let approver: WebClient;
let coordinator: WebClient;

beforeAll(async () => {
  server = await startServer();
  editor = await somebody('editor', 'so-xay-dung');
  approver = await somebody('approver', 'so-xay-dung');
  coordinator = await somebody('coordinator');
  const title = { vi: '=HYPERLINK("http://x") đường phố' };
  const { distribution: _none, ...bare } = aDataset({ id: 'ham', title: { vi: 'Hầm chui' } });
  await register(aDataset({ id: 'duong', title }));
  await register(aDataset({ id: 'cau', title: { vi: 'Cầu đường bộ' } }));
  await register(bare);
  await register(
    aDataset({ id: 'cau-y-te', publisher: 'so-y-te', title: { vi: 'Cầu, đường bộ' } }),
  );
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

async function register(record: DatasetRecord): Promise<void> {
  await registerDataset(record, operator, server.product);
}

const html = async (client: WebClient, path: string) => (await client.get(path)).text();
const rowsOf = (page: string) => [...page.matchAll(/id="line-([\w-]+)"/g)].map(([, id]) => id);
const stateOf = async (id: string) =>
  (await datasetRepository(server.product.database.current).find(id))?.state;

describe('the inventory’s table', () => {
  it.each([
    ['', ['ham', 'cau', 'duong']],
    ['?q=cau', ['cau']],
    ['?q=khong-co', []],
    ['?missing=distribution', ['ham']],
    ['?sort=title', ['duong', 'cau', 'ham']],
    ['?sort=priority', ['cau', 'duong', 'ham']],
    ['?state=published', []],
    ['?publisher=so-y-te', []],
    ['?state=nothing&due=nothing&sort=nothing', ['ham', 'cau', 'duong']],
    ['?page=9', []],
  ])('shows what %s asks for, of one’s own agencies', async (query, ids) => {
    const page = await html(editor, `/workspace/datasets${query}`);

    expect(rowsOf(page)).toEqual(ids);
  });

  it('shows the coordinator every agency’s', async () => {
    expect(rowsOf(await html(coordinator, '/workspace/datasets'))).toContain('cau-y-te');
  });

  it('comes as CSV, in which nothing is run as a formula', async () => {
    const answer = await editor.get('/workspace/datasets.csv?q=duong&sort=title');
    const csv = await answer.text();

    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(csv).toContain('\'=HYPERLINK(""http://x"") đường phố');
    expect(csv).toContain('Cầu đường bộ');
    expect(csv).not.toContain('Hầm chui');
    expect(csv).not.toContain('so-y-te');
  });
});

describe('what is done to many rows', () => {
  const bulk = (client: WebClient, fields: Readonly<Record<string, string | string[]>>) =>
    client.submit('/workspace/datasets', '/workspace/datasets/bulk', fields);

  it('is told row by row, with what is to be mended', async () => {
    const answer = await bulk(editor, { act: 'submit', id: ['cau', 'ham', 'cau-y-te'] });
    const page = await answer.text();

    expect(answer.status).toBe(200);
    expect(page).toContain('Đã làm xong 1 tập dữ liệu.');
    expect(page).toContain('2 tập dữ liệu chưa làm được');
    expect(page).toContain('Tệp, nguồn tải: ');
    expect(page).not.toContain('Cầu, đường bộ');
    expect(await Promise.all(['cau', 'ham', 'cau-y-te'].map(stateOf))).toEqual([
      'in-review',
      'draft',
      'draft',
    ]);
  });

  it('can be done to all that are found, and to nothing else', async () => {
    await bulk(approver, { act: 'return', reason: 'Xem lại.', all: '1', query: 'state=in-review' });

    expect(await stateOf('cau')).toBe('draft');
    const home = await html(editor, '/workspace');
    expect(home).toContain('Bị trả lại cho tôi');
    expect(home).toContain('/workspace/datasets/cau"');
  });

  it('puts somebody in charge, and moves the quarter', async () => {
    await bulk(editor, { act: 'officer', officer: 'Lê Lan', unit: '', id: ['cau', 'duong'] });
    await bulk(editor, { act: 'quarter', due: '2026-Q4', id: ['cau'] });
    const { read } = server.product.database;
    const { record } = (await datasetRepository(read).find('cau')) ?? {};

    expect(record?.inventory).toEqual({
      updateResponsibility: { officer: 'Lê Lan' },
      release: { due: '2026-Q4', plan: '2026' },
    });
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['nothing is selected', { act: 'submit' }, 'Chưa chọn tập dữ liệu nào'],
    ['no button was pressed', { id: 'cau' }, 'Hãy bấm một trong các nút'],
    ['nobody is named', { act: 'officer', id: 'cau' }, 'Hãy ghi cán bộ'],
  ])('is refused on the page when %s', async (_why, fields, words) => {
    const answer = await bulk(editor, fields);

    expect([answer.status, (await answer.text()).includes(words)]).toEqual([422, true]);
  });

  it('fails row by row for a return without a reason, and a quarter that is none', async () => {
    await bulk(editor, { act: 'submit', id: 'cau' });
    expect(await (await bulk(approver, { act: 'return', id: 'cau' })).text()).toContain('lý do');
    expect(await stateOf('cau')).toBe('in-review');
    const page = await (await bulk(editor, { act: 'quarter', due: 'mai', id: 'cau' })).text();
    expect(page).toContain('1 tập dữ liệu chưa làm được');
  });
});

describe('the desk of one dataset', () => {
  const desk = '/workspace/datasets/cau';

  it('says what is missing, each with a way to its field', async () => {
    const page = await html(editor, '/workspace/datasets/ham');

    expect(page).toContain('href="/workspace/datasets/ham/edit#f-distribution"');
    expect(page).not.toContain('action="/workspace/datasets/ham/submit"');
  });

  it('offers the acts that somebody may do, and no others', async () => {
    expect(await html(editor, desk)).not.toContain(`action="${desk}/approve"`);
    expect(await html(approver, desk)).toContain(`action="${desk}/approve"`);
  });

  it('tells of what may be the same; of another agency’s draft only whose it is', async () => {
    const page = await html(editor, desk);

    expect(page).toContain('Có thể trùng');
    expect(page).toContain('Sở Y tế');
    expect(page).not.toContain('Cầu, đường bộ');
    expect(await html(coordinator, desk)).toContain('Cầu, đường bộ');
  });

  it('does nothing to a revision that was not looked at, and shows the new one', async () => {
    const change = (record: unknown) => mergePatch(record, { version: '2' });
    await reviseDataset('cau', change, undefined, operator, server.product);
    const answer = await approver.submit(desk, `${desk}/approve`, { revision: '1' });

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Người khác vừa sửa');
    expect(await stateOf('cau')).toBe('in-review');
  });

  it('takes no act without a revision', async () => {
    expect((await approver.submit(desk, `${desk}/approve`, {})).status).toBe(422);
  });

  it('keeps what was typed when a reason is missing', async () => {
    const revision = /name="revision" value="(\d+)"/.exec(await html(approver, desk))?.[1] ?? '';
    const answer = await approver.submit(desk, `${desk}/return`, { revision, reason: ' ' });

    expect([answer.status, (await answer.text()).includes('<details open>')]).toEqual([422, true]);
  });

  it('keeps comments, about a field too, and runs nothing in them', async () => {
    const body = 'Xem <script>alert(1)</script> & cột “mã”.';
    const answer = await editor.submit(desk, `${desk}/comment`, { body, pointer: '/distribution' });
    expect(answer.headers.get('Location')).toBe(`${desk}?done=comment#comments`);
    const page = await html(approver, desk);

    expect(page).toContain('Xem &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toMatch(/Người editor<\/strong> <span>[^<]*<\/span> <span>Tệp, nguồn tải</);
    const empty = await editor.submit(desk, `${desk}/comment`, { body: ' ', pointer: '' });
    expect([empty.status, (await empty.text()).includes('aria-invalid')]).toEqual([422, true]);
  });

  it('plans the steps to a promised release, and what is needed before it', async () => {
    const desk = '/workspace/datasets/duong';
    expect(await html(editor, desk)).not.toContain('Mốc công việc');
    for (const [id, due] of [
      ['duong', '2099-Q4'],
      ['ham', '2099-Q3'],
    ] as const) {
      const promise = { inventory: { release: { plan: '2099', due } } };
      const change = (record: unknown) => mergePatch(record, promise);
      await reviseDataset(id, change, undefined, operator, server.product);
    }
    const planning = { planning: '1', 'due.clean': '2099-11-30', done: 'prepare' };
    const wrong = await editor.submit(desk, `${desk}/work`, { ...planning, dependsOn: 'ham-chui' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toMatch(
      /<details open>[\s\S]*value="prepare" checked[\s\S]*value="2099-11-30"[\s\S]*value="ham-chui"[\s\S]*Không có tập dữ liệu &#34;ham-chui/,
    );
    const right = await editor.submit(desk, `${desk}/work`, { ...planning, dependsOn: 'ham' });
    expect(right.headers.get('Location')).toBe(`${desk}?done=work#work`);

    const page = await html(editor, desk);
    expect(page).toMatch(/Chuẩn bị dữ liệu<\/strong>\s*<span class="count">xong ngày/);
    expect(page).toMatch(/Làm sạch, chuẩn hóa<\/strong>\s*<span class="count">hạn 30\/11\/2099/);
    expect(page).toMatch(/Hầm chui\s*<code>ham<\/code>\s*<span class="count">Quý III\/2099/);
  });

  it('shows its history to who works on it, and the audit to who may read of it', async () => {
    const audit = '/workspace/audit?subject=dataset%2Fcau';
    expect(await html(editor, desk)).toContain('Xem lại.');
    expect(await html(editor, desk)).not.toContain(audit);
    expect(await html(approver, desk)).toContain(audit);
  });
});
