import { type Request, type Response, Router } from 'express';
import { writeDataJson } from '../../catalog/exchange/datajson/write-data-json.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { publishedRecords } from '../../catalog/publication/published-records.ts';
import { catalogVersion } from '../../catalog/storage/catalog-version.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { isFresh, tagOf } from '../http/conditional.ts';
import { encodingFor } from '../http/encoding.ts';
import { streamBody } from '../http/stream.ts';

export interface DataJsonDeps {
  readonly baseURL: string;
  readonly database: Database;
}

/** `/data.json`: the whole catalogue in DCAT-US 1.1, streamed from one moment. */
export function dataJsonRoutes(deps: DataJsonDeps): Router {
  const router = Router();

  router.get('/data.json', async (request: Request, response: Response) => {
    await deps.database.snapshot(async (db) => {
      const agencies = agencyRepository(db);
      const etag = `data-${await catalogVersion(db)}`;
      // Past Express, which would add a charset that JSON does not have. INTEROP 1.2.
      response.setHeader('Content-Type', 'application/json');
      response.set({
        'Cache-Control': 'public, no-cache',
        ETag: tagOf(etag, encodingFor(request)),
      });
      response.vary('Accept-Encoding');
      if (isFresh(request, etag, undefined)) {
        response.status(304).end();
        return;
      }
      if (request.method === 'HEAD') {
        response.end();
        return;
      }
      const known = new Map((await agencies.list()).map(({ record }) => [record.id, record]));
      const batches = publishedRecords(db);
      await streamBody(
        request,
        response,
        writeDataJson({ baseURL: deps.baseURL, agencies: known, batches }),
      );
    });
  });

  return router;
}
