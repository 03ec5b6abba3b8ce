import { accountRepository } from '../../../catalog/access/account-repository.ts';
import { operator } from '../../../catalog/access/actor.ts';
import { addAccount } from '../../../catalog/access/manage-accounts.ts';
import { beginSession } from '../../../catalog/access/sessions.ts';
import { later, startOfDay } from '../../../catalog/kernel/clock.ts';
import type { TestProduct } from '../product.ts';

/** The day that is replayed. */
export const day = '2026-11-23';
/** The secret of every process of the replay. */
export const secret = 'the same for every process of the test';

const hourMs = 3_600_000;

/** An officer signs in every hour of the day. Gives what the browser holds from then on, hour by hour. */
export async function openStaffSessions({ product }: TestProduct): Promise<readonly string[]> {
  const { database } = product;
  const officer = { email: 'can-bo@example.vn', name: 'Cán bộ', grants: [{ role: 'coordinator' }] };
  const { id } = await addAccount(officer, 'bốn mùa hoa nở ven hồ', operator, product);
  const account = await accountRepository(database.current).find(id);
  if (!account) throw new Error('the officer was not added');
  const keys: string[] = [];
  // The last one first: who signs in has sessions swept away that are long idle by then.
  for (let hour = 23; hour >= 0; hour -= 1) {
    const clock = () => later(startOfDay(day), hour * hourMs);
    keys.unshift(
      await database.transaction((tx) =>
        beginSession(tx, account, 'replay', { database, clock, secret }),
      ),
    );
  }
  return keys;
}
