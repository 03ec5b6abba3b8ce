import { CatalogError } from '../kernel/errors.ts';
import { isText } from '../kernel/formats.ts';

const longest = 2000;

/**
 * The reason for a decision: words, and not too many.
 *
 * @throws {CatalogError} `invalid` / `reason-missing`
 */
export function assertReason(reason: unknown, pointer = '/reason'): string {
  if (typeof reason === 'string' && isText(reason) && reason.length <= longest) {
    return reason.trim();
  }
  const message = {
    vi: `Hãy ghi lý do, nhiều nhất ${longest} ký tự.`,
    en: `Say why, in at most ${longest} characters.`,
  };
  throw new CatalogError('invalid', 'reason-missing', message, {
    findings: [{ pointer, keyword: 'reason', message }],
  });
}
