import type { Request } from 'express';
import { type Period, periodOf, readPeriod } from '../../catalog/criteria/period.ts';
import { city } from '../../catalog/criteria/scopes.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import type { Queryable } from '../../catalog/storage/database.ts';
import { queryOf } from '../http/read-parameters.ts';
import { agencyNotFound } from './feeds.ts';

/** Of whom and of when somebody asks. */
export interface IndicatorQuery {
  readonly scope: string;
  readonly period: Period;
  /** What was named, for an answer to name it again. */
  readonly named: { readonly agency?: string; readonly theme?: string; readonly dataset?: string };
}

/**
 * Reads `period` (this year when absent) and one of `agency`, `theme` and `dataset` (the city when absent).
 *
 * @param agency from the path
 * @throws {CatalogError} `malformed` / `period-malformed`, `parameter-malformed`; `not-found` for who is not there
 */
export async function readIndicatorQuery(
  request: Request,
  agency: string | undefined,
  today: string,
  db: Queryable,
): Promise<IndicatorQuery> {
  const query = queryOf(request);
  const asked = query.get('period');
  const period = asked ? readPeriod(asked) : periodOf(today, 'year');
  const wanted = agency ?? (query.get('agency') || undefined);
  if (wanted !== undefined) {
    if (!(await agencyRepository(db).find(wanted))) throw agencyNotFound(wanted);
    return { scope: `publisher/${wanted}`, period, named: { agency: wanted } };
  }
  const theme = query.get('theme') || undefined;
  if (theme !== undefined) {
    if (!vocabulary('data-theme').find(theme)) throw unknownTheme(theme);
    return { scope: `theme/${theme}`, period, named: { theme } };
  }
  const dataset = query.get('dataset') || undefined;
  if (dataset !== undefined) {
    await getDataset(dataset, undefined, db);
    return { scope: `dataset/${dataset}`, period, named: { dataset } };
  }
  return { scope: city, period, named: {} };
}

function unknownTheme(theme: string): CatalogError {
  const codes = vocabulary('data-theme')
    .concepts.map(({ code }) => code)
    .join(', ');
  return new CatalogError('malformed', 'parameter-malformed', {
    vi: `"theme" phải là một trong ${codes}, không phải "${theme.slice(0, 80)}".`,
    en: `"theme" must be one of ${codes}, not "${theme.slice(0, 80)}".`,
  });
}
