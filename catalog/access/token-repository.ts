import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { recordAct } from '../audit/record-act.ts';
import type { Clock, Instant } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import { isCityWide, type Role } from '../model/lifecycle.ts';
import type { Database } from '../storage/database.ts';
import type { TokenTable } from '../storage/tables.ts';
import { accountRepository } from './account-repository.ts';
import { type Actor, operator } from './actor.ts';
import type { Scope } from './scopes.ts';

export interface TokenInput {
  readonly label: string;
  readonly role: Role;
  readonly agency?: string;
  readonly expiresAt?: Instant;
  /** What it may be used for; absent: all that its role may. */
  readonly scopes?: readonly Scope[];
}

/** A token as lists show it, without the token itself. */
export interface Token extends TokenInput {
  readonly id: string;
  readonly createdAt: string;
  readonly createdBy?: string;
  readonly revokedAt?: string;
}

/** Every SQL statement that touches table `token`. Only the hash is stored; the token itself is shown once. */
export function tokenRepository(database: Database, clock: Clock) {
  return {
    /**
     * Makes a token and gives it, for the only time.
     *
     * @throws {CatalogError} `invalid` / `agency-missing` when an agency's role comes without an agency
     * @throws {CatalogError} `invalid` / `agency-unknown`
     */
    async create(input: TokenInput, by: Actor = operator): Promise<{ id: string; token: string }> {
      if (input.agency === undefined && !isCityWide(input.role)) throw agencyMissing(input.role);
      const id = randomUUID();
      const token = `khue_${randomBytes(24).toString('base64url')}`;
      await database.transaction(async (tx) => {
        const { agency } = input;
        if (agency !== undefined) {
          const known = await accountRepository(tx).knownAgencies([agency]);
          if (!known.has(agency)) throw agencyUnknown(agency);
        }
        await tx
          .insertInto('token')
          .values({
            id,
            hash: hashOf(token),
            label: input.label,
            role: input.role,
            agency_id: input.agency ?? null,
            created_at: clock(),
            expires_at: input.expiresAt ?? null,
            revoked_at: null,
            scopes: input.scopes?.join(' ') ?? null,
            created_by: by.name,
          })
          .execute();
        await recordAct(tx, {
          at: clock(),
          by,
          act: 'token.create',
          subject: `token/${id}`,
          agency: input.agency,
          after: input,
        });
      });
      return { id, token };
    },

    /** Who a token speaks for. Absent: unknown, expired or revoked. */
    async authenticate(token: string): Promise<Actor | undefined> {
      const row = await database.current
        .selectFrom('token')
        .selectAll()
        .where('hash', '=', hashOf(token))
        .executeTakeFirst();
      if (!row || row.revoked_at !== null) return undefined;
      if (row.expires_at !== null && row.expires_at <= clock()) return undefined;
      const { id, label, role, agency, scopes } = fromRow(row);
      return {
        id,
        name: label,
        grants: [{ role, ...(agency !== undefined && { agency }) }],
        ...(scopes && { scopes }),
      };
    },

    async find(id: string): Promise<Token | undefined> {
      const row = await database.current
        .selectFrom('token')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    /** Those of some agencies, or all of them; the latest first. */
    async list(agencies: readonly string[] | 'all'): Promise<readonly Token[]> {
      let query = database.current.selectFrom('token').selectAll();
      if (agencies !== 'all') query = query.where('agency_id', 'in', ['', ...agencies]);
      return (await query.orderBy('created_at', 'desc').orderBy('id').execute()).map(fromRow);
    },

    /** Whether there was such a token to revoke. */
    async revoke(id: string, by: Actor = operator): Promise<boolean> {
      return database.transaction(async (tx) => {
        const row = await tx
          .updateTable('token')
          .set({ revoked_at: clock() })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .returning(['agency_id', 'label'])
          .executeTakeFirst();
        if (!row) return false;
        await recordAct(tx, {
          at: clock(),
          by,
          act: 'token.revoke',
          subject: `token/${id}`,
          agency: row.agency_id ?? undefined,
          before: { label: row.label },
        });
        return true;
      });
    },
  };
}

export type TokenRepository = ReturnType<typeof tokenRepository>;

function fromRow(row: TokenTable): Token {
  return {
    id: row.id,
    label: row.label,
    role: row.role as Role,
    ...(row.agency_id !== null && { agency: row.agency_id }),
    ...(row.expires_at !== null && { expiresAt: row.expires_at as Instant }),
    ...(row.scopes !== null && { scopes: row.scopes.split(' ').filter(Boolean) as Scope[] }),
    createdAt: row.created_at,
    ...(row.created_by !== null && { createdBy: row.created_by }),
    ...(row.revoked_at !== null && { revokedAt: row.revoked_at }),
  };
}

function agencyMissing(role: Role): CatalogError {
  return new CatalogError('invalid', 'agency-missing', {
    vi: `Vai trò "${role}" cần một cơ quan; hãy nêu mã cơ quan.`,
    en: `The role "${role}" needs an agency; name one.`,
  });
}

function agencyUnknown(agency: string): CatalogError {
  return new CatalogError('invalid', 'agency-unknown', {
    vi: `Không có cơ quan "${agency}"; xem các mã ở /agency.`,
    en: `There is no agency "${agency}"; see the ids at /agency.`,
  });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
