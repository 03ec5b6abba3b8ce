import { type Request, type Response, Router } from 'express';
import { criterionNotFound } from '../../catalog/criteria/get-criteria.ts';
import { getIndicators } from '../../catalog/criteria/indicators.ts';
import type { IndicatorKeeper } from '../../catalog/criteria/keep-indicators.ts';
import { city } from '../../catalog/criteria/scopes.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { getDatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import type { ShareCard } from '../../catalog/picture/share-card.ts';
import { planProgress } from '../../catalog/plan/plan-progress.ts';
import { planRepository } from '../../catalog/plan/plan-repository.ts';
import { yearsOf } from '../../catalog/plan/roadmap.ts';
import { standingsOf } from '../../catalog/plan/standings.ts';
import { reuseNotFound } from '../../catalog/reuse/moderate-reuse.ts';
import { reuseRepository } from '../../catalog/reuse/reuse-repository.ts';
import type { Search } from '../../catalog/search/search-datasets.ts';
import { readSearchQuery } from '../../catalog/search/search-query.ts';
import type { Database } from '../../catalog/storage/database.ts';
import type { PageContext } from '../pages/page-context.ts';
import {
  agencyShareCard,
  datasetShareCard,
  indicatorShareCard,
  planShareCard,
  reuseShareCard,
} from '../pages/share-cards.ts';
import { planNotFound, readPlanYear } from './annex.ts';
import { assertPublished } from './api-reuses.ts';
import { agencyNotFound } from './feeds.ts';
import { readIndicatorQuery } from './indicator-query.ts';
import { createCardSender, type SendCardDeps } from './send-card.ts';
import { contextOf } from './show-page.ts';

export interface SharePictureDeps extends SendCardDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly search: Search;
  readonly clock: Clock;
  readonly indicators: IndicatorKeeper;
}

type CardOf = (context: PageContext, request: Request) => Promise<ShareCard>;

const everything = readSearchQuery(new URLSearchParams());

/**
 * `share.png` beside a page: what networks show where its address is shared. Each is as public as its page; to fetch it
 * is no visit of the page, and is not counted.
 */
export function sharePictureRoutes(deps: SharePictureDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const sendCard = createCardSender(deps);
  const pictures: Readonly<Record<string, CardOf>> = {
    '/dataset/:id': datasetCardOf,
    '/agency/:id': agencyCardOf,
    '/plan/:year': planCardOf,
    '/reuse/:id': reuseCardOf,
    '/indicators/:code': indicatorCardOf,
  };

  for (const [page, cardOf] of Object.entries(pictures)) {
    for (const prefix of ['', '/en']) {
      router.get(`${prefix}${page}/share.png`, async (request: Request, response: Response) => {
        await sendCard(request, response, await cardOf(contextOf(request, deps.baseURL), request));
      });
    }
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

  async function agencyCardOf(context: PageContext, request: Request): Promise<ShareCard> {
    const id = String(request.params['id']);
    const agency = await agencyRepository(db).find(id);
    if (!agency) throw agencyNotFound(id);
    const today = localDate(deps.clock());
    const [{ total }, { shown }] = await Promise.all([
      deps.search.search({ ...everything, filters: { publisher: [id] } }, 1, 1),
      yearsOf(undefined, today, db),
    ]);
    const { standings } = await standingsOf(shown, today, db);
    return agencyShareCard(agency.record, total, standings, context);
  }

  async function planCardOf(context: PageContext, request: Request): Promise<ShareCard> {
    const year = readPlanYear(request);
    if (!(await planRepository(db).years()).includes(year)) throw planNotFound(year);
    return planShareCard(await planProgress(year, localDate(deps.clock()), db), context);
  }

  async function reuseCardOf(context: PageContext, request: Request): Promise<ShareCard> {
    const id = String(request.params['id']);
    const reuse = await reuseRepository(db).find(id);
    if (!reuse) throw reuseNotFound(id);
    assertPublished(reuse);
    return reuseShareCard(reuse, context);
  }

  async function indicatorCardOf(context: PageContext, request: Request): Promise<ShareCard> {
    const code = String(request.params['code']);
    await deps.indicators.freshen();
    const today = localDate(deps.clock());
    const { period } = await readIndicatorQuery(request, undefined, today, db);
    const found = await getIndicators(city, period, today, db);
    const indicator = found.items.find((each) => each.code === code);
    if (!indicator) throw criterionNotFound(code);
    return indicatorShareCard(indicator, found, context);
  }
}
