import { randomUUID } from 'node:crypto';
import { type Account, accountRepository } from '../access/account-repository.ts';
import type { Actor } from '../access/actor.ts';
import { auditRepository } from '../audit/audit-repository.ts';
import { datasetRepository } from '../inventory/dataset-repository.ts';
import type { DatasetChange } from '../inventory/write-datasets.ts';
import { type Clock, later } from '../kernel/clock.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import type { MailInput } from '../mail/mail-repository.ts';
import { queueMails } from '../mail/queue-mail.ts';
import type { Database, Tx } from '../storage/database.ts';
import { dutiesOf } from './duties-of.ts';
import { type Notice, type NoticeKind, noticeRepository } from './notice-repository.ts';
import { type NoticeSettings, noticeSettingRepository } from './notice-setting-repository.ts';
import { type People, peopleAmong } from './people.ts';

/** What of the workflow somebody else waits to hear of. */
const tellingActs: Readonly<Record<string, NoticeKind>> = {
  submit: 'submitted',
  return: 'returned',
  approve: 'approved',
  'hand-over': 'handed-over',
};

/**
 * Notes whom to tell of a step of the workflow, in the transaction that takes it: approvers of what was submitted, and who
 * submitted it of what became of it. Nobody is told of what they did themselves.
 */
export async function noteSteps(
  tx: Tx,
  changes: readonly DatasetChange[],
  by: Actor | undefined,
): Promise<void> {
  const telling = changes.filter(({ act }) => act in tellingActs);
  if (telling.length === 0) return;
  const people = peopleAmong(await accountRepository(tx).list());
  for (const change of telling) {
    const told = await concerned(tx, change, people);
    const kind = tellingActs[change.act] ?? 'submitted';
    await noteFor(
      tx,
      told.filter(({ id }) => id !== by?.id),
      kind,
      change,
    );
  }
}

async function concerned(
  tx: Tx,
  { act, after }: DatasetChange,
  people: People,
): Promise<readonly Account[]> {
  const { id, publisher } = after.record;
  const approvers = people.having('approver', publisher);
  if (act === 'submit') return approvers.length > 0 ? approvers : people.having('coordinator');
  const [update] = dutiesOf(after);
  const officers = update ? people.addressees(update, 'officer') : [];
  if (act === 'hand-over') return officers;
  const filter = { subject: `dataset/${id}`, act: 'dataset.submit' };
  const [submitted] = await auditRepository(tx).list(filter, undefined, 1);
  const submitter = people.find(submitted?.actorId ?? '');
  return submitter ? [submitter] : officers;
}

async function noteFor(
  tx: Tx,
  told: readonly Account[],
  kind: NoticeKind,
  { after, reason }: DatasetChange,
): Promise<void> {
  await noticeRepository(tx).insert(
    told.map((account) => ({
      id: randomUUID(),
      accountId: account.id,
      kind,
      datasetId: after.record.id,
      ...(reason !== undefined && { reason }),
      at: after.changedAt,
    })),
  );
}

/** What waited for somebody to be told, as one letter. */
export interface News {
  readonly account: Account;
  readonly settings: NoticeSettings;
  readonly items: readonly (Notice & { readonly title: string })[];
}

export interface TellDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly writeNews: (news: News) => MailInput;
}

/** Who does several things in a minute is one letter to those who hear of them. */
const restMs = 60_000;
const atOnce = 100;

/**
 * Makes a mail for each person of what waits for them to be told. What is taken out of the table and the mail are one
 * transaction.
 *
 * @returns how many mails
 */
export async function tell({ database, clock, writeNews }: TellDeps): Promise<number> {
  const now = clock();
  const before = later(now, -restMs);
  const waiting = await noticeRepository(database.current).waiting(before, atOnce);
  for (const accountId of waiting) {
    await database.transaction(async (tx) => {
      const news = await newsOf(tx, accountId);
      if (news) await queueMails(tx, [writeNews(news)], now);
    });
  }
  return waiting.length;
}

/** Absent: somebody else was faster, or the account is disabled by now. */
async function newsOf(tx: Tx, accountId: string): Promise<News | undefined> {
  const notices = await noticeRepository(tx).take(accountId);
  const account = await accountRepository(tx).find(accountId);
  if (notices.length === 0 || !account || account.disabledAt !== undefined) return undefined;
  const settings = await noticeSettingRepository(tx).find(accountId);
  const datasets = await datasetRepository(tx).findMany(notices.map(({ datasetId }) => datasetId));
  const titleOf = (id: string) => pickLanguage(datasets.get(id)?.record.title, settings.lang).text;
  const items = notices.map((notice) => ({ ...notice, title: titleOf(notice.datasetId) }));
  return { account, settings, items };
}
