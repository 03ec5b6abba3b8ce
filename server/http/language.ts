import type { Request } from 'express';

/** The languages of the interface; a further one is a further message file. */
export type Language = 'vi' | 'en';

/** The language of an answer: `/en/…` says English; elsewhere an API client may ask by Accept-Language. */
export function languageOf(request: Request): Language {
  if (/^\/en(\/|$)/.test(request.originalUrl.split('?')[0] ?? '')) return 'en';
  if (!request.originalUrl.startsWith('/api/')) return 'vi';
  return request.acceptsLanguages(['vi', 'en']) === 'en' ? 'en' : 'vi';
}
