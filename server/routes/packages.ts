import { type Request, type Response, Router } from 'express';
import { toCroissant } from '../../catalog/exchange/croissant/to-croissant.ts';
import { toDataPackage } from '../../catalog/exchange/frictionless/to-data-package.ts';
import { structuredData } from '../../catalog/exchange/schema-org/structured-data.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { pickLanguage } from '../../catalog/kernel/lang-text.ts';
import { catalogSeed } from '../../catalog/publication/catalog-record.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { answer } from '../http/answer.ts';

export interface PackageDeps {
  readonly baseURL: string;
  readonly database: Database;
}

/** A dataset as other tools package it: Frictionless and Croissant. */
export function packageRoutes(deps: PackageDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const { baseURL } = deps;

  router.get('/dataset/:id/datapackage.json', async (request: Request, response: Response) => {
    const { record, changedAt, agency } = await find(request);
    const made = toDataPackage(record, agency, { baseURL, changedAt });
    if (!made) throw noFiles(record.id);
    await answer(request, response, {
      mediaType: 'application/json',
      write: () => JSON.stringify(made, undefined, 1),
    });
  });

  router.get('/dataset/:id/croissant.jsonld', async (request: Request, response: Response) => {
    const { record, changedAt, agency } = await find(request);
    const catalogTitle = pickLanguage(catalogSeed.catalog.title, 'vi').text;
    const context = { baseURL, lang: 'vi', catalogTitle, changedAt } as const;
    const made = toCroissant(record, structuredData(record, agency, context));
    if (!made) throw noFiles(record.id);
    await answer(request, response, {
      mediaType: 'application/ld+json',
      write: () => JSON.stringify(made, undefined, 1),
    });
  });

  return router;

  async function find(request: Request) {
    const dataset = await getDataset(String(request.params['id']), undefined, db);
    const agency = await agencyRepository(db).find(dataset.record.publisher);
    return { ...dataset, agency: agency?.record };
  }
}

function noFiles(id: string): CatalogError {
  return new CatalogError('not-found', 'dataset-without-files', {
    vi: `Tập dữ liệu "${id}" không có tệp nào để đóng gói như vậy; xem /dataset/${id}.`,
    en: `The dataset "${id}" has no file that could be packaged so; see /dataset/${id}.`,
  });
}
