import type { Request, Response } from 'express';

/** The name over HTTPS makes browsers refuse the cookie from anybody but this very host. RFC 6265bis §4.1.3. */
function nameOf(baseURL: string): string {
  return baseURL.startsWith('https:') ? '__Host-khue' : 'khue';
}

/** The secret that the browser holds; of a session, or only of its forms while nobody is signed in. */
export function sessionKeyOf(request: Request, baseURL: string): string | undefined {
  const name = nameOf(baseURL);
  for (const pair of (request.get('Cookie') ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=');
    if (key === name && /^[\w-]{43}$/.test(value)) return value;
  }
  return undefined;
}

/** Gives the browser a secret. It ends with the browser at the latest; the server decides earlier. */
export function setSessionKey(response: Response, key: string, baseURL: string): void {
  response.append('Set-Cookie', cookie(key, baseURL));
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
  response.append('Set-Cookie', `${cookie('', baseURL)}; Max-Age=0`);
}

function cookie(value: string, baseURL: string): string {
  const secure = baseURL.startsWith('https:') ? '; Secure' : '';
  return `${nameOf(baseURL)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}
