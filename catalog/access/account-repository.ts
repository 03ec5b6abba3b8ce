import type { Role } from '../model/lifecycle.ts';
import type { Queryable } from '../storage/database.ts';
import type { AccountTable } from '../storage/tables.ts';
import type { Grant } from './actor.ts';

/** Somebody who signs in. */
export interface Account {
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly passwordHash?: string;
  readonly oidc?: { readonly issuer: string; readonly subject: string };
  readonly createdAt: string;
  readonly disabledAt?: string;
}

/** What may change of an account. `disabledAt` is null for who may come in again. */
export type AccountChanges = Partial<Pick<Account, 'name' | 'grants' | 'passwordHash' | 'oidc'>> & {
  readonly disabledAt?: string | null;
};

/** Every SQL statement that touches tables `account` and `account_grant`, and which agencies they may name. */
export function accountRepository(db: Queryable) {
  return {
    find: (id: string) => one(db.selectFrom('account').selectAll().where('id', '=', id)),

    findByEmail: (email: string) =>
      one(db.selectFrom('account').selectAll().where('email', '=', emailKey(email))),

    findByOidc: (issuer: string, subject: string) =>
      one(
        db
          .selectFrom('account')
          .selectAll()
          .where('oidc_issuer', '=', issuer)
          .where('oidc_subject', '=', subject),
      ),

    async list(): Promise<readonly Account[]> {
      return withGrants(await db.selectFrom('account').selectAll().orderBy('email').execute());
    },

    async isEmpty(): Promise<boolean> {
      return (await db.selectFrom('account').select('id').limit(1).execute()).length === 0;
    },

    /** How many may sign in as administrator. */
    async countAdministrators(): Promise<number> {
      const row = await db
        .selectFrom('account')
        .innerJoin('account_grant', 'account_grant.account_id', 'account.id')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('account_grant.role', '=', 'administrator')
        .where('account.disabled_at', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** The ids among these that are agencies. */
    async knownAgencies(ids: readonly string[]): Promise<ReadonlySet<string>> {
      if (ids.length === 0) return new Set();
      const rows = await db.selectFrom('agency').select('id').where('id', 'in', ids).execute();
      return new Set(rows.map(({ id }) => id));
    },

    async insert(account: Account): Promise<void> {
      await db.insertInto('account').values(toRow(account)).execute();
      await insertGrants(account.id, account.grants);
    },

    /** Writes only what is given, so that two who change different things at once both succeed. */
    async update(id: string, { grants, ...changes }: AccountChanges): Promise<void> {
      const { name, passwordHash, oidc, disabledAt } = changes;
      const columns = {
        ...(name !== undefined && { name }),
        ...(passwordHash !== undefined && { password_hash: passwordHash }),
        ...(oidc && { oidc_issuer: oidc.issuer, oidc_subject: oidc.subject }),
        ...(disabledAt !== undefined && { disabled_at: disabledAt }),
      };
      if (Object.keys(columns).length > 0) {
        await db.updateTable('account').set(columns).where('id', '=', id).execute();
      }
      if (!grants) return;
      await db.deleteFrom('account_grant').where('account_id', '=', id).execute();
      await insertGrants(id, grants);
    },
  };

  async function insertGrants(id: string, grants: readonly Grant[]): Promise<void> {
    const rows = grants.map(({ role, agency }) => ({
      account_id: id,
      role,
      agency_id: agency ?? '',
    }));
    if (rows.length > 0) await db.insertInto('account_grant').values(rows).execute();
  }

  async function one(query: {
    executeTakeFirst(): Promise<AccountTable | undefined>;
  }): Promise<Account | undefined> {
    const row = await query.executeTakeFirst();
    return row && (await withGrants([row]))[0];
  }

  async function withGrants(rows: readonly AccountTable[]): Promise<readonly Account[]> {
    if (rows.length === 0) return [];
    let query = db.selectFrom('account_grant').selectAll().orderBy('agency_id').orderBy('role');
    const [only] = rows;
    if (rows.length === 1 && only) query = query.where('account_id', '=', only.id);
    const grants = await query.execute();
    return rows.map((row) =>
      fromRow(
        row,
        grants.filter(({ account_id }) => account_id === row.id),
      ),
    );
  }
}

/** How an e-mail is kept and compared. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

function toRow(account: Account): AccountTable {
  return {
    id: account.id,
    email: emailKey(account.email),
    name: account.name,
    password_hash: account.passwordHash ?? null,
    oidc_issuer: account.oidc?.issuer ?? null,
    oidc_subject: account.oidc?.subject ?? null,
    created_at: account.createdAt,
    disabled_at: account.disabledAt ?? null,
  };
}

function fromRow(
  row: AccountTable,
  grants: readonly { readonly role: string; readonly agency_id: string }[],
): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    grants: grants.map(({ role, agency_id }) => ({
      role: role as Role,
      ...(agency_id !== '' && { agency: agency_id }),
    })),
    ...(row.password_hash !== null && { passwordHash: row.password_hash }),
    ...(row.oidc_issuer !== null &&
      row.oidc_subject !== null && {
        oidc: { issuer: row.oidc_issuer, subject: row.oidc_subject },
      }),
    createdAt: row.created_at,
    ...(row.disabled_at !== null && { disabledAt: row.disabled_at }),
  };
}
