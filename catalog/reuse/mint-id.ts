import { randomBytes } from 'node:crypto';

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A short id that says nothing of what it names and is easily read out: ten letters and digits, 50 bits. */
export function mintId(): string {
  return [...randomBytes(10)].map((byte) => letters[byte % letters.length]).join('');
}
