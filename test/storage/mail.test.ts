import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, later } from '../../catalog/kernel/clock.ts';
import { type Delivered, deliverMails, mostAttempts } from '../../catalog/mail/deliver-mails.ts';
import { type MailInput, mailRepository } from '../../catalog/mail/mail-repository.ts';
import { queueMails } from '../../catalog/mail/queue-mail.ts';
import { type Database, openDatabase } from '../../catalog/storage/database.ts';
import { createSmtpSender } from '../../server/jobs/send-by-smtp.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';

const start = '2026-11-27T01:00:00.000Z' as Instant;
const minute = 60_000;

describe.each(testDatabases())('mail on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let database: Database;
  let server: MailServer;
  let now = start;

  beforeAll(async () => {
    fresh = await create();
    database = openDatabase(fresh.url);
    await database.migrate();
    server = await startMailServer();
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await database.close();
    await fresh.drop();
  });
  beforeEach(async () => {
    now = start;
    server.mails.length = 0;
    await database.transaction((tx) => tx.deleteFrom('mail').execute());
  });

  const queue = (...mails: readonly Partial<MailInput>[]) =>
    database.transaction((tx) => queueMails(tx, mails.map(aMail), now));
  const deliver = (url = server.url): Promise<Delivered> =>
    deliverMails({
      database,
      clock: () => now,
      send: createSmtpSender({
        url,
        from: { name: 'Dữ liệu mở Hà Nội', address: 'mo@example.vn' },
        baseURL: 'https://data.example.vn',
      }),
    });
  const list = () => mailRepository(database.read).list(undefined, 10);

  it('arrives with its Vietnamese, and is kept without what it said', async () => {
    await queue({ subject: 'Đến hạn cập nhật: Bản đồ ngập úng', text: 'Chào chị Lữ Thị Ngọc.' });
    expect(await deliver()).toEqual({ sent: 1, delayed: 0, failed: 0, isServerAway: false });

    const [mail] = server.mails;
    expect(mail?.headers.get('subject')).toBe('Đến hạn cập nhật: Bản đồ ngập úng');
    expect(mail?.headers.get('from')).toBe('Dữ liệu mở Hà Nội <mo@example.vn>');
    expect(mail?.headers.get('to')).toBe('Nguyễn Thị Lan <lan@example.vn>');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.text.trim()).toBe('Chào chị Lữ Thị Ngọc.');
    expect(mail?.html).toContain('<p>Chào</p>');
    expect(await list()).toMatchObject([{ state: 'sent', sentAt: now, text: '', html: '' }]);
    expect(await deliver()).toMatchObject({ sent: 0 });
  });

  it('lets nobody add a header or a reader through a name or a title', async () => {
    const evil = 'Lan\r\nBcc: ai@example.vn\r\n\r\nMua ngay';
    await queue({ to: { email: 'lan@example.vn', name: evil }, subject: evil });
    await deliver();

    const [mail] = server.mails;
    expect(mail?.to).toEqual(['lan@example.vn']);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.headers.get('subject')).toBe('Lan Bcc: ai@example.vn Mua ngay');
    expect(mail?.text.trim()).toBe('Chào');
  });

  it('waits while the mail server is down, and goes out when it is up again', async () => {
    const down = await startMailServer();
    const port = Number(new URL(down.url).port);
    await down.close();
    await queue({}, { subject: 'Thư thứ hai' });

    expect(await deliver(down.url)).toMatchObject({ sent: 0, delayed: 1, isServerAway: true });
    expect((await list()).map(({ state }) => state)).toEqual(['queued', 'queued']);
    expect((await list()).some(({ lastError }) => lastError?.includes('ECONNREFUSED'))).toBe(true);
    const up = await startMailServer(port);
    // The first one rests a minute; the second has not been tried.
    expect(await deliver(up.url)).toMatchObject({ sent: 1 });
    now = later(now, minute);
    expect(await deliver(up.url)).toMatchObject({ sent: 1 });
    expect(up.mails.map(({ headers }) => headers.get('subject')).sort()).toEqual([
      'Nhắc việc',
      'Thư thứ hai',
    ]);
    await up.close();
  });

  it('rests longer after each attempt, and is given up in the end', async () => {
    await queue({});
    const rests: number[] = [];
    for (let attempt = 1; attempt < mostAttempts; attempt += 1) {
      await deliver('smtp://127.0.0.1:1');
      const [mail] = await list();
      rests.push((Date.parse(mail?.nextTryAt ?? '') - Date.parse(now)) / minute);
      now = later(mail?.nextTryAt ?? '', 0);
    }
    expect(rests).toEqual([1, 4, 16, 64, 256, 1024, 1440, 1440]);
    expect(await deliver('smtp://127.0.0.1:1')).toMatchObject({ failed: 1 });
    const [mail] = await list();
    expect(mail).toMatchObject({ state: 'failed', attempts: mostAttempts });

    await database.transaction((tx) => mailRepository(tx).retry(mail?.id ?? '', now));
    expect(await deliver()).toMatchObject({ sent: 1 });
  });

  it('is given up at once when the address is refused, without holding up the others', async () => {
    await queue({ to: { email: 'nobody@example.vn', name: 'Không ai' } }, {});

    expect(await deliver()).toMatchObject({ sent: 1, failed: 1, isServerAway: false });
    const failed = (await list()).find(({ state }) => state === 'failed');
    expect(failed?.lastError).toContain('No such user here');
  });

  it('is sent once, however many send at once', async () => {
    await queue(...Array.from({ length: 20 }, (_, at) => ({ subject: `Thư ${at}` })));
    const counts = await Promise.all([deliver(), deliver(), deliver()]);

    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(20);
    expect(new Set(server.mails.map(({ headers }) => headers.get('subject'))).size).toBe(20);
    expect(server.mails).toHaveLength(20);
  });

  it('of a process that died is taken over when its lease is over', async () => {
    await queue({});
    const until = later(now, 10 * minute);
    await database.transaction(async (tx) => {
      for (const mail of await mailRepository(tx).waiting(now)) {
        await mailRepository(tx).take(mail, until);
      }
    });

    expect(await deliver()).toMatchObject({ sent: 0 });
    now = until;
    expect(await deliver()).toMatchObject({ sent: 1 });
  });
});

function aMail(changes: Partial<MailInput>): MailInput {
  return {
    kind: 'reminder',
    to: { email: 'lan@example.vn', name: 'Nguyễn Thị Lan' },
    lang: 'vi',
    subject: 'Nhắc việc',
    text: 'Chào',
    html: '<p>Chào</p>',
    ...changes,
  };
}
