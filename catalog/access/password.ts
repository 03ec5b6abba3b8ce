import { hash, verify } from '@node-rs/argon2';
import { CatalogError } from '../kernel/errors.ts';

/** Argon2id as OWASP's password storage cheat sheet sets it: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const passwordLength = { least: 12, most: 200 };

export function hashPassword(password: string): Promise<string> {
  return hash(normal(password), cost);
}

/** Verifies, and takes as long when there is nothing to verify against. */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
): Promise<boolean> {
  const held = password.length <= passwordLength.most ? password : '';
  const right = await verify(stored ?? (await decoy()), normal(held));
  return right && stored !== undefined && held === password;
}

/**
 * NIST SP 800-63B §3.1.1.2: long is what makes it strong, and no rule says which characters.
 *
 * @throws {CatalogError} `invalid` / `password-weak`
 */
export function assertStrong(password: string, email: string): void {
  const { least, most } = passwordLength;
  const length = [...normal(password)].length;
  if (length < least || password.length > most) {
    throw weak({
      vi: `Mật khẩu phải dài từ ${least} đến ${most} ký tự; một câu dễ nhớ là tốt.`,
      en: `A password has ${least} to ${most} characters; a sentence that you remember is good.`,
    });
  }
  const folded = password.toLowerCase();
  const local = email.split('@')[0] ?? '';
  if (new Set(folded).size < 5 || folded === email || folded.replaceAll(local, '').length < 6) {
    throw weak({
      vi: 'Mật khẩu này dễ đoán quá; hãy dùng nhiều ký tự khác nhau, không lấy từ thư điện tử.',
      en: 'This password is too easy to guess; use more different characters, and not your e-mail.',
    });
  }
}

function weak(message: { vi: string; en: string }): CatalogError {
  return new CatalogError('invalid', 'password-weak', message, {
    findings: [{ pointer: '/password', keyword: 'password', message }],
  });
}

/** Vietnamese can be typed composed and decomposed; both are the same password. */
function normal(password: string): string {
  return password.normalize('NFC');
}

let made: Promise<string> | undefined;

function decoy(): Promise<string> {
  made ??= hash('nobody has this password', cost);
  return made;
}
