import { type Account, accountRepository } from '../access/account-repository.ts';
import { type Clock, later, localDate, startOfDay } from '../kernel/clock.ts';
import type { MailInput } from '../mail/mail-repository.ts';
import { queueMails } from '../mail/queue-mail.ts';
import { addDays } from '../model/calendar.ts';
import type { Database, Tx } from '../storage/database.ts';
import { settingRepository } from '../storage/setting-repository.ts';
import { dutyRepository, type ListedDuty } from './duty-repository.ts';
import {
  type NoticeSettings,
  noticeSettingRepository,
  usualSettings,
} from './notice-setting-repository.ts';
import { peopleAmong } from './people.ts';
import {
  earliestDays,
  isEscalation,
  type ReminderStep,
  reminderPlan,
  stepsToTake,
} from './reminder-plan.ts';
import { dutyKey, type Reminded, reminderRepository } from './reminder-repository.ts';

/** Something due, and why somebody hears of it today. */
export interface ReminderItem {
  readonly duty: ListedDuty;
  readonly step: ReminderStep;
}

/** All that somebody hears of in one day. */
export interface Digest {
  readonly account: Account;
  readonly settings: NoticeSettings;
  /** A date. */
  readonly today: string;
  /** In the order of the days they are due. */
  readonly items: readonly ReminderItem[];
}

export interface RemindDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly writeDigest: (digest: Digest) => MailInput;
}

const setting = 'reminded-on';
/** How long it is remembered what was reminded of for days that are past. */
const keptDays = 400;

/**
 * Once a day, from the time the plan names: puts one mail for each person into the queue with what they are to hear
 * today. The day, the steps and the mails are one transaction, so nobody hears twice, whoever else runs and whatever
 * stops half-way; and after days without a run the next one makes good what was left out.
 *
 * @returns how many mails; absent: it is not time, or it is done for today
 */
export async function remind(deps: RemindDeps): Promise<number | undefined> {
  const { database, clock } = deps;
  const now = clock();
  const today = localDate(now);
  if (now < remindersAt(today)) return undefined;
  if ((await settingRepository(database.current).find(setting)) === today) return undefined;
  return database.transaction(async (tx) => {
    if (!(await settingRepository(tx).advance(setting, today))) return undefined;
    const { digests, reminded } = await digestsOf(tx, today);
    const reminders = reminderRepository(tx);
    await reminders.add(reminded, today);
    await reminders.prune(addDays(today, -keptDays));
    await queueMails(tx, digests.map(deps.writeDigest), now);
    return digests.length;
  });
}

/** When reminders go out on a day. */
function remindersAt(today: string): string {
  const [hours = 0, minutes = 0] = reminderPlan.at.split(':').map(Number);
  return later(startOfDay(today), (hours * 60 + minutes) * 60_000);
}

async function digestsOf(
  tx: Tx,
  today: string,
): Promise<{ readonly digests: readonly Digest[]; readonly reminded: readonly Reminded[] }> {
  const duties = await dutyRepository(tx).list({ to: addDays(today, earliestDays) });
  const taken = await reminderRepository(tx).taken();
  const people = peopleAmong(await accountRepository(tx).list());
  const settings = await noticeSettingRepository(tx).all();
  const settingsOf = (account: Account) => settings.get(account.id) ?? usualSettings;
  const items = new Map<Account, ReminderItem[]>();
  const reminded: Reminded[] = [];
  for (const duty of duties) {
    for (const step of stepsToTake(duty, today, taken.get(dutyKey(duty)) ?? new Set())) {
      const addressees = people.addressees(duty, step.to);
      // Where nobody can be told, the step waits for somebody who can.
      if (addressees.length === 0) continue;
      const { datasetId, kind, due } = duty;
      reminded.push({ datasetId, kind, due, step: step.name });
      for (const account of addressees) {
        if (!isEscalation(step) && !settingsOf(account).reminders) continue;
        const own = items.get(account) ?? [];
        own.push({ duty, step });
        items.set(account, own);
      }
    }
  }
  const digests = [...items].map(([account, own]) => ({
    account,
    settings: settingsOf(account),
    today,
    items: withoutRepeats(own),
  }));
  return { digests, reminded };
}

/** Who hears of something in two ways hears it once, in the graver one. */
function withoutRepeats(items: readonly ReminderItem[]): readonly ReminderItem[] {
  return [...new Map(items.map((item) => [dutyKey(item.duty), item])).values()];
}
