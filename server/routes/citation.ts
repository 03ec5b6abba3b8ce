import { type Request, type Response, Router } from 'express';
import { citationOf, writeBibTeX, writeRis } from '../../catalog/exchange/citation/cite-dataset.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { answer } from '../http/answer.ts';
import { languageOf } from '../http/language.ts';

export interface CitationDeps {
  readonly baseURL: string;
  readonly database: Database;
}

const styles = {
  bib: { mediaType: 'application/x-bibtex', write: writeBibTeX },
  ris: { mediaType: 'application/x-research-info-systems', write: writeRis },
} as const;

/** `/dataset/{id}/citation.bib` and `.ris`, for reference managers. */
export function citationRoutes({ baseURL, database }: CitationDeps): Router {
  const router = Router();
  const db = database.read;

  for (const [ending, { mediaType, write }] of Object.entries(styles)) {
    for (const prefix of ['', '/en']) {
      router.get(
        `${prefix}/dataset/:id/citation.${ending}`,
        async (request: Request, response: Response) => {
          const dataset = await getDataset(String(request.params['id']), undefined, db);
          const { publisher, id } = dataset.record;
          const agency = await agencyRepository(db).find(publisher);
          const lang = languageOf(request);
          const citation = citationOf(dataset, agency?.record.name, { baseURL, lang });
          response.set('Content-Disposition', `attachment; filename="${id}.${ending}"`);
          await answer(request, response, {
            mediaType: `${mediaType}; charset=utf-8`,
            write: () => write(citation),
          });
        },
      );
    }
  }
  return router;
}
