import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { offerSetUp } from '../../catalog/access/one-time-links.ts';
import { later } from '../../catalog/kernel/clock.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const password = 'trăng sáng đêm rằm tháng tám';
const other = 'sen hồ Tây nở tháng sáu';

describe.each(testDatabases())('the people on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let server: TestServer;
  let admin: WebClient;

  beforeAll(async () => {
    fresh = await create();
    server = await startServer(fresh.url);
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await fresh.drop();
  });

  it('begin with an administrator, who comes through a link that is good once', async () => {
    const first = await offerSetUp(server.product);
    const second = await offerSetUp(server.product);
    const fields = { name: 'An', email: 'an@example.vn', password };
    expect((await webClient(server).get(`/workspace/link?key=${first}`)).status).toBe(410);
    admin = webClient(server);
    const path = `/workspace/link?key=${second}`;
    const weak = await admin.submit(path, path, { ...fields, password: 'ngắn quá' });
    expect(weak.status).toBe(422);
    expect(await weak.text()).toContain('value="an@example.vn"');
    const made = await admin.submit(path, path, fields);

    expect([made.status, made.headers.get('Location')]).toEqual([303, '/workspace?done=welcome']);
    expect(await (await admin.get('/workspace?done=welcome')).text()).toContain('Chào mừng.');
    expect((await webClient(server).get(path)).status).toBe(410);
    expect(await offerSetUp(server.product)).toBeUndefined();
  });

  it('are invited by a link, and set their own password', async () => {
    const link = await invite('binh@example.vn');
    const client = webClient(server);
    const answer = await client.submit(link, link, { password: other });
    expect(answer.status).toBe(303);
    expect((await client.get('/workspace')).status).toBe(200);
    const again = await webClient(server).get(link);
    expect(again.status).toBe(410);
    expect((await webClient(server).signIn('binh@example.vn', other)).status).toBe(303);
  });

  it('lose their sessions and their old password when they use a new link', async () => {
    const first = await invite('chi@example.vn');
    const before = webClient(server);
    await before.submit(first, first, { password });
    const renewed = linkIn(
      await (
        await admin.submit('/workspace/people', `${await pageOf('chi@example.vn')}/link`, {})
      ).text(),
    );
    expect((await before.get('/workspace')).status).toBe(200);
    await webClient(server).submit(renewed, renewed, { password: other });

    expect((await before.get('/workspace')).status).toBe(303);
    expect((await webClient(server).signIn('chi@example.vn', password)).status).toBe(422);
    expect((await webClient(server).signIn('chi@example.vn', other)).status).toBe(303);
  });

  it('cannot come through a link a week later', async () => {
    const link = await invite('dung@example.vn');
    const at = later(server.product.clock(), -8 * 86_400_000);
    await server.product.database.transaction((tx) =>
      tx.updateTable('one_time_link').set({ expires_at: at }).execute(),
    );

    expect((await webClient(server).get(link)).status).toBe(410);
  });

  it.each([
    ['an editor without an agency', { role: ['editor'], agency: [''] }, 'cần một cơ quan'],
    ['an agency that is none', { role: ['editor'], agency: ['khong-co'] }, 'Không có cơ quan'],
    ['no role', { role: [''], agency: [''] }, 'ít nhất 1 mục'],
    ['no e-mail', { email: 'an', role: ['coordinator'], agency: [''] }, 'địa chỉ thư'],
    [
      'an e-mail that is taken',
      { email: 'AN@example.vn', role: ['coordinator'], agency: [''] },
      'Đã có tài khoản',
    ],
  ])('are not made with %s', async (_what, fields, says) => {
    const answer = await admin.submit('/workspace/people', '/workspace/people', {
      name: 'X',
      email: 'x@example.vn',
      ...fields,
    });

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(says);
  });

  it('always have an administrator', async () => {
    const page = await pageOf('an@example.vn');
    const disabled = await admin.submit(page, `${page}/disable`, {});
    const demoted = await admin.submit(page, page, {
      name: 'An',
      role: ['editor'],
      agency: ['so-y-te'],
    });

    expect([disabled.status, demoted.status]).toEqual([422, 422]);
    expect(await demoted.text()).toContain('quản trị viên cuối cùng');
    expect((await admin.get('/workspace/people')).status).toBe(200);
  });

  it('change what they may do from one request to the next', async () => {
    const link = await invite('em@example.vn');
    const client = webClient(server);
    await client.submit(link, link, { password: other });
    expect((await client.get('/workspace/tokens')).status).toBe(403);
    const page = await pageOf('em@example.vn');
    await admin.submit(page, page, { name: 'Em', role: ['approver'], agency: ['so-y-te'] });

    expect((await client.get('/workspace/tokens')).status).toBe(200);
    expect((await client.get('/workspace/people')).status).toBe(403);
    await admin.submit(page, `${page}/disable`, {});
    expect((await client.get('/workspace/tokens')).status).toBe(303);
  });

  it('stay disabled, also when they set a password at that very moment', async () => {
    const link = await invite('hai@example.vn');
    const page = await pageOf('hai@example.vn');
    const client = webClient(server);
    await Promise.all([
      client.submit(link, link, { password: other }),
      admin.submit(page, `${page}/disable`, {}),
    ]);

    expect(await (await admin.get(page)).text()).toContain('Bị khóa từ');
    expect((await client.get('/workspace')).status).toBe(303);
    expect((await webClient(server).signIn('hai@example.vn', other)).status).toBe(422);
  });

  it('change their password with the one they have, and stay signed in only here', async () => {
    await addAccount(
      { email: 'giang@example.vn', name: 'Giang', grants: [{ role: 'coordinator' }] },
      password,
      operator,
      server.product,
    );
    const here = webClient(server);
    const there = webClient(server);
    await here.signIn('giang@example.vn', password);
    await there.signIn('giang@example.vn', password);
    const path = '/workspace/account';
    const wrong = await here.submit(path, path, { current: 'không phải', password: other });
    const weak = await here.submit(path, path, { current: password, password: 'giang@example.vn' });
    const right = await here.submit(path, path, { current: password, password: other });

    expect([wrong.status, weak.status, right.status]).toEqual([422, 422, 303]);
    expect((await here.get('/workspace')).status).toBe(200);
    expect((await there.get('/workspace')).status).toBe(303);
  });

  async function invite(email: string): Promise<string> {
    const answer = await admin.submit('/workspace/people', '/workspace/people', {
      name: 'Người mới',
      email,
      role: ['editor', ''],
      agency: ['so-xay-dung', ''],
    });
    expect(answer.status).toBe(200);
    return linkIn(await answer.text());
  }

  /** The page of an account, from the list. */
  async function pageOf(email: string): Promise<string> {
    const html = await (await admin.get('/workspace/people')).text();
    const row = html.split('<tr').find((part) => part.includes(`>${email}<`)) ?? '';
    return /href="(\/workspace\/people\/[^"]+)"/.exec(row)?.[1] ?? '';
  }
});

function linkIn(html: string): string {
  return /value="[^"]*(\/workspace\/link\?key=[\w-]+)"/.exec(html)?.[1] ?? '';
}
