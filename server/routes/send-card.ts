import type { Request, Response } from 'express';
import type { CardPainter } from '../../catalog/picture/card-painter.ts';
import { cardEdition, type ShareCard } from '../../catalog/picture/share-card.ts';
import { hashOf } from '../http/answer.ts';
import { isFresh } from '../http/conditional.ts';
import { createRecentMemory } from '../http/recent-memory.ts';
import type { Logger } from '../log.ts';
import { assetURL } from './assets.ts';

export interface SendCardDeps {
  readonly painter: CardPainter;
  readonly log: Logger;
}

/** As long as an uploaded picture: networks keep their own copy anyway. */
const anHour = 'public, max-age=3600';
const mostBytes = 16 * 1024 * 1024;

/** Makes a function that sends a card as it is painted, or the catalogue's general picture in its place. */
export function createCardSender({ painter, log }: SendCardDeps) {
  const memory = createRecentMemory<Buffer>(mostBytes, (png) => png.length);
  const painting = new Map<string, Promise<Buffer>>();

  return async (request: Request, response: Response, card: ShareCard): Promise<void> => {
    const etag = hashOf(JSON.stringify([cardEdition, card]));
    // It is shown by the pages of others.
    response.set('Cross-Origin-Resource-Policy', 'cross-origin');
    if (isFresh(request, etag, undefined)) {
      response
        .set({ ETag: `"${etag}"`, 'Cache-Control': anHour })
        .status(304)
        .end();
      return;
    }
    const png = await paint(etag, card).catch((error: unknown) => {
      log.warn({ event: 'share.failed', err: error, path: request.path });
    });
    if (png === undefined) {
      response.set('Cache-Control', 'no-store').redirect(302, assetURL('icons/share.png'));
      return;
    }
    response
      .set({ 'Content-Type': 'image/png', ETag: `"${etag}"`, 'Cache-Control': anHour })
      .send(png);
  };

  /** Those who come together for a picture that nobody has painted yet wait for the same one. */
  async function paint(etag: string, card: ShareCard): Promise<Buffer> {
    const known = memory.find(etag) ?? painting.get(etag);
    if (known !== undefined) return known;
    const painted = painter
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
