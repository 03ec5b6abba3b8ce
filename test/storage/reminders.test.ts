import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount, disableAccount } from '../../catalog/access/manage-accounts.ts';
import { actorOfAccount } from '../../catalog/access/sessions.ts';
import { noticeSettingRepository } from '../../catalog/duty/notice-setting-repository.ts';
import { type News, noteSteps, tell } from '../../catalog/duty/notify.ts';
import { type Digest, remind } from '../../catalog/duty/remind.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import type { Instant } from '../../catalog/kernel/clock.ts';
import { mailRepository } from '../../catalog/mail/mail-repository.ts';
import type { Role } from '../../catalog/model/lifecycle.ts';
import { digestMail, newsMail } from '../../server/pages/duty-letters.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const password = 'bốn mùa hoa nở ven hồ';
const baseURL = 'https://data.example.vn';
const agency = 'so-xay-dung';

describe.each(testDatabases())('reminders on $name', ({ create }) => {
  let test: TestProduct;
  let now = '' as Instant;
  const accounts = new Map<string, Awaited<ReturnType<typeof addAccount>>>();

  beforeAll(async () => {
    test = await startProduct(create);
    await person('lan', 'editor', agency);
    await person('hung', 'approver', agency);
    await person('ha', 'coordinator');
    await person('duc', 'administrator');
    const inventory = { updateResponsibility: { officerEmail: 'Lan@example.vn' } };
    // Monthly, so due on 1/12/2026.
    await test.publish(aDataset({ id: 'buyt', inventory }));
  }, 60_000);
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.product.database.transaction(async (tx) => {
      for (const table of ['reminder', 'notice', 'mail', 'account_notice'] as const) {
        await tx.deleteFrom(table).execute();
      }
      await tx.deleteFrom('setting').where('name', '=', 'reminded-on').execute();
    });
  });

  async function person(name: string, role: Role, of?: string) {
    const input = {
      email: `${name}@example.vn`,
      name,
      grants: [{ role, ...(of && { agency: of }) }],
    };
    accounts.set(name, await addAccount(input, password, operator, test.product));
  }
  const account = (name: string) => {
    const found = accounts.get(name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  const deps = () => ({
    database: test.product.database,
    clock: () => now,
    writeDigest: (digest: Digest) => digestMail(digest, baseURL),
    writeNews: (news: News) => newsMail(news, baseURL),
  });
  /** At 08:00 in Hà Nội. */
  const on = (day: string, time = '01:00') => {
    now = `${day}T${time}:00.000Z` as Instant;
    return remind(deps());
  };
  const mails = async () =>
    (await mailRepository(test.product.database.read).list(undefined, 100)).map(
      ({ to, subject, text }) => ({ to: to.name, subject, text }),
    );
  const told = async () => (await mails()).map(({ to, subject }) => `${to}: ${subject}`).sort();

  it('go before, on and after the day: to the officer, then the approver, then the coordinator', async () => {
    const heard: string[] = [];
    for (let day = Date.parse('2026-10-25'); day <= Date.parse('2027-01-05'); day += 86_400_000) {
      const date = new Date(day).toISOString().slice(0, 10);
      const before = await told();
      await on(date);
      const after = await told();
      if (after.length > before.length) heard.push(date);
    }

    // A monthly dataset has no reminder thirty days ahead.
    expect(heard).toEqual([
      '2026-11-24',
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
      '2026-12-08',
      '2026-12-15',
    ]);
    expect(await told()).toEqual([
      'ha: Dữ liệu mở: 1 việc, 1 việc quá hạn',
      'hung: Dữ liệu mở: 1 việc, 1 việc quá hạn',
      'lan: Dữ liệu mở: 1 việc đến hạn',
      'lan: Dữ liệu mở: 1 việc đến hạn',
      'lan: Dữ liệu mở: 1 việc đến hạn',
      'lan: Dữ liệu mở: 1 việc, 1 việc quá hạn',
    ]);
  });

  it('go once a day from eight in the morning, whoever else reminds at the same time', async () => {
    expect(await on('2026-11-24', '00:59')).toBeUndefined();
    now = '2026-11-24T01:00:00.000Z' as Instant;
    const counts = await Promise.all([remind(deps()), remind(deps()), remind(deps())]);
    expect(counts.filter((count) => count !== undefined)).toEqual([1]);
    expect(await on('2026-11-24', '09:00')).toBeUndefined();
    expect(await told()).toHaveLength(1);
  });

  it('make good the days on which nobody reminded, with the last step that was reached', async () => {
    await on('2026-12-20');

    expect(await told()).toHaveLength(3);
    const [first] = (await mails()).filter(({ to }) => to === 'lan');
    expect(first?.text).toContain('Quá hạn 19 ngày');
    expect(first?.text).toContain(`${baseURL}/workspace/datasets/buyt`);
    await on('2026-12-21');
    expect(await told()).toHaveLength(3);
  });

  it('can be turned off, but not what is escalated, and come in the language one reads', async () => {
    const choose = (name: string, reminders: boolean) =>
      test.product.database.transaction((tx) =>
        noticeSettingRepository(tx).save(account(name).id, { lang: 'en', reminders }),
      );
    await choose('lan', false);
    await choose('hung', false);
    await on('2026-12-10');

    expect(await told()).toEqual(['hung: Open data: 1 thing, 1 overdue']);
    await choose('lan', true);
    await on('2026-12-11');
    expect(await told()).toHaveLength(1);
  });

  it('are one mail for a person, however much is due', async () => {
    await test.publish(aDataset({ id: 'cau', modified: '2026-10-29' }));
    await test.publish(aDataset({ id: 'den', modified: '2026-10-30' }));
    await on('2026-11-30');

    // Nobody is named for these two: they go to the editors of the agency.
    expect(await told()).toEqual(['lan: Dữ liệu mở: 3 việc, 1 việc quá hạn']);
    const [mail] = await mails();
    expect(mail?.text).toMatch(/Đã quá hạn[\s\S]*Đến hạn hôm nay[\s\S]*Sắp đến hạn/);
    for (const id of ['cau', 'den']) {
      await advanceDataset(id, 'withdraw', 'Trùng.', operator, test.product);
    }
  });

  it('go a step further up when the officer has left', async () => {
    await disableAccount(account('lan').id, operator, test.product);
    await on('2026-11-24');
    expect(await told()).toEqual(['hung: Dữ liệu mở: 1 việc đến hạn']);
    await test.product.database.transaction((tx) =>
      tx.updateTable('account').set({ disabled_at: null }).execute(),
    );
  });

  describe('of the workflow', () => {
    const product = () => ({
      ...test.product,
      clock: () => now,
      reflect: async (...[tx, changes, by]: Parameters<typeof test.product.reflect>) => {
        await test.product.reflect(tx, changes, by);
        await noteSteps(tx, changes, by);
      },
    });

    it('tell approvers of what is submitted, and its editor what became of it and why', async () => {
      now = '2026-11-27T03:00:00.000Z' as Instant;
      const lan = actorOfAccount(account('lan'));
      const hung = actorOfAccount(account('hung'));
      for (const id of ['ho-tay', 'ho-guom']) {
        await registerDataset(aDataset({ id }), lan, product());
        await advanceDataset(id, 'submit', undefined, lan, product());
      }
      expect(await tell(deps())).toBe(0);
      now = '2026-11-27T03:01:00.000Z' as Instant;
      expect(await tell(deps())).toBe(1);
      expect(await told()).toEqual(['hung: Dữ liệu mở: 2 tin về các tập dữ liệu']);

      await advanceDataset('ho-tay', 'return', 'Thiếu giấy phép.', hung, product());
      now = '2026-11-27T03:02:00.000Z' as Instant;
      await Promise.all([tell(deps()), tell(deps())]);
      const back = (await mails()).filter(({ to }) => to === 'lan');
      expect(back.map(({ subject }) => subject)).toEqual([
        'Trả lại để sửa: Danh mục tuyến xe buýt',
      ]);
      expect(back[0]?.text).toContain('Lý do: Thiếu giấy phép.');
    });

    it('tell nobody of what they did themselves, or of what did not happen', async () => {
      now = '2026-11-27T04:00:00.000Z' as Instant;
      const hung = actorOfAccount(account('hung'));
      await registerDataset(aDataset({ id: 'ho-bay-mau' }), hung, product());
      await advanceDataset('ho-bay-mau', 'submit', undefined, hung, product());
      const broken = {
        ...product(),
        reflect: async (...[tx, changes, by]: Parameters<typeof test.product.reflect>) => {
          await product().reflect(tx, changes, by);
          throw new Error('the database went away');
        },
      };
      await expect(
        advanceDataset('ho-bay-mau', 'approve', undefined, operator, broken),
      ).rejects.toThrow('went away');

      expect(await test.product.database.read.selectFrom('notice').selectAll().execute()).toEqual(
        [],
      );
    });
  });
});
