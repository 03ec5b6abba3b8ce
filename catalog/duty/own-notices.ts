import { type Account, accountRepository } from '../access/account-repository.ts';
import { keyedHash, unguessable } from '../access/keyed-hash.ts';
import type { AccessDeps, Visitor } from '../access/sessions.ts';
import { recordAct } from '../audit/record-act.ts';
import { CatalogError } from '../kernel/errors.ts';
import { type NoticeSettings, noticeSettingRepository } from './notice-setting-repository.ts';

/** Keeps how somebody wants to be told, as they chose it. */
export async function chooseNotices(
  { account, actor }: Visitor,
  chosen: Pick<NoticeSettings, 'lang' | 'reminders'>,
  { database, clock }: AccessDeps,
): Promise<void> {
  await database.transaction(async (tx) => {
    const settings = noticeSettingRepository(tx);
    const { lang, reminders } = await settings.find(account.id);
    await settings.save(account.id, chosen);
    await recordAct(tx, {
      at: clock(),
      by: actor,
      act: 'account.choose-notices',
      subject: `account/${account.id}`,
      before: { lang, reminders },
      after: chosen,
    });
  });
}

/** Makes the secret of one's calendar, told once; an earlier one counts no more. */
export async function makeCalendar(visitor: Visitor, deps: AccessDeps): Promise<string> {
  const key = unguessable();
  await writeCalendarKey(visitor, hashOfKey(key, deps), 'account.make-calendar', deps);
  return key;
}

/** From now on nobody reads one's calendar. */
export async function revokeCalendar(visitor: Visitor, deps: AccessDeps): Promise<void> {
  await writeCalendarKey(visitor, null, 'account.revoke-calendar', deps);
}

/**
 * Whose calendar has this secret.
 *
 * @throws {CatalogError} `not-found` / `calendar-not-found`, also when its owner may not sign in any more
 */
export async function ownerOfCalendar(
  key: string,
  deps: AccessDeps,
): Promise<{ readonly account: Account; readonly settings: NoticeSettings }> {
  const db = deps.database.current;
  const settings = noticeSettingRepository(db);
  const id = await settings.ownerOfCalendar(hashOfKey(key, deps));
  const account = id === undefined ? undefined : await accountRepository(db).find(id);
  if (account && account.disabledAt === undefined) {
    return { account, settings: await settings.find(account.id) };
  }
  throw new CatalogError('not-found', 'calendar-not-found', {
    vi: 'Không có lịch ở địa chỉ này; hãy tạo địa chỉ mới ở mục Thư và lịch.',
    en: 'There is no calendar at this address; make a new one under Mail and calendar.',
  });
}

async function writeCalendarKey(
  { account, actor }: Visitor,
  hash: string | null,
  act: string,
  { database, clock }: AccessDeps,
): Promise<void> {
  await database.transaction(async (tx) => {
    await noticeSettingRepository(tx).saveCalendar(account.id, hash);
    await recordAct(tx, { at: clock(), by: actor, act, subject: `account/${account.id}` });
  });
}

function hashOfKey(key: string, { secret }: AccessDeps): string {
  return keyedHash(secret, 'calendar', key);
}
