import { type NextFunction, type Request, type Response, Router } from 'express';
import { getIndicators } from '../../catalog/criteria/indicators.ts';
import type { IndicatorKeeper } from '../../catalog/criteria/keep-indicators.ts';
import { measuredAgency } from '../../catalog/criteria/measured-agency.ts';
import { periodOf } from '../../catalog/criteria/period.ts';
import type { Describer } from '../../catalog/dcat/record-forms.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import { type ResourceKind, resourceKinds } from '../../catalog/model/resource.ts';
import type { FeedDocument } from '../../catalog/publication/feed-document.ts';
import { absentResource } from '../../catalog/publication/get-resource.ts';
import { resourceRepository } from '../../catalog/publication/resource-repository.ts';
import {
  agencyDocument,
  datasetDocument,
  resourceDocument,
} from '../../catalog/publication/single-documents.ts';
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
  readonly indicators: IndicatorKeeper;
  readonly clock: Clock;
}

type Kind = 'dataset' | 'agency' | ResourceKind;
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
    await deps.indicators.freshen();
    const today = localDate(deps.clock());
    const year = periodOf(today, 'year');
    const found = await getIndicators(`publisher/${id}`, year, today, db);
    const measured = measuredAgency(deps.describer.iri.agency(id), deps.baseURL, found);
    const document = await agencyDocument(id, syntax, measured, deps.describer, db);
    if (!document) throw agencyNotFound(id);
    return document;
  };

  const findResource =
    (kind: ResourceKind): Find =>
    async (id, syntax) => {
      const document = await resourceDocument(kind, id, syntax, deps.describer, db);
      if (document) return document;
      throw await absentResource(kind, id, db);
    };

  // As CKAN's DCAT extension has it. INTEROP 1.1.
  router.get('/dataset_series/:id', (request: Request, _response, next: NextFunction) => {
    request.url = request.url.replace('/dataset_series/', '/series/');
    next();
  });
  router.get('/dataset/:id', handler('dataset', findDataset));
  router.get('/agency/:id', handler('agency', findAgency));
  for (const kind of resourceKinds) router.get(`/${kind}/:id`, handler(kind, findResource(kind)));

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
  async function addressed(kind: Kind, name: string) {
    const split = splitSuffix(name);
    if (split.syntax === undefined) return split;
    return (await findNamed(kind, name)) ? { name } : split;
  }

  async function findNamed(kind: Kind, id: string): Promise<unknown> {
    if (kind === 'dataset') return datasetRepository(db).find(id);
    if (kind === 'agency') return agencyRepository(db).find(id);
    return resourceRepository(db).find(kind, id);
  }

  function handler(kind: Kind, find: Find) {
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
        // An agency's indicators change without it.
        isKept: kind !== 'agency',
        ...document,
      });
    };
  }
}
