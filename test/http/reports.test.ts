import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { closeReport, digestOf } from '../../catalog/reports/close-report.ts';
import { reportFigures } from '../../catalog/reports/report-figures.ts';
import { type ClosedReport, reportRepository } from '../../catalog/reports/report-repository.ts';
import { scheduledReport } from '../../catalog/reports/report-schedule.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';
import { unzipTexts } from '../support/zip.ts';

const password = 'bốn mùa hoa nở ven hồ';

describe.each(testDatabases())('the reports on $name', ({ create }) => {
  let server: TestServer;
  let drop: () => Promise<void>;
  let coordinator: WebClient;

  beforeAll(async () => {
    const database = await create();
    drop = database.drop;
    server = await startServer(database.url);
    await server.publish(
      aDataset({ id: 'xong', inventory: { release: { plan: '2026', due: '2026-Q4' } } }),
    );
    await promise('tre', '=Trễ "hẹn" & <b>', { due: '2026-Q1' });
    await promise('bo', 'Đã bỏ', { due: '2026-Q2', dropped: 'Gộp vào tập khác' });
    const account = { email: 'dieu-phoi@example.vn', name: 'Điều phối' };
    await addAccount(
      { ...account, grants: [{ role: 'coordinator' }] },
      password,
      operator,
      server.product,
    );
    coordinator = webClient(server);
    await coordinator.signIn(account.email, password);
  });
  afterAll(async () => {
    await server.close();
    await drop();
  });

  function promise(id: string, vi: string, release: object) {
    const { distribution: _none, ...bare } = aDataset({ id, title: { vi } });
    const inventory = { openness: 'open', release: { plan: '2026', ...release } };
    return registerDataset({ ...bare, inventory, state: 'planned' }, operator, server.product);
  }

  const closed = async (path = '/api/v1/reports/2026') =>
    (await (await server.get(path)).json()) as ClosedReport;
  const close = (fields: Record<string, string>) =>
    coordinator.submit('/workspace/reports/2026', '/workspace/reports/2026', fields);

  it('are nobody’s but the coordinator’s until they are closed', async () => {
    for (const path of ['/report/2026', '/report/2026.docx', '/api/v1/reports/2026']) {
      expect((await server.get(path)).status).toBe(404);
    }
    const draft = await (await coordinator.get('/workspace/reports/2026')).text();

    expect(draft).toContain('Dự thảo');
    expect(draft).toContain('Gộp vào tập khác');
    expect(draft).toContain('Chưa bắt đầu chuẩn bị');
    expect(draft).toContain('/api/v1/evidence?measure=');
    expect(await (await coordinator.get('/workspace')).text()).toContain('/workspace/reports/2026');
  });

  it('keep what they said when they were closed, whatever happens to the data', async () => {
    const answer = await close({ version: '0', remarks: 'Đã làm.\nCần làm thêm.' });
    expect(answer.headers.get('location')).toContain('done=report');
    const before = await closed();
    expect(before).toMatchObject({ version: 1, remarks: { vi: 'Đã làm.\nCần làm thêm.' } });
    expect(before).not.toHaveProperty('closedBy');
    expect(before.figures.commitments.map(({ datasetId, status }) => [datasetId, status])).toEqual([
      ['tre', 'overdue'],
      ['bo', 'dropped'],
      ['xong', 'released-on-time'],
    ]);

    await promise('moi', 'Cam kết mới', { due: '2026-Q3' });

    expect(await closed()).toEqual(before);
    const { database } = server.product;
    const now = await reportFigures(scheduledReport('2026'), before.figures.asOf, database.read);
    expect(now.commitments).toHaveLength(4);
  });

  it('are corrected by a new version with a reason, and the old one stays', async () => {
    const refused = await close({ version: '1', remarks: '' });
    expect([refused.status, await refused.text()]).toEqual([
      422,
      expect.stringContaining('Hãy ghi lý do đính chính'),
    ]);
    const stale = await close({ version: '0', reason: 'Ai đó nhanh hơn', remarks: 'Lời đã gõ' });
    expect([stale.status, await stale.text()]).toEqual([
      422,
      expect.stringMatching(/vừa được người khác chốt[\s\S]*Lời đã gõ/),
    ]);

    await close({ version: '1', reason: 'Thiếu một cam kết' });

    expect((await closed()).figures.commitments).toHaveLength(4);
    expect(await closed()).toMatchObject({ version: 2, reason: 'Thiếu một cam kết' });
    const first = await closed('/api/v1/reports/2026?version=1');
    expect(first.figures.commitments).toHaveLength(3);
    expect((await server.get('/api/v1/reports/2026?version=3')).status).toBe(404);
    expect((await server.get('/api/v1/reports/2026?version=x')).status).toBe(400);
  });

  it('leave a mark of their figures in the audit', async () => {
    const { database } = server.product;
    const last = await reportRepository(database.read).find('2026');
    const audit = await (await coordinator.get('/workspace/audit.csv')).text();

    expect(last && audit.includes(digestOf(last.figures))).toBe(true);
  });

  it('are public as a page in both languages, a workbook and a text document', async () => {
    const page = await (await server.get('/report/2026')).text();
    expect(page).toContain('Kết quả thực hiện kế hoạch công bố dữ liệu mở năm 2026');
    expect(page).toContain('=Trễ &#34;hẹn&#34; &amp; &lt;b&gt;');
    expect(page).not.toContain('Điều phối');
    expect(await (await server.get('/en/report/2026')).text()).toContain('Result by criterion');
    expect(await (await server.get('/report')).text()).toContain('href="/report/2026"');

    const docx = await filesOf('/report/2026.docx');
    const text = docx.get('word/document.xml') ?? '';
    expect(text).toContain('BÁO CÁO');
    expect(text).toContain('Cam kết mới');
    expect(docx.get('word/_rels/document.xml.rels')).toContain('/api/v1/evidence?measure=');

    const xlsx = await filesOf('/report/2026.xlsx?version=1');
    const names = [...(xlsx.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]*)"/g)];
    expect(names.map(([, name]) => name)).toEqual([
      'Kết quả theo tiêu chí',
      'Tiến độ kế hoạch',
      'Trễ hạn và lý do',
      'Kết quả theo cơ quan',
      'Tiêu chí từng cơ quan',
    ]);
    expect([...xlsx.values()].join('')).not.toMatch(/<f[ >]/);
  });

  const filesOf = async (path: string) => {
    const answer = await server.get(path);
    expect(answer.headers.get('content-disposition')).toContain('bao-cao-2026');
    return unzipTexts(new Uint8Array(await answer.arrayBuffer()));
  };

  it('compare the years in the interim and the final one', async () => {
    const draft = await (await coordinator.get('/workspace/reports/interim-2027')).text();

    expect(draft).toContain('giai đoạn 2026–2027');
    expect((await coordinator.get('/workspace/reports/interim-2028')).status).toBe(404);
  });

  it('are closed by the coordinator alone', async () => {
    const editor = { name: 'e', grants: [{ role: 'editor', agency: 'so-y-te' }] } as const;

    await expect(closeReport('2026', {}, 2, editor, server.product)).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});
