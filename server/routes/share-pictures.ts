import { type Request, type Response, Router } from 'express';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { getDatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import type { Clock } from '../../catalog/kernel/clock.ts';
import type { CardPainter } from '../../catalog/picture/card-painter.ts';
import { cardEdition, type ShareCard } from '../../catalog/picture/share-card.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { hashOf } from '../http/answer.ts';
import { isFresh } from '../http/conditional.ts';
import { createRecentMemory } from '../http/recent-memory.ts';
import type { Logger } from '../log.ts';
import { datasetShareCard } from '../pages/dataset-share-card.ts';
import type { PageContext } from '../pages/page-context.ts';
import { assetURL } from './assets.ts';
import { contextOf } from './show-page.ts';

export interface SharePictureDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly painter: CardPainter;
  readonly log: Logger;
}

const mostBytes = 16 * 1024 * 1024;

/**
 * `/dataset/{id}/share.png`: what networks show where the page is shared. To fetch it is no visit of the page, and is
 * not counted.
 */
export function sharePictureRoutes(deps: SharePictureDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const memory = createRecentMemory<Buffer>(mostBytes, (png) => png.length);
  const painting = new Map<string, Promise<Buffer>>();

  for (const prefix of ['', '/en']) {
    router.get(`${prefix}/dataset/:id/share.png`, picture(datasetCardOf));
  }
  return router;

  async function datasetCardOf(context: PageContext, request: Request): Promise<ShareCard> {
    const dataset = await getDataset(String(request.params['id']), undefined, db);
    const { record, changedAt } = dataset;
    const [agency, quality] = await Promise.all([
      agencyRepository(db).find(record.publisher),
      getDatasetQuality(record, db, deps),
    ]);
    return datasetShareCard({ record, changedAt, agency: agency?.record.name, quality }, context);
  }

  /** A handler that sends a card as it is drawn, or the catalogue's general picture in its place. */
  function picture(cardOf: (context: PageContext, request: Request) => Promise<ShareCard>) {
    return async (request: Request, response: Response): Promise<void> => {
      const card = await cardOf(contextOf(request, deps.baseURL), request);
      const etag = hashOf(JSON.stringify([cardEdition, card]));
      response.set('Cross-Origin-Resource-Policy', 'cross-origin');
      if (isFresh(request, etag, undefined)) {
        response
          .set({ ETag: `"${etag}"`, 'Cache-Control': anHour })
          .status(304)
          .end();
        return;
      }
      const png = await paint(etag, card).catch((error: unknown) => {
        deps.log.warn({ event: 'share.failed', err: error, path: request.path });
      });
      if (png === undefined) {
        response.set('Cache-Control', 'no-store').redirect(302, assetURL('icons/share.png'));
        return;
      }
      response
        .set({ 'Content-Type': 'image/png', ETag: `"${etag}"`, 'Cache-Control': anHour })
        .send(png);
    };
  }

  /** Those who come together for a picture that nobody has painted yet wait for the same one. */
  async function paint(etag: string, card: ShareCard): Promise<Buffer> {
    const known = memory.find(etag) ?? painting.get(etag);
    if (known !== undefined) return known;
    const painted = deps.painter
      .paint(card)
      .then((png) => {
        memory.keep(etag, png);
        return png;
      })
      .finally(() => painting.delete(etag));
    painting.set(etag, painted);
    return painted;
  }
}

/** As long as an uploaded picture: networks keep their own copy anyway. */
const anHour = 'public, max-age=3600';
