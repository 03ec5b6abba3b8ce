import { type Request, Router } from 'express';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import { commitmentRepository } from '../../catalog/plan/commitment-repository.ts';
import { planProgress, publicVersions } from '../../catalog/plan/plan-progress.ts';
import { planRepository } from '../../catalog/plan/plan-repository.ts';
import { planVersionRepository } from '../../catalog/plan/plan-version-repository.ts';
import { describeStandings, yearsOf } from '../../catalog/plan/roadmap.ts';
import { standingsOf } from '../../catalog/plan/standings.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { queryOf, wholeNumber } from '../http/read-parameters.ts';
import type { AgencyNames } from '../pages/dataset-card.ts';
import {
  pageOf,
  type RoadmapPlace,
  roadmapPageSize,
  selectRoadmap,
} from '../pages/long-roadmap-page.ts';
import type { PageContext } from '../pages/page-context.ts';
import { publicPlanPage } from '../pages/public-plan-page.ts';
import { roadmapPage, type ShownRoadmap } from '../pages/roadmap-page.ts';
import { planNotFound, readPlanYear } from './annex.ts';
import { dayAsked } from './api-plans.ts';
import { malformedParameter } from './malformed-parameter.ts';
import { yearOf } from './roadmap.ts';
import { createPageHandlers, pictureOf, show } from './show-page.ts';

export interface PlanPageDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly agencyNames: () => Promise<AgencyNames>;
}

/** `/roadmap` and `/plan/{year}`: what is promised, and how far it is. */
export function planPageRoutes(deps: PlanPageDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const today = () => localDate(deps.clock());
  const { rememberedPage } = createPageHandlers(deps.baseURL);
  for (const prefix of ['', '/en']) {
    router.get(`${prefix}/roadmap`, rememberedPage(showRoadmap, dayKey));
    router.get(`${prefix}/plan/:year`, rememberedPage(showPlan, dayKey));
  }
  return router;

  async function showRoadmap(context: PageContext, request: Request) {
    const query = queryOf(request);
    const agency = query.get('agency') || undefined;
    const place = { agency, quarter: quarterAsked(request), page: pageAsked(request) };
    const dataset = query.get('dataset') ?? '';
    const promised = dataset === '' ? undefined : await commitmentRepository(db).yearOf(dataset);
    const [roadmap, agencies] = await Promise.all([
      roadmapAt(yearOf(request) ?? promised, place, dataset),
      deps.agencyNames(),
    ]);
    const model = roadmapPage(roadmap, agency, agencies, today(), context);
    return show('roadmap', model, {
      title: `${context.t('roadmap.heading', { year: model.year })} · ${context.t('site.name')}`,
      description: context.t('roadmap.intro'),
      nav: 'roadmap',
      alternates: [
        { type: 'application/atom+xml', href: '/roadmap.atom', title: context.t('nav.roadmap') },
        { type: 'text/calendar', href: '/roadmap.ics' },
        { type: 'application/json', href: '/roadmap.json' },
      ],
    });
  }

  /**
   * All commitments when they are few enough for one table; else those of a page.
   *
   * @param dataset the page on which it stands is shown; empty, or promised nothing: the page of the place
   */
  async function roadmapAt(
    year: string | undefined,
    asked: RoadmapPlace,
    dataset: string,
  ): Promise<ShownRoadmap> {
    const { years, shown } = await yearsOf(year, today(), db);
    const found = await standingsOf(shown, today(), db);
    const { standings } = found;
    const place = { ...asked, page: pageOf(dataset, standings, asked) ?? asked.page };
    const { listed, total } = selectRoadmap(standings, place);
    const isShort = place.quarter === undefined && place.page === 1 && total <= roadmapPageSize;
    return {
      year: shown,
      years,
      standings,
      commitments: await describeStandings(found, listed, db),
      ...(!isShort && { part: { place, total } }),
    };
  }

  async function showPlan(context: PageContext, request: Request) {
    const year = readPlanYear(request);
    const at = dayAsked(request, deps);
    const [plan, years, issued, agencies] = await Promise.all([
      planRepository(db).find(year),
      planRepository(db).years(),
      planVersionRepository(db).heads(year),
      deps.agencyNames(),
    ]);
    if (!years.includes(year)) throw planNotFound(year);
    const [progress, versions] = await Promise.all([
      planProgress(year, at, db, issued),
      publicVersions(issued, db),
    ]);
    const shown = progress.version?.number;
    const model = publicPlanPage(
      {
        progress,
        versions,
        fields: shown === undefined ? [] : await planVersionRepository(db).countFields(year, shown),
        title: plan?.record.title,
        agencies,
        today: today(),
      },
      context,
    );
    return show('plan', model, {
      title: `${model.heading} · ${context.t('site.name')}`,
      description: context.t('roadmap.intro'),
      nav: 'roadmap',
      picture: pictureOf(`/plan/${year}`, model.heading, context),
      alternates: [
        { type: 'application/json', href: `/api/v1/plans/${year}/progress` },
        { type: 'text/csv', href: `/plan/${year}/progress.csv` },
      ],
    });
  }

  /** What the pages of plans are made from: the catalogue, its plans, and the day. */
  async function dayKey(request: Request): Promise<string> {
    return [request.originalUrl, await deps.database.version(), today()].join(' ');
  }
}

function pageAsked(request: Request): number {
  return wholeNumber(queryOf(request), 'page', { from: 1, to: 1_000_000, otherwise: 1 });
}

/** @throws {CatalogError} `malformed` / `parameter-malformed` when it is no quarter */
function quarterAsked(request: Request): string | undefined {
  const written = queryOf(request).get('quarter');
  if (written === null || written === '') return undefined;
  if (/^20\d{2}-Q[1-4]$/.test(written)) return written;
  throw malformedParameter('quarter', written, 'quý như 2026-Q3', 'a quarter such as 2026-Q3');
}
