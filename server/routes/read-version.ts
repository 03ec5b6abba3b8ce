import type { Request } from 'express';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { queryOf } from '../http/read-parameters.ts';

/**
 * The version of a paper that a request asks for. Absent: the last one.
 *
 * @throws {CatalogError} `malformed` / `parameter-malformed`
 */
export function readVersion(request: Request): number | undefined {
  const written = queryOf(request).get('version');
  if (written === null || written === '') return undefined;
  if (/^[1-9]\d{0,5}$/.test(written)) return Number(written);
  throw new CatalogError('malformed', 'parameter-malformed', {
    vi: `"version" phải là số thứ tự của một bản, chẳng hạn 1, không phải "${written.slice(0, 80)}".`,
    en: `"version" must be the number of a version, such as 1, not "${written.slice(0, 80)}".`,
  });
}
