import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What of a secret value is kept: an HMAC under the installation's secret, one for each purpose. */
export function keyedHash(secret: string, purpose: string, value: string): string {
  return createHmac('sha256', secret).update(`${purpose}\n${value}`).digest('base64url');
}

/** A value that nobody guesses: 256 bits, safe in addresses and cookies. */
export function unguessable(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares without telling by the time it takes how much was right. */
export function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
