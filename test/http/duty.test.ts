import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { localDate } from '../../catalog/kernel/clock.ts';
import { deliverMails } from '../../catalog/mail/deliver-mails.ts';
import { addDays } from '../../catalog/model/calendar.ts';
import { createSmtpSender } from '../../server/jobs/send-by-smtp.ts';
import { aDataset } from '../support/builders.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const password = 'bốn mùa hoa nở ven hồ';
const lan = 'lan@example.vn';

describe('duties in the workspace', () => {
  let mails: MailServer;
  let server: TestServer;
  let admin: WebClient;
  let editor: WebClient;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    mails = await startMailServer();
    server = await startServer(undefined, async () => ({
      SMTP_URL: mails.url,
      MAIL_FROM: 'Dữ liệu mở <mo@example.vn>',
    }));
    admin = await person('quan', { role: 'administrator' });
    editor = await person('lan', { role: 'editor', agency: 'so-xay-dung' });
    await person('mai', { role: 'editor', agency: 'so-xay-dung' });
    const inventory = { updateResponsibility: { officerEmail: lan } };
    await server.publish(aDataset({ id: 'buyt', inventory, modified: '2026-09-01' }));
    await registerDataset(aDataset({ id: 'cau', inventory }), operator, server.product);
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await mails.close();
  });

  async function person(name: string, grant: object): Promise<WebClient> {
    const input = { email: `${name}@example.vn`, name, grants: [grant] };
    ids.set(name, (await addAccount(input, password, operator, server.product)).id);
    const client = webClient(server);
    await client.signIn(input.email, password);
    return client;
  }
  const deliver = () =>
    deliverMails({
      ...server.product,
      send: createSmtpSender({
        url: mails.url,
        from: { name: 'Dữ liệu mở', address: 'mo@example.vn' },
        baseURL: server.baseURL,
      }),
    });
  const page = async (client: WebClient, path: string) => (await client.get(path)).text();

  it('say in words what is late, under “my work”', async () => {
    const home = await page(editor, '/workspace');

    expect(home).toMatch(/class="late">Quá hạn \d+ ngày/);
    expect(home).toContain('Cập nhật dữ liệu, hạn 01/10/2026');
    expect(home).toContain('href="/workspace/datasets/buyt"');
    expect(await page(editor, '/en/workspace')).toMatch(/\d+ days overdue/);
  });

  it('show what people report, beside what is due', async () => {
    const report = {
      dataset: 'buyt',
      type: 'outdated',
      description: { vi: 'Thiếu tuyến 09B từ tháng 10.' },
    };
    const sent = await server.send('POST', '/api/v1/feedback', report);
    expect(sent.status).toBeLessThan(300);

    const home = await page(editor, '/workspace');
    expect(home).toContain('id="work-inquiries"');
    expect(home).toContain('href="/workspace/inquiries/');
    expect(
      await page(await person('yte', { role: 'editor', agency: 'so-y-te' }), '/workspace'),
    ).not.toContain('id="work-inquiries"');
  });

  it('bring an invitation by mail, beside the page that shows its link', async () => {
    const shown = await admin.submit('/workspace/people', '/workspace/people', {
      name: 'Ngọc Ẩn',
      email: 'ngoc@example.vn',
      role: 'coordinator',
      agency: '',
    });
    expect(await shown.text()).toContain('đang được gửi qua thư tới ngoc@example.vn');
    await deliver();

    const mail = mails.mails.find(({ to }) => to.includes('ngoc@example.vn'));
    expect(mail?.headers.get('subject')).toBe('Mời vào không gian làm việc dữ liệu mở');
    const link = /https?:\/\/\S+\/workspace\/link\?key=\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    expect((await fetch(link)).status).toBe(200);
    // What was sent is not kept: the link in it would let somebody in.
    const kept = await server.product.database.read.selectFrom('mail').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain(link);
  });

  it('show administrators what did not go out, and try it again', async () => {
    await admin.submit('/workspace/people', '/workspace/people', {
      name: 'Không Ai',
      email: 'nobody@example.vn',
      role: 'coordinator',
      agency: '',
    });
    await deliver();
    const failed = await page(admin, '/workspace/mail?state=failed');
    expect(failed).toContain('No such user here');
    const retry = /action="([^"]+\/retry)"/.exec(failed)?.[1] ?? '';
    const again = await admin.submit('/workspace/mail', retry, {});
    expect(again.headers.get('Location')).toBe('/workspace/mail?done=mail-retry');
    expect(await page(admin, '/workspace/mail?state=failed')).toContain('Không có thư nào.');

    await admin.submit('/workspace/mail', '/workspace/mail/trial', {});
    await deliver();
    expect(mails.mails.map(({ headers }) => headers.get('subject'))).toContain(
      'Thư thử từ hệ thống dữ liệu mở',
    );
  });

  it('can be read by one’s own calendar program, until its address is revoked', async () => {
    await editor.submit('/workspace/notices', '/workspace/notices', { lang: 'en' });
    const made = await editor.submit('/workspace/notices', '/workspace/notices/calendar', {});
    const address = /value="([^"]+due\.ics[^"]*)"/.exec(await made.text())?.[1] ?? '';
    const answer = await fetch(address);
    const text = await answer.text();

    expect(answer.headers.get('Content-Type')).toContain('text/calendar');
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    expect(text.replace(/\r\n /g, '')).toContain('SUMMARY:Update of the data: Danh mục tuyến xe');
    expect(text).toContain('DTSTART;VALUE=DATE:20261001');
    await editor.submit('/workspace/notices', '/workspace/notices/calendar/revoke', {});
    expect((await fetch(address)).status).toBe(404);
    expect((await server.get('/workspace/due.ics?key=x')).status).toBe(404);
    expect((await server.get('/workspace/due.ics')).status).toBe(404);
  });

  it('pass on before an account is disabled, which says what would be left behind', async () => {
    const path = `/workspace/people/${ids.get('lan')}`;
    expect(await page(admin, path)).toContain('đang phụ trách 2 tập dữ liệu');
    const warned = await admin.submit(path, `${path}/disable`, {});
    expect(warned.status).toBe(422);
    const handover = `/workspace/handover?from=${encodeURIComponent(lan)}`;
    expect(await warned.text()).toContain(handover);

    const refused = await admin.submit(handover, handover, { scope: 'chosen', reason: '' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('Hãy chọn người nhận');
    const reason = 'Nghỉ từ 01/12/2026.';
    const to = ids.get('mai') ?? '';
    const done = await admin.submit(handover, handover, { scope: 'all', to, reason });
    expect(done.headers.get('Location')).toBe('/workspace/handover?done=handed-over');
    const audit = await page(admin, '/workspace/audit');
    expect(audit).toContain('Bàn giao');
    expect(audit).toContain(reason);
    expect((await admin.submit(path, `${path}/disable`, {})).status).toBe(303);
  });

  it('are due on days that can be asked for: a year ahead in a calendar, thirty days at work', async () => {
    const soon = addDays(localDate(server.product.clock()), 60);
    const release = { plan: soon.slice(0, 4), due: soon };
    const inventory = { release, updateResponsibility: { officerEmail: 'mai@example.vn' } };
    await registerDataset(aDataset({ id: 'den', inventory }), operator, server.product);
    const mai = webClient(server);
    await mai.signIn('mai@example.vn', password);
    const made = await mai.submit('/workspace/notices', '/workspace/notices/calendar', {});
    const address = /value="([^"]+due\.ics[^"]*)"/.exec(await made.text())?.[1] ?? '';

    expect(await (await fetch(address)).text()).toContain(soon.replaceAll('-', ''));
    const home = await page(mai, '/workspace');
    expect(home.slice(0, home.indexOf('id="work-drafts"'))).not.toContain('datasets/den"');
  });
});

describe('the next milestone of a promise, in the workspace', () => {
  it('is shown to whom it concerns', async () => {
    const server = await startServer();
    const person = async (name: string, grant: object) => {
      const email = `${name}@example.vn`;
      await addAccount({ email, name, grants: [grant] }, password, operator, server.product);
      const client = webClient(server);
      await client.signIn(email, password);
      return async (path: string) => (await client.get(path)).text();
    };
    const due = addDays(localDate(server.product.clock()), 65);
    const responsible = { updateResponsibility: { officerEmail: lan } };
    const inventory = { release: { plan: due.slice(0, 4), due }, ...responsible };
    await registerDataset(aDataset({ id: 'den', inventory }), operator, server.product);
    const officer = await person('lan', { role: 'editor', agency: 'so-xay-dung' });
    const other = await person('mai', { role: 'editor', agency: 'so-xay-dung' });

    const home = await officer('/workspace');
    const [, section = ''] = /id="work-milestones"([\s\S]*?)<\/section>/.exec(home) ?? [];
    expect(section).toContain('href="/workspace/datasets/den#work"');
    expect(section).toMatch(/Chuẩn bị dữ liệu: hạn \d{2}\/\d{2}\/\d{4}/);
    expect(await officer('/en/workspace')).toContain('Next milestones');
    expect(await other('/workspace')).not.toContain('id="work-milestones"');
    await server.close();
  });
});
