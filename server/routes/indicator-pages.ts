import { type Request, Router } from 'express';
import { criterionNotFound, getCriteria } from '../../catalog/criteria/get-criteria.ts';
import { indicatorRepository } from '../../catalog/criteria/indicator-repository.ts';
import { getIndicators } from '../../catalog/criteria/indicators.ts';
import type { IndicatorKeeper } from '../../catalog/criteria/keep-indicators.ts';
import { type Period, periodOf } from '../../catalog/criteria/period.ts';
import { getRanking } from '../../catalog/criteria/rank-agencies.ts';
import { city } from '../../catalog/criteria/scopes.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { indicatorPage } from '../pages/indicator-page.ts';
import { indicatorsPage } from '../pages/indicators-page.ts';
import type { PageContext } from '../pages/page-context.ts';
import { readIndicatorQuery } from './indicator-query.ts';
import { createPageHandlers, pictureOf, show, titled } from './show-page.ts';

export interface IndicatorPageDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly indicators: IndicatorKeeper;
}

/** `/indicators` and `/indicators/{code}`: what the city can be asked about its plan. */
export function indicatorPageRoutes(deps: IndicatorPageDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const { page } = createPageHandlers(deps.baseURL);
  for (const prefix of ['', '/en']) {
    router.get(`${prefix}/indicators`, page(showIndicators));
    router.get(`${prefix}/indicators/:code`, page(showIndicator));
  }
  return router;

  async function showIndicators(context: PageContext, request: Request) {
    const asked = await load(request);
    const ranking = await getRanking(undefined, asked.period, asked.today, db);
    const model = indicatorsPage({ ...asked, ranking }, context);
    return show('indicators', model, {
      title: titled('indicators.heading', context),
      description: context.t('indicators.intro'),
      nav: 'indicators',
      alternates: [
        { type: 'application/json', href: model.data.json },
        { type: 'text/csv', href: model.data.csv },
      ],
    });
  }

  async function showIndicator(context: PageContext, request: Request) {
    const code = String(request.params['code']);
    const asked = await load(request);
    const criteria = await getCriteria(asked.city.version, db);
    const criterion = criteria.record.criteria.find((each) => each.code === code);
    const indicator = asked.city.items.find((each) => each.code === code);
    if (!criterion || !indicator) throw criterionNotFound(code);
    const [ranking, themes, datasets] = await Promise.all([
      getRanking(code, asked.period, asked.today, db),
      indicatorRepository(db).listKind(asked.period.id, 'theme'),
      datasetsIn(indicator.evidence.missing ?? []),
    ]);
    const model = indicatorPage(
      { ...asked, criteria, criterion, indicator, ranking, themes, datasets },
      context,
    );
    const query = `?period=${asked.period.id}`;
    return show('indicator', model, {
      title: `${model.indicator.name} · ${titled('indicators.heading', context)}`,
      description: model.quote ?? model.indicator.formula,
      nav: 'indicators',
      picture: pictureOf(`/indicators/${code}`, model.indicator.name, context, query),
      alternates: [{ type: 'text/csv', href: model.indicator.csv }],
    });
  }

  /** What both pages show: the city in the period and up to then, and who there is. */
  async function load(request: Request) {
    await deps.indicators.freshen();
    const today = localDate(deps.clock());
    const { period } = await readIndicatorQuery(request, undefined, today, db);
    const day = today < period.to ? today : period.to;
    const [found, months, quarters, agencies, kept] = await Promise.all([
      getIndicators(city, period, today, db),
      getIndicators(city, periodOf(day, 'month'), today, db),
      getIndicators(city, periodOf(day, 'quarter'), today, db),
      agencyRepository(db).list(),
      indicatorRepository(db).listPeriods(),
    ]);
    const keptIds = new Set(kept.map((each) => each.period));
    return {
      period,
      today,
      city: found,
      trends: { months, quarters },
      agencies: new Map(agencies.map(({ record }) => [record.id, record.name])),
      isKept: (id: Period['id']) => keptIds.has(id),
    };
  }

  /** Datasets by their ids: only such as are published or on the roadmap are named as missing. */
  async function datasetsIn(records: readonly string[]) {
    const ids = records.filter((each) => each.startsWith('dataset/')).map((each) => each.slice(8));
    const found = await datasetRepository(db).findMany(ids);
    return new Map(
      [...found].map(([id, { record, state }]) => [
        id,
        { title: record.title, isPublished: state === 'published' },
      ]),
    );
  }
}
