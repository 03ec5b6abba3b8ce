import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock, Instant } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Role } from '../model/lifecycle.ts';
import type { Database } from '../storage/database.ts';
import type { Actor } from './actor.ts';

export interface TokenInput {
  readonly label: string;
  readonly role: Role;
  readonly agency?: string;
  readonly expiresAt?: Instant;
}

/** Every SQL statement that touches table `token`. Only the hash is stored; the token itself is shown once. */
export function tokenRepository(database: Database, clock: Clock) {
  return {
    /**
     * Makes a token and gives it, for the only time.
     *
     * @throws {CatalogError} `invalid` / `agency-missing` when an agency's role comes without an agency
     */
    async create(input: TokenInput): Promise<{ id: string; token: string }> {
      if (input.agency === undefined && ['editor', 'approver'].includes(input.role)) {
        throw new CatalogError('invalid', 'agency-missing', {
          vi: `Vai trò "${input.role}" cần một cơ quan; hãy nêu mã cơ quan.`,
          en: `The role "${input.role}" needs an agency; name one.`,
        });
      }
      const id = randomUUID();
      const token = `khue_${randomBytes(24).toString('base64url')}`;
      await database.transaction((tx) =>
        tx
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
          })
          .execute(),
      );
      return { id, token };
    },

    /** Who a token speaks for. Absent: unknown, expired or revoked. */
    async authenticate(token: string): Promise<Actor | undefined> {
      const row = await database.read
        .selectFrom('token')
        .selectAll()
        .where('hash', '=', hashOf(token))
        .executeTakeFirst();
      if (!row || row.revoked_at !== null) return undefined;
      if (row.expires_at !== null && row.expires_at <= clock()) return undefined;
      return {
        name: row.label,
        role: row.role as Role,
        ...(row.agency_id !== null && { agency: row.agency_id }),
      };
    },

    /** Whether there was such a token to revoke. */
    async revoke(id: string): Promise<boolean> {
      const result = await database.transaction((tx) =>
        tx
          .updateTable('token')
          .set({ revoked_at: clock() })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .executeTakeFirst(),
      );
      return result.numUpdatedRows > 0n;
    },
  };
}

export type TokenRepository = ReturnType<typeof tokenRepository>;

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
