import type { Request } from 'express';
import { type Actor, assertScope } from '../../catalog/access/actor.ts';
import type { Scope } from '../../catalog/access/scopes.ts';
import { type AccessDeps, findVisitor, type Visitor } from '../../catalog/access/sessions.ts';
import type { TokenRepository } from '../../catalog/access/token-repository.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { assertOwnForm, changesSomething } from './csrf.ts';
import { sessionKeyOf } from './session-cookie.ts';

export interface AuthenticateDeps extends AccessDeps {
  readonly baseURL: string;
  readonly tokens: TokenRepository;
}

/**
 * Who a request of the API speaks for: by its bearer token (RFC 6750 §2.1), or by its session, which needs the token of
 * a form in `X-CSRF-Token` to change anything. Absent: nobody in particular.
 *
 * @param scope what a bearer token must have been made for
 * @throws {CatalogError} `unauthenticated` / `token-invalid` when a token is sent that does not count
 * @throws {CatalogError} `forbidden` / `scope-missing`
 */
export async function actorOf(
  request: Request,
  deps: AuthenticateDeps,
  scope: Scope,
): Promise<Actor | undefined> {
  request.res?.vary('Authorization').vary('Cookie');
  const header = request.get('Authorization');
  if (header !== undefined) return bearer(header, scope, deps);
  const visitor = await visitorOf(request, deps);
  if (visitor && changesSomething(request.method)) {
    const key = sessionKeyOf(request, deps.baseURL);
    assertOwnForm(request, key, request.get('X-CSRF-Token'), deps);
  }
  return visitor?.actor;
}

/** @throws {CatalogError} `unauthenticated` / `token-missing` when the request speaks for nobody */
export async function requireActor(
  request: Request,
  deps: AuthenticateDeps,
  scope: Scope,
): Promise<Actor> {
  const actor = await actorOf(request, deps, scope);
  if (actor) return actor;
  throw new CatalogError('unauthenticated', 'token-missing', {
    vi: 'Việc này cần mã truy cập của cơ quan; gửi "Authorization: Bearer …".',
    en: 'This takes an agency’s token; send "Authorization: Bearer …".',
  });
}

/** Who is signed in in this browser. */
export async function visitorOf(
  request: Request,
  deps: AccessDeps & { readonly baseURL: string },
): Promise<Visitor | undefined> {
  const key = sessionKeyOf(request, deps.baseURL);
  return key === undefined ? undefined : findVisitor(key, deps);
}

async function bearer(header: string, scope: Scope, deps: AuthenticateDeps): Promise<Actor> {
  const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  const actor = token === undefined ? undefined : await deps.tokens.authenticate(token);
  if (actor) {
    assertScope(actor, scope);
    return actor;
  }
  throw new CatalogError('unauthenticated', 'token-invalid', {
    vi: 'Mã truy cập không đúng, đã hết hạn hoặc đã thu hồi; gửi "Authorization: Bearer …" với mã còn hiệu lực.',
    en: 'The token is wrong, expired or revoked; send "Authorization: Bearer …" with one that counts.',
  });
}
