import { type Request, type Response, Router } from 'express';
import { writeAnnexDocx, writeAnnexXlsx } from '../../catalog/exchange/annex/write-annex.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { type AnnexEntries, issuedAnnex, withoutNotes } from '../../catalog/plan/annex-entries.ts';
import type { Database, Queryable } from '../../catalog/storage/database.ts';
import { documentTypes, readDocumentSuffix } from './document-suffix.ts';
import { readVersion } from './read-version.ts';

/** A file that is sent. */
export interface AnnexFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly body: Buffer;
}

/** `/plan/{year}/annex.xlsx` and `.docx`: the annex of a plan that was issued. */
export function annexRoutes({ database }: { readonly database: Database }): Router {
  const router = Router();

  router.get('/plan/:year/annex.:suffix', async (request: Request, response: Response) => {
    const year = readPlanYear(request);
    const found = withoutNotes(await issuedAnnex(year, readVersion(request), database.read));
    const file = await annexFile({ year, suffix: request.params['suffix'], found }, database.read);
    response.type(file.mediaType);
    response.attachment(file.fileName);
    response.send(file.body);
  });

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
  const shown = year.slice(0, 80);
  throw new CatalogError('not-found', 'plan-not-found', {
    vi: `Không có kế hoạch "${shown}"; hãy dùng năm, chẳng hạn 2026.`,
    en: `There is no plan "${shown}"; use a year, such as 2026.`,
  });
}
