import type { Account } from '../access/account-repository.ts';
import type { Role } from '../model/lifecycle.ts';
import type { Duty } from './duties-of.ts';
import type { Addressee } from './reminder-plan.ts';

/** Who there is to tell, among those who may sign in. */
export interface People {
  /** Those who have a role in an agency; without one, in the city. */
  having(role: Role, agency?: string): readonly Account[];
  find(id: string): Account | undefined;
  /** Whom a duty is told to. Where there is nobody, it goes a step further up. */
  addressees(duty: Pick<Duty, 'agency' | 'officer'>, to: Addressee): readonly Account[];
}

export function peopleAmong(accounts: readonly Account[]): People {
  const present = accounts.filter(({ disabledAt }) => disabledAt === undefined);
  const byId = new Map(present.map((account) => [account.id, account]));
  const byEmail = new Map(present.map((account) => [account.email, account]));
  const byGrant = new Map<string, Account[]>();
  for (const account of present) {
    for (const { role, agency } of account.grants) {
      const key = `${role} ${agency ?? ''}`;
      byGrant.set(key, [...(byGrant.get(key) ?? []), account]);
    }
  }
  const having: People['having'] = (role, agency = '') => byGrant.get(`${role} ${agency}`) ?? [];
  return {
    having,
    find: (id) => byId.get(id),
    addressees({ agency, officer }, to) {
      const named = officer === undefined ? undefined : byEmail.get(officer);
      const ways: readonly [Addressee, readonly Account[]][] = [
        ['officer', named ? [named] : having('editor', agency)],
        ['approver', having('approver', agency)],
        ['coordinator', having('coordinator')],
        ['coordinator', having('administrator')],
      ];
      const from = ways.findIndex(([addressee]) => addressee === to);
      return ways.slice(from).find(([, accounts]) => accounts.length > 0)?.[1] ?? [];
    },
  };
}
