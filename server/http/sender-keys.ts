import { keyedHash } from '../../catalog/access/keyed-hash.ts';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { createDailySalts } from '../../catalog/usage/daily-salts.ts';
import { networkOf } from '../../catalog/usage/visitor-key.ts';

/** Gives the key of a network address for today, which nobody can turn back. */
export type SenderKeys = (address: string) => Promise<string>;

/** Under the salt of the day, which all processes share and which is destroyed after it: no address is ever kept. */
export function createSenderKeys(deps: {
  readonly database: Database;
  readonly clock: Clock;
}): SenderKeys {
  const salts = createDailySalts(deps.database);
  return async (address) => {
    const now = deps.clock();
    const salt = await salts.of(localDate(now));
    await salts.destroyOld(now);
    return keyedHash(salt, 'sender', networkOf(address));
  };
}
