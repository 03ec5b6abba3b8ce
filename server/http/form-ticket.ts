import { randomBytes } from 'node:crypto';
import { isSame, keyedHash } from '../../catalog/access/keyed-hash.ts';
import type { Clock } from '../../catalog/kernel/clock.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';

export interface FormTicketDeps {
  readonly secret: string;
  readonly clock: Clock;
}

/** Nobody reads and fills in a form in less. */
const shortestMs = 3000;
const longestMs = 24 * 3_600_000;

/** What a public form carries: when it was opened, and a nonce, so that it can be sent once. No cookie is needed. */
export function formTicket(form: string, { secret, clock }: FormTicketDeps): string {
  const nonce = randomBytes(12).toString('base64url');
  const opened = Date.parse(clock()).toString(36);
  return [nonce, opened, seal(form, nonce, opened, secret)].join('.');
}

/** Whether a ticket is of this form and not too old, so that it may stand in the form when that is shown again. */
export function isTicket(form: string, ticket: string, { secret, clock }: FormTicketDeps): boolean {
  const [nonce = '', opened = '', sealed = ''] = ticket.split('.');
  const age = Date.parse(clock()) - Number.parseInt(opened, 36);
  return isSame(sealed, seal(form, nonce, opened, secret)) && age <= longestMs;
}

/**
 * The nonce of a form that a person filled in.
 *
 * @throws {CatalogError} `invalid` / `form-expired`, `form-too-fast`
 */
export function readTicket(form: string, ticket: string, deps: FormTicketDeps): string {
  if (!isTicket(form, ticket, deps)) {
    throw new CatalogError('invalid', 'form-expired', {
      vi: 'Biểu mẫu này mở đã quá một ngày, hoặc không từ trang này; hãy xem lại rồi gửi lần nữa.',
      en: 'This form was opened more than a day ago, or not on this site; look it over and send it once more.',
    });
  }
  const [nonce = '', opened = ''] = ticket.split('.');
  if (Date.parse(deps.clock()) - Number.parseInt(opened, 36) >= shortestMs) return nonce;
  throw new CatalogError('invalid', 'form-too-fast', {
    vi: 'Biểu mẫu được gửi quá nhanh, như máy tự gửi; hãy đợi vài giây rồi gửi lại.',
    en: 'The form was sent as fast as machines do; wait a few seconds and send it again.',
  });
}

function seal(form: string, nonce: string, opened: string, secret: string): string {
  return keyedHash(secret, 'form', [form, nonce, opened].join('\n'));
}
