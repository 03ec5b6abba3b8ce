import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import { isSame, keyedHash } from '../../catalog/access/keyed-hash.ts';
import { Refusal } from './refusal.ts';

export interface CsrfDeps {
  readonly secret: string;
  readonly baseURL: string;
}

/**
 * The token that a form of this browser carries: no other site can read it, and nobody can make it. It is another one
 * each time, so that nothing can be guessed from how well pages compress.
 */
export function csrfToken(sessionKey: string, { secret }: CsrfDeps): string {
  const nonce = randomBytes(12).toString('base64url');
  return `${nonce}.${seal(nonce, sessionKey, secret)}`;
}

/**
 * Lets a request that changes something pass only when one of our own pages sent it.
 *
 * @param token as the form or the header brought it
 * @throws {Refusal} 403 / `csrf-failed`
 */
export function assertOwnForm(
  request: Request,
  sessionKey: string | undefined,
  token: string | undefined,
  deps: CsrfDeps,
): void {
  const [nonce = '', given = ''] = (token ?? '').split('.');
  const isSealed = sessionKey !== undefined && isSame(given, seal(nonce, sessionKey, deps.secret));
  if (!isSealed) throw notOurs();
  assertOwnOrigin(request, deps.baseURL);
}

/**
 * Lets a request pass that no page of another site sent. Enough for what takes no session: a vote, a word of thanks.
 *
 * @throws {Refusal} 403 / `csrf-failed`
 */
export function assertOwnOrigin(request: Request, baseURL: string): void {
  if (!isOwnOrigin(request, baseURL)) throw notOurs();
}

function notOurs(): Refusal {
  return new Refusal(403, 'csrf-failed', {
    vi: 'Biểu mẫu này không còn hiệu lực hoặc không từ trang này; hãy tải lại trang rồi gửi lại.',
    en: 'This form has expired or was not sent from this site; reload the page and send it again.',
  });
}

export function changesSomething(method: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method);
}

/** What browsers themselves say of where a request comes from; clients that say nothing have the token. */
function isOwnOrigin(request: Request, baseURL: string): boolean {
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('Origin');
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === new URL(baseURL).host || host === request.get('Host');
}

function seal(nonce: string, sessionKey: string, secret: string): string {
  return keyedHash(secret, 'csrf', `${nonce}\n${sessionKey}`);
}
