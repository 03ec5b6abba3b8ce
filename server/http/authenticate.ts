import type { Request } from 'express';
import type { Actor } from '../../catalog/access/actor.ts';
import type { TokenRepository } from '../../catalog/access/token-repository.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';

/**
 * Who a request speaks for, by its bearer token. Absent: nobody in particular. RFC 6750 §2.1.
 *
 * @throws {CatalogError} `unauthenticated` / `token-invalid` when a token is sent that does not count
 */
export async function actorOf(
  request: Request,
  tokens: TokenRepository,
): Promise<Actor | undefined> {
  const header = request.get('Authorization');
  if (header === undefined) return undefined;
  const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  const actor = token === undefined ? undefined : await tokens.authenticate(token);
  if (actor) return actor;
  throw new CatalogError('unauthenticated', 'token-invalid', {
    vi: 'Mã truy cập không đúng, đã hết hạn hoặc đã thu hồi; gửi "Authorization: Bearer …" với mã còn hiệu lực.',
    en: 'The token is wrong, expired or revoked; send "Authorization: Bearer …" with one that counts.',
  });
}

/** @throws {CatalogError} `unauthenticated` / `token-missing` when the request speaks for nobody */
export async function requireActor(request: Request, tokens: TokenRepository): Promise<Actor> {
  const actor = await actorOf(request, tokens);
  if (actor) return actor;
  throw new CatalogError('unauthenticated', 'token-missing', {
    vi: 'Việc này cần mã truy cập của cơ quan; gửi "Authorization: Bearer …".',
    en: 'This takes an agency’s token; send "Authorization: Bearer …".',
  });
}
