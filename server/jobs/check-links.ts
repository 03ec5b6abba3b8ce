import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../catalog/kernel/clock.ts';
import {
  isSuccess,
  type LinkCheck,
  linkCheckRepository,
} from '../../catalog/quality/link-check-repository.ts';
import { qualityRepository } from '../../catalog/quality/quality-repository.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { askAddress } from './ask-address.ts';
import type { AskOptions } from './guarded-request.ts';

export interface CheckLinksDeps {
  readonly database: Database;
  readonly baseURL: string;
  readonly clock: Clock;
}

export interface CheckLinksOptions {
  /** What was asked in the last so many hours is left alone. */
  readonly olderThanHours: number;
  /** At most so many addresses. */
  readonly limit: number;
  readonly ask?: Partial<AskOptions>;
  /** Between two requests to one host. */
  readonly pauseMs?: number;
}

export interface LinksChecked {
  readonly asked: number;
  readonly answered: number;
  /** Those that did not answer with 200 to 299. */
  readonly failed: readonly LinkCheck[];
}

/** So many hosts at once, and one request at a time to each. */
const hostsAtOnce = 8;
const hourMs = 3_600_000;

/** Asks the addresses of published distributions that were not asked lately, and has their datasets scored again. */
export async function checkLinks(
  { database, baseURL, clock }: CheckLinksDeps,
  { olderThanHours, limit, ask = {}, pauseMs = 250 }: CheckLinksOptions,
): Promise<LinksChecked> {
  const before = new Date(Date.parse(clock()) - olderThanHours * hourMs).toISOString();
  const urls = await linkCheckRepository(database.read).due(before, limit, baseURL);
  const hosts = [...byHost(urls).values()];
  const options = { userAgent: `Khue (+${baseURL}; link check)`, ...ask };
  const checks: LinkCheck[] = [];
  const work = async (): Promise<void> => {
    for (let host = hosts.shift(); host; host = hosts.shift()) {
      for (const [index, url] of host.entries()) {
        if (index > 0) await sleep(pauseMs);
        const check = await askAddress(url, clock, options);
        await keep(check, database);
        checks.push(check);
      }
    }
  };
  await Promise.all(Array.from({ length: hostsAtOnce }, work));
  const failed = checks.filter(({ status }) => !isSuccess(status));
  return { asked: checks.length, answered: checks.length - failed.length, failed };
}

/** Each answer is kept as it comes: who stops the command has not asked in vain. */
async function keep(check: LinkCheck, database: Database): Promise<void> {
  const old = await linkCheckRepository(database.read).find(check.url);
  const datasets =
    old && old.status === check.status
      ? []
      : await linkCheckRepository(database.read).datasetsWith([check.url]);
  await database.transaction(async (tx) => {
    await linkCheckRepository(tx).save([check]);
    await qualityRepository(tx).forgetMoment(datasets);
  });
}

function byHost(urls: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const hosts = new Map<string, string[]>();
  for (const url of urls) {
    const host = URL.canParse(url) ? new URL(url).host : '';
    hosts.set(host, [...(hosts.get(host) ?? []), url]);
  }
  return hosts;
}
