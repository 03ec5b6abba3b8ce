import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, later } from '../../catalog/kernel/clock.ts';
import { isSuccess } from '../../catalog/quality/link-check-repository.ts';
import { checkedReuse } from '../../catalog/reuse/check-reuse.ts';
import { emailDays } from '../../catalog/reuse/email-days.ts';
import { inquiryRepository } from '../../catalog/reuse/inquiry-repository.ts';
import { linksIn, titleIn, withoutFragment } from '../../catalog/reuse/links-in.ts';
import { type Mention, mentionRepository } from '../../catalog/reuse/mention-repository.ts';
import { type Reuse, reuseRepository } from '../../catalog/reuse/reuse-repository.ts';
import type { Database } from '../../catalog/storage/database.ts';
import type { Logger } from '../log.ts';
import { fetchPage } from './fetch-page.ts';
import type { AskOptions } from './guarded-request.ts';

export interface CheckReusesDeps {
  readonly database: Database;
  readonly baseURL: string;
  readonly clock: Clock;
}

export interface ReusesChecked {
  readonly reuses: number;
  readonly mentions: number;
}

const dayMs = 24 * 3_600_000;
const mostAtOnce = 50;
const pauseMs = 60_000;

/**
 * Asks for the pages of reuses that were not asked for since yesterday, whether they answer and lead back here; and for
 * the pages that say they link to ours, whether they do. What does goes to the moderators. E-mails that nobody needs any
 * more are let go.
 */
export async function checkReuses(
  deps: CheckReusesDeps,
  ask: Partial<AskOptions> = {},
  isStopped: () => boolean = () => false,
): Promise<ReusesChecked> {
  const { database, baseURL, clock } = deps;
  const settled = later(clock(), -emailDays * dayMs);
  await database.transaction((tx) => inquiryRepository(tx).forgetEmails(settled));
  const options = { userAgent: `Khue (+${baseURL}; link check)`, ...ask };
  const mentions = await mentionRepository(database.current).list('received', mostAtOnce);
  const reuses = await reuseRepository(database.current).due(later(clock(), -dayMs), mostAtOnce);
  let checked = 0;
  for (const mention of mentions) {
    if (isStopped()) break;
    await checkMention(mention, deps, options);
  }
  for (const reuse of reuses) {
    if (isStopped()) break;
    await checkReuse(reuse, deps, options);
    checked += 1;
  }
  return { reuses: checked, mentions: mentions.length };
}

/** Checks in the background, a round a minute, until it is stopped. A round that fails is logged and tried again. */
export function startCheckingReuses(
  deps: CheckReusesDeps & { readonly log: Logger },
): () => Promise<void> {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        const done = await checkReuses(deps, {}, () => stopping.signal.aborted);
        if (done.reuses + done.mentions > 0) deps.log.info({ event: 'reuse.checked', ...done });
      } catch (error) {
        deps.log.error({ event: 'reuse.checking-failed', err: error });
      }
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}

async function checkReuse(
  reuse: Reuse,
  { database, baseURL, clock }: CheckReusesDeps,
  options: AskOptions,
): Promise<void> {
  const page = await fetchPage(reuse.record.url, options);
  const leadsBack = [...linksIn(page.html, reuse.record.url)].some(
    (link) => new URL(link).origin === baseURL,
  );
  const found = { at: clock(), isAnswered: isSuccess(page.status), leadsBack };
  const check = checkedReuse(reuse, found);
  await database.transaction(async (tx) => {
    await reuseRepository(tx).saveCheck(reuse.id, check);
    const isNews = check.deadSince !== reuse.deadSince || (leadsBack && !reuse.provenAt);
    if (isNews) await reuseRepository(tx).advanceVersion();
  });
}

async function checkMention(
  mention: Mention,
  { database, clock }: CheckReusesDeps,
  options: AskOptions,
): Promise<void> {
  const page = await fetchPage(mention.source, options);
  const isFounded = linksIn(page.html, mention.source).has(withoutFragment(mention.target));
  const title = titleIn(page.html);
  const { reason: _past, ...rest } = mention;
  const checked: Mention = {
    ...rest,
    state: isFounded ? 'proposed' : 'unfounded',
    checkedAt: clock(),
    ...(title !== undefined && { title }),
    ...(!isFounded && { reason: page.error ?? `status ${page.status}, no link` }),
  };
  await database.transaction((tx) => mentionRepository(tx).save(checked));
}
