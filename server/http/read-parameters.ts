import type { Request } from 'express';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { isDate } from '../../catalog/kernel/formats.ts';

/** The query of a request as it was sent, repeated names and all. */
export function queryOf(request: Request): URLSearchParams {
  const at = request.originalUrl.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : request.originalUrl.slice(at + 1));
}

/**
 * Reads a whole number of the query.
 *
 * @throws {CatalogError} `malformed` / `parameter-malformed` when it is none, or outside the range
 */
export function wholeNumber(
  query: URLSearchParams,
  name: string,
  range: { readonly from: number; readonly to: number; readonly otherwise: number },
): number {
  const written = query.get(name);
  if (written === null || written === '') return range.otherwise;
  const value = Number(written);
  if (/^\d{1,15}$/.test(written) && value >= range.from && value <= range.to) return value;
  throw new CatalogError('malformed', 'parameter-malformed', {
    vi: `"${name}" phải là số nguyên từ ${range.from} đến ${range.to}, không phải "${written.slice(0, 80)}".`,
    en: `"${name}" must be a whole number from ${range.from} to ${range.to}, not "${written.slice(0, 80)}".`,
  });
}

/**
 * Reads a moment of the query as an RFC 3339 instant in UTC; a date means its first moment, without a zone in UTC.
 *
 * @throws {CatalogError} `malformed` / `parameter-malformed`
 */
export function moment(query: URLSearchParams, name: string): string | undefined {
  const written = query.get(name);
  if (written === null || written === '') return undefined;
  const match =
    /^\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+ -]\d{2}:?\d{2})?)?)?)?$/.exec(
      written,
    );
  // An unescaped "+" of a zone arrives as a space.
  const text = written.replace(/ (\d{2}:?\d{2})$/, '+$1').replace(' ', 'T');
  const zoned = match?.[3] !== undefined && match[6] === undefined ? `${text}Z` : text;
  // Date.parse takes the 30th of February for the 2nd of March.
  const exists = match?.[2] === undefined || isDate(text.slice(0, 10));
  const time = match && exists ? Date.parse(zoned) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new CatalogError('malformed', 'parameter-malformed', {
    vi: `"${name}" phải là ngày giờ ISO 8601 như 2026-11-23T00:00:00Z, không phải "${written.slice(0, 80)}".`,
    en: `"${name}" must be an ISO 8601 time such as 2026-11-23T00:00:00Z, not "${written.slice(0, 80)}".`,
  });
}

/**
 * Reads one of several words of the query. Absent: it is not there, or empty.
 *
 * @throws {CatalogError} `malformed` / `parameter-malformed` when it is another word
 */
export function choice<Word extends string>(
  query: URLSearchParams,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const written = query.get(name);
  if (written === null || written === '') return undefined;
  const found = words.find((word) => word === written);
  if (found !== undefined) return found;
  throw new CatalogError('malformed', 'parameter-malformed', {
    vi: `"${name}" phải là một trong: ${words.join(', ')}; không phải "${written.slice(0, 80)}".`,
    en: `"${name}" must be one of: ${words.join(', ')}; not "${written.slice(0, 80)}".`,
  });
}
