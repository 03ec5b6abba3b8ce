import { type Request, type Response, Router } from 'express';
import { writeAnnexDocx, writeAnnexXlsx } from '../../catalog/exchange/annex/write-annex.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import type { Clock } from '../../catalog/kernel/clock.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { type AnnexEntries, issuedAnnex, withoutNotes } from '../../catalog/plan/annex-entries.ts';
import { planProgress } from '../../catalog/plan/plan-progress.ts';
import { planRepository } from '../../catalog/plan/plan-repository.ts';
import type { Database, Queryable } from '../../catalog/storage/database.ts';
import { answer } from '../http/answer.ts';
import { progressCsv } from '../pages/progress-csv.ts';
import { dayAsked } from './api-plans.ts';
import { documentTypes, readDocumentSuffix } from './document-suffix.ts';
import { readVersion } from './read-version.ts';
import { contextOf } from './show-page.ts';

/** A file that is sent. */
export interface AnnexFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly body: Buffer;
}

export interface AnnexDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly baseURL: string;
}

/** `/plan/{year}/annex.xlsx` and `.docx`: the annex of a plan that was issued; `progress.csv`: how far it is. */
export function annexRoutes(deps: AnnexDeps): Router {
  const router = Router();
  const { database } = deps;

  router.get('/plan/:year/annex.:suffix', async (request: Request, response: Response) => {
    const year = readPlanYear(request);
    const found = withoutNotes(await issuedAnnex(year, readVersion(request), database.read));
    const file = await annexFile({ year, suffix: request.params['suffix'], found }, database.read);
    response.type(file.mediaType);
    response.attachment(file.fileName);
    response.send(file.body);
  });

  for (const prefix of ['', '/en']) {
    router.get(
      `${prefix}/plan/:year/progress.csv`,
      async (request: Request, response: Response) => {
        const year = readPlanYear(request);
        if (!(await planRepository(database.read).years()).includes(year)) throw planNotFound(year);
        const progress = await planProgress(year, dayAsked(request, deps), database.read);
        const agencies = await agencyRepository(database.read).list();
        const names = new Map(agencies.map(({ record }) => [record.id, record.name]));
        const body = progressCsv(progress, names, contextOf(request, deps.baseURL));
        response.attachment(`tien-do-${year}-${progress.at}.csv`);
        await answer(request, response, { mediaType: 'text/csv', write: () => body });
      },
    );
  }

  return router;
}

/**
 * Writes the annex of a year's plan.
 *
 * @param asked.draft what its top says when it is no more than a draft
 * @throws {Refusal} 404 `suffix-unknown`
 */
export async function annexFile(
  asked: {
    readonly year: string;
    readonly suffix: unknown;
    readonly found: AnnexEntries;
    readonly draft?: string;
  },
  db: Queryable,
): Promise<AnnexFile> {
  const { year, found, draft } = asked;
  const suffix = readDocumentSuffix(asked.suffix);
  const agencies = (await agencyRepository(db).list()).map(({ record }) => record);
  const paper = { year, ...found, agencies, ...(draft !== undefined && { draft }) };
  const bytes = await (suffix === 'xlsx' ? writeAnnexXlsx(paper) : writeAnnexDocx(paper));
  return {
    fileName: `phu-luc-${year}.${suffix}`,
    mediaType: documentTypes[suffix],
    body: Buffer.from(bytes),
  };
}

/** @throws {CatalogError} `not-found` / `plan-not-found` when it is no year */
export function readPlanYear(request: Request): string {
  const year = String(request.params['year']);
  if (/^20\d{2}$/.test(year)) return year;
  throw planNotFound(year);
}

/** Says that no year of that name has a plan. */
export function planNotFound(year: string): CatalogError {
  const shown = year.slice(0, 80);
  return new CatalogError('not-found', 'plan-not-found', {
    vi: `Không có kế hoạch "${shown}"; hãy dùng năm, chẳng hạn 2026.`,
    en: `There is no plan "${shown}"; use a year, such as 2026.`,
  });
}
