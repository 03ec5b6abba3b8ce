import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, SettingError } from './settings.ts';

/** The secret that signs sessions: as set, else the one of this node in DATA_DIR, made at the first start. */
export function sessionSecret({ sessionSecret: set, dataDir }: Config): string {
  if (set !== undefined) return set;
  const file = join(dataDir, 'session-secret');
  mkdirSync(dataDir, { recursive: true });
  try {
    // For the owner's eyes; `wx` lets one of several processes make it.
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length >= 32) return secret;
  throw new SettingError(`${file} holds no secret; remove it, and everybody signs in anew`);
}

/**
 * Several nodes over one PostgreSQL must sign alike.
 *
 * @throws {SettingError} when they could not
 */
export function assertSharedSecret({ sessionSecret: set, databaseURL }: Config): void {
  if (set !== undefined || databaseURL.startsWith('sqlite:')) return;
  throw new SettingError(
    'SESSION_SECRET must be set with PostgreSQL, to at least 32 characters: openssl rand -base64 32',
  );
}
