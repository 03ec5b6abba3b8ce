import type { Request, Response } from 'express';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import type { Picture } from '../../../catalog/model/reuse.ts';
import type { FileStore } from '../../../catalog/storage/file-store.ts';
import { isFresh } from '../../http/conditional.ts';

/**
 * Sends a picture that somebody uploaded: as the kind its bytes are, which no browser guesses anew, and never as a page
 * of our origin.
 *
 * @param cacheControl absent: for everybody, for an hour; its address changes with it
 * @throws {CatalogError} `not-found` / `picture-not-found`
 */
export async function sendPicture(
  request: Request,
  response: Response,
  picture: Picture | undefined,
  files: FileStore,
  cacheControl = 'public, max-age=3600',
): Promise<void> {
  if (!picture || !(await files.has(picture.sha256))) {
    throw new CatalogError('not-found', 'picture-not-found', {
      vi: 'Sản phẩm này không có hình.',
      en: 'This reuse has no picture.',
    });
  }
  const etag = picture.sha256.slice(0, 32);
  response.set({
    'Content-Type': picture.mediaType,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Content-Disposition': 'inline',
    'Cache-Control': cacheControl,
    ETag: `"${etag}"`,
  });
  if (isFresh(request, etag, undefined)) {
    response.status(304).end();
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const options = { lastModified: false, etag: false, cacheControl: false, dotfiles: 'allow' };
    response.sendFile(files.pathOf(picture.sha256), options as object, (error) => {
      // A reader who went away in the middle is no failure of ours.
      if (error && !response.headersSent) reject(error);
      else resolve();
    });
  });
}
