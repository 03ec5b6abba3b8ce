import { createHmac } from 'node:crypto';
import type { Caller } from './usage-event.ts';

/**
 * What tells one caller of a day from another: COUNTER's address and User-Agent, under the salt of the day. Without the
 * salt nobody can try out whose it is, and with another day's it is another. 96 bits, in base64url.
 */
export function visitorKey(salt: string, { address, agent }: Caller): string {
  return createHmac('sha256', salt)
    .update(`${networkOf(address)}\n${agent}`)
    .digest('base64url')
    .slice(0, 16);
}

/** The part of an address that stays: browsers change the second half of an IPv6 address as often as they like. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [before = '', after] = plain.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros =
    after === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...zeros, ...tail]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}
