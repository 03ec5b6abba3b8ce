import { type Clock, later } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { Database, Tx } from '../storage/database.ts';
import { throttleRepository } from './throttle-repository.ts';

/** Where something comes from, as far as that is told. */
export interface Sender {
  /** A key of the network address that nobody can turn back, another one each day. */
  readonly key: string;
  /** What is in the form once and never again; absent: it came without a form of ours. */
  readonly formNonce?: string;
}

export interface ThrottleDeps {
  readonly database: Database;
  readonly clock: Clock;
}

/** How often in how long. */
interface Limit {
  readonly most: number;
  readonly perMs: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** From one network, which may be a whole school behind one address. */
const limits = {
  submission: { most: 20, perMs: hourMs },
  support: { most: 60, perMs: hourMs },
  /** The same request. */
  'support-one': { most: 10, perMs: dayMs },
  usefulness: { most: 60, perMs: hourMs },
  /** The same dataset. */
  'usefulness-one': { most: 5, perMs: dayMs },
} as const satisfies Readonly<Record<string, Limit>>;

/** Something that is limited, and for which one of several: `support-one` of a request. */
export interface Throttled {
  readonly limit: keyof typeof limits;
  readonly of?: string;
}

/**
 * Refuses before anything is written: a flood costs reads alone.
 *
 * @throws {CatalogError} `throttled` / `too-many-submissions`; `conflict` / `form-sent-already`
 */
export async function assertRoom(
  sender: Sender,
  wanted: readonly Throttled[],
  { database, clock }: ThrottleDeps,
): Promise<void> {
  const now = clock();
  const repository = throttleRepository(database.current);
  for (const each of wanted) {
    const held = await repository.find(keyOf(sender, each), now);
    if (held && held.count >= limits[each.limit].most) throw tooMany(now, held.expiresAt);
  }
  const { formNonce } = sender;
  if (formNonce !== undefined && (await repository.find(formKey(formNonce), now))) {
    throw sentAlready();
  }
}

/**
 * Counts in the transaction that does what is counted: what is refused later was not counted.
 *
 * @throws as `assertRoom`, when several came at once
 */
export async function countSubmission(
  tx: Tx,
  sender: Sender,
  wanted: readonly Throttled[],
  now: string,
): Promise<void> {
  const repository = throttleRepository(tx);
  await repository.sweep(now);
  for (const each of wanted) {
    const { most, perMs } = limits[each.limit];
    const expiresAt = later(now, perMs);
    if ((await repository.count(keyOf(sender, each), expiresAt)) > most) {
      throw tooMany(now, expiresAt);
    }
  }
  const { formNonce } = sender;
  if (formNonce === undefined) return;
  if ((await repository.count(formKey(formNonce), later(now, dayMs))) > 1) throw sentAlready();
}

function keyOf({ key }: Sender, { limit, of = '' }: Throttled): string {
  return [limit, of, key].join(' ');
}

function formKey(nonce: string): string {
  return `form ${nonce}`;
}

function tooMany(now: string, until: string): CatalogError {
  const retryAfter = Math.max(1, Math.ceil((Date.parse(until) - Date.parse(now)) / 1000));
  const minutes = Math.ceil(retryAfter / 60);
  const detail: Message = {
    vi: `Từ mạng này đã gửi quá nhiều; hãy thử lại sau ${minutes} phút.`,
    en: `Too much was sent from this network; try again in ${minutes} minutes.`,
  };
  return new CatalogError('throttled', 'too-many-submissions', detail, { retryAfter });
}

function sentAlready(): CatalogError {
  return new CatalogError('conflict', 'form-sent-already', {
    vi: 'Biểu mẫu này đã được gửi rồi; muốn gửi thêm thì mở biểu mẫu mới.',
    en: 'This form was sent already; to send something else, open a new one.',
  });
}
