import { type NextFunction, type Request, type Response, Router } from 'express';
import type { Describer } from '../../catalog/dcat/record-forms.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import {
  agencyDocument,
  datasetDocument,
  type FeedDocument,
} from '../../catalog/publication/feed.ts';
import { mediaTypeOf, type Syntax } from '../../catalog/rdf/syntaxes.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { alternates } from '../http/alternates.ts';
import { answer } from '../http/answer.ts';
import { pageOrSyntax, splitSuffix } from '../http/negotiate.ts';
import { agencyNotFound } from './feeds.ts';

export interface ResourceDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly describer: Describer;
}

type Find = (id: string, syntax: Syntax) => Promise<FeedDocument>;

/**
 * Datasets and agencies as linked data, by suffix or by Accept; who prefers a page is passed on to the pages.
 * A distribution's address leads to the page of its dataset.
 */
export function resourceRoutes(deps: ResourceDeps): Router {
  const router = Router();
  const db = deps.database.read;

  const findDataset: Find = async (id, syntax) => {
    const document = await datasetDocument(id, syntax, deps.describer, db);
    if (document) return document;
    // Says whether it is gone or never was.
    await getDataset(id, undefined, db);
    throw new Error(`dataset ${id} is published without its forms`);
  };
  const findAgency: Find = async (id, syntax) => {
    const document = await agencyDocument(id, syntax, deps.describer, db);
    if (!document) throw agencyNotFound(id);
    return document;
  };

  router.get('/dataset/:id', handler('dataset', findDataset));
  router.get('/agency/:id', handler('agency', findAgency));

  router.get(
    '/distribution/:id',
    async (request: Request, response: Response, next: NextFunction) => {
      const id = String(request.params['id']);
      const found = await datasetRepository(db).findDistribution(id);
      if (found) response.redirect(303, `${deps.baseURL}/dataset/${found.datasetId}#${id}`);
      else next();
    },
  );

  return router;

  /** A name that a dataset or an agency really has is never taken for another's with a suffix. */
  async function addressed(kind: 'dataset' | 'agency', name: string) {
    const split = splitSuffix(name);
    if (split.syntax === undefined) return split;
    const repository = kind === 'dataset' ? datasetRepository(db) : agencyRepository(db);
    return (await repository.find(name)) ? { name } : split;
  }

  function handler(kind: 'dataset' | 'agency', find: Find) {
    return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
      const { name, syntax } = await addressed(kind, String(request.params['id']));
      const wanted = syntax ?? pageOrSyntax(request);
      response.set('Link', alternates(`${deps.baseURL}/${kind}/${name}`));
      if (wanted === 'page') {
        next();
        return;
      }
      const document = await find(name, wanted);
      await answer(request, response, {
        mediaType: mediaTypeOf(wanted),
        isKept: true,
        ...document,
      });
    };
  }
}
