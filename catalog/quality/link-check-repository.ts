import { sql } from 'kysely';
import type { Queryable } from '../storage/database.ts';
import type { LinkStatus } from './subject.ts';

/** One look at an address. */
export interface LinkCheck {
  readonly url: string;
  /** The HTTP status of the last answer; absent when there was none. */
  readonly status?: number;
  readonly checkedAt: string;
  /** Why there was no answer, in a word: `timeout`, `address-not-public`. */
  readonly error?: string;
}

/** A look that is kept, with how often in a row it was no success. */
export interface KeptLinkCheck extends LinkCheck {
  readonly failures: number;
}

const atOnce = 1000;

/** Every SQL statement that touches table `link_check`. */
export function linkCheckRepository(db: Queryable) {
  return {
    async find(url: string): Promise<KeptLinkCheck | undefined> {
      const row = await db
        .selectFrom('link_check')
        .selectAll()
        .where('url', '=', url)
        .executeTakeFirst();
      return (
        row && {
          url: row.url,
          checkedAt: row.checked_at,
          failures: row.failures,
          ...(row.status !== null && { status: row.status }),
          ...(row.error !== null && { error: row.error }),
        }
      );
    },

    /** What these addresses answered; those that nobody has asked yet are missing. */
    async statuses(urls: readonly string[]): Promise<ReadonlyMap<string, LinkStatus>> {
      const found = new Map<string, LinkStatus>();
      const asked = [...new Set(urls)];
      for (let at = 0; at < asked.length; at += atOnce) {
        const rows = await db
          .selectFrom('link_check')
          .select(['url', 'status', 'checked_at'])
          .where('url', 'in', asked.slice(at, at + atOnce))
          .execute();
        for (const { url, status, checked_at } of rows) {
          found.set(url, { url, checkedAt: checked_at, ...(status !== null && { status }) });
        }
      }
      return found;
    },

    /** Keeps looks, and counts those in a row that were no success. */
    async save(checks: readonly LinkCheck[]): Promise<void> {
      if (checks.length === 0) return;
      const rows = checks.map(({ url, status, checkedAt, error }) => ({
        url,
        status: status ?? null,
        checked_at: checkedAt,
        error: error ?? null,
        failures: isSuccess(status) ? 0 : 1,
      }));
      await db
        .insertInto('link_check')
        .values(rows)
        .onConflict((conflict) =>
          conflict.column('url').doUpdateSet((eb) => ({
            status: eb.ref('excluded.status'),
            checked_at: eb.ref('excluded.checked_at'),
            error: eb.ref('excluded.error'),
            failures: eb
              .case()
              .when('excluded.failures', '=', 0)
              .then(0)
              .else(eb('link_check.failures', '+', 1))
              .end(),
          })),
        )
        .execute();
    },

    /**
     * The addresses of published distributions that are to be asked: those never asked first, then the longest ago.
     *
     * @param before an RFC 3339 moment; what was asked since is left alone
     * @param own the origin of this catalogue, which need not ask itself
     */
    async due(before: string, limit: number, own: string): Promise<readonly string[]> {
      const addresses = db
        .selectFrom('distribution')
        .innerJoin('dataset', 'dataset.id', 'distribution.dataset_id')
        .where('dataset.state', '=', 'published');
      const rows = await db
        .selectFrom(
          addresses
            .select('access_url as url')
            .union(
              addresses
                .select((eb) => eb.ref('download_url').$notNull().as('url'))
                .where('download_url', 'is not', null),
            )
            .as('address'),
        )
        .leftJoin('link_check', 'link_check.url', 'address.url')
        .select('address.url as url')
        .where(sql<boolean>`substr(address.url, 1, ${own.length + 1}) <> ${`${own}/`}`)
        .where((eb) =>
          eb.or([
            eb('link_check.checked_at', 'is', null),
            eb('link_check.checked_at', '<', before),
          ]),
        )
        .orderBy((eb) => eb.fn.coalesce('link_check.checked_at', eb.val('')))
        .orderBy('address.url')
        .limit(limit)
        .execute();
      return rows.map(({ url }) => url);
    },

    /** The published datasets that have one of these addresses. */
    async datasetsWith(urls: readonly string[]): Promise<readonly string[]> {
      const found = new Set<string>();
      for (let at = 0; at < urls.length; at += atOnce) {
        const part = urls.slice(at, at + atOnce);
        const rows = await db
          .selectFrom('distribution')
          .innerJoin('dataset', 'dataset.id', 'distribution.dataset_id')
          .select('dataset.id as id')
          .distinct()
          .where('dataset.state', '=', 'published')
          .where((eb) => eb.or([eb('access_url', 'in', part), eb('download_url', 'in', part)]))
          .execute();
        for (const { id } of rows) found.add(id);
      }
      return [...found].sort();
    },
  };
}

/** Whether a status is one that the European assessment takes for available. */
export function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status <= 299;
}
