import { type Request, type Response, Router } from 'express';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { fileRepository } from '../../catalog/inventory/file-repository.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { Database } from '../../catalog/storage/database.ts';
import type { FileStore } from '../../catalog/storage/file-store.ts';
import { isFresh } from '../http/conditional.ts';
import type { CountUse } from '../http/count-use.ts';

export interface DownloadDeps {
  readonly database: Database;
  readonly files: FileStore;
  readonly countUse: CountUse;
  /** The public address of a distribution's file. */
  readonly downloadURL: (distributionId: string, fileName: string) => string;
}

/** `/download/{distribution-id}/{filename}`: a file of ours is sent, a linked one redirected to; both are counted. */
export function downloadRoutes(deps: DownloadDeps): Router {
  const router = Router();

  router.get('/download/:id{/:fileName}', async (request: Request, response: Response) => {
    const id = String(request.params['id']);
    const db = deps.database.read;
    const distribution = await datasetRepository(db).findDistribution(id);
    if (!distribution) throw noDistribution(id);
    // What is not published is not there; what was withdrawn is gone.
    await getDataset(distribution.datasetId, undefined, db);
    const file = await fileRepository(db).find(id);

    const target = distribution.downloadURL ?? distribution.accessURL;
    // An address of ours without a file behind it would lead back here for ever.
    if (!file && target.startsWith(deps.downloadURL(id, ''))) throw noDistribution(id);
    const { datasetId } = distribution;
    deps.countUse(request, response, { kind: 'download', datasetId, distributionId: id });
    if (!file) {
      response.set('Cache-Control', 'no-store');
      response.redirect(302, target);
      return;
    }
    response.set({
      'Content-Type': file.mediaType,
      'Content-Disposition': `attachment; filename="${file.fileName}"`,
      ETag: `"${file.sha256.slice(0, 32)}"`,
      'Last-Modified': new Date(file.storedAt).toUTCString(),
      'Cache-Control': 'public, no-cache',
      // What agencies upload is never run in our origin, whatever it is.
      'Content-Security-Policy': 'sandbox',
    });
    if (isFresh(request, file.sha256.slice(0, 32), file.storedAt)) {
      response.status(304).end();
      return;
    }
    await sendFile(response, deps.files.pathOf(file.sha256));
  });

  return router;
}

function sendFile(response: Response, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    response.sendFile(
      path,
      { lastModified: false, etag: false, cacheControl: false, dotfiles: 'allow' },
      (error) => {
        // A reader who went away in the middle is no failure of ours.
        if (error && !response.headersSent) reject(error);
        else resolve();
      },
    );
  });
}

function noDistribution(id: string): CatalogError {
  return new CatalogError('not-found', 'distribution-not-found', {
    vi: `Không có tệp "${id}"; hãy tìm tập dữ liệu ở /dataset.`,
    en: `There is no distribution "${id}"; search the datasets at /dataset.`,
  });
}
