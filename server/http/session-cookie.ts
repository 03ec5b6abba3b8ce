import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';

/*
 * Our cookies: scripts do not see them, other sites do not send them. The prefix over HTTPS makes browsers refuse them
 * from anybody but this very host. RFC 6265bis §4.1.3.
 */

type Name = 'khue' | 'oidc' | 'supporter';
type Asking = Pick<IncomingMessage, 'headers'>;

function fullName(name: Name, baseURL: string): string {
  const own = name === 'khue' ? 'khue' : `khue-${name}`;
  return baseURL.startsWith('https:') ? `__Host-${own}` : own;
}

/** What the browser sent under a name of ours. */
export function cookieOf(request: Asking, name: Name, baseURL: string): string | undefined {
  const wanted = fullName(name, baseURL);
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === wanted) return value;
  }
  return undefined;
}

/** Gives the browser a cookie, until it is closed or for some seconds; 0 takes it away. */
export function setCookie(
  response: Response,
  name: Name,
  value: string,
  baseURL: string,
  seconds?: number,
): void {
  const secure = baseURL.startsWith('https:') ? '; Secure' : '';
  const age = seconds === undefined ? '' : `; Max-Age=${seconds}`;
  response.append(
    'Set-Cookie',
    `${fullName(name, baseURL)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${age}`,
  );
}

/** The secret that the browser holds; of a session, or only of its forms while nobody is signed in. */
export function sessionKeyOf(request: Asking, baseURL: string): string | undefined {
  const value = cookieOf(request, 'khue', baseURL);
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

/** Gives the browser a secret. It ends with the browser at the latest; the server decides earlier. */
export function setSessionKey(response: Response, key: string, baseURL: string): void {
  setCookie(response, 'khue', key, baseURL);
  response.locals['sessionKey'] = key;
}

/** What the browser will hold once it has this answer: what is set with it, else what it came with. */
export function sessionKeyAfter(
  request: Request,
  response: Response,
  baseURL: string,
): string | undefined {
  const set: unknown = response.locals['sessionKey'];
  return typeof set === 'string' ? set : sessionKeyOf(request, baseURL);
}

export function clearSessionKey(response: Response, baseURL: string): void {
  setCookie(response, 'khue', '', baseURL, 0);
}
