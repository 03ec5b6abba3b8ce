import { CatalogError } from '../../catalog/kernel/errors.ts';

/** Says that a parameter is not what it must be. */
export function malformedParameter(
  name: string,
  written: string,
  vi: string,
  en: string,
): CatalogError {
  return new CatalogError('malformed', 'parameter-malformed', {
    vi: `"${name}" phải là ${vi}, không phải "${written.slice(0, 80)}".`,
    en: `"${name}" must be ${en}, not "${written.slice(0, 80)}".`,
  });
}
