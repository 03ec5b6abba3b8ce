import { type Request, type Response, Router } from 'express';
import { getIndicators } from '../../catalog/criteria/indicators.ts';
import type { IndicatorKeeper } from '../../catalog/criteria/keep-indicators.ts';
import { periodOf } from '../../catalog/criteria/period.ts';
import type { Describer } from '../../catalog/dcat/record-forms.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { getDatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import { getDataset } from '../../catalog/inventory/get-dataset.ts';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import { planRepository } from '../../catalog/plan/plan-repository.ts';
import { describeStandings, yearsOf } from '../../catalog/plan/roadmap.ts';
import { type Standings, standingsOf } from '../../catalog/plan/standings.ts';
import { getAgencyQuality } from '../../catalog/quality/agency-quality.ts';
import { reuseRepository } from '../../catalog/reuse/reuse-repository.ts';
import type { Search } from '../../catalog/search/search-datasets.ts';
import { readSearchQuery } from '../../catalog/search/search-query.ts';
import type { Database } from '../../catalog/storage/database.ts';
import type { Retention } from '../../catalog/usage/prune-usage.ts';
import { usageRepository } from '../../catalog/usage/usage-repository.ts';
import type { CountUse } from '../http/count-use.ts';
import { queryOf, wholeNumber } from '../http/read-parameters.ts';
import { rememberVersion } from '../http/remember-version.ts';
import { agencyListPage, agencyPage } from '../pages/agency-pages.ts';
import type { AgencyNames } from '../pages/dataset-card.ts';
import { developersPage } from '../pages/developers-page.ts';
import { dueNow, homePage } from '../pages/home-page.ts';
import { type ExampleIds, liveExamples } from '../pages/live-examples.ts';
import { openApiPage } from '../pages/open-api-page.ts';
import type { PageContext } from '../pages/page-context.ts';
import { privacyPage } from '../pages/privacy-page.ts';
import { qualityPage } from '../pages/quality-page.ts';
import { searchPage } from '../pages/search-page.ts';
import { validationLimit } from './api.ts';
import { agencyNotFound } from './feeds.ts';
import { openApiDocument } from './openapi/openapi-document.ts';
import { planPageRoutes } from './plan-pages.ts';
import { webmentionLink } from './public/webmention.ts';
import { showDatasetPage } from './show-dataset.ts';
import { createPageHandlers, pictureOf, show, titled } from './show-page.ts';

export interface PageDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly describer: Describer;
  readonly search: Search;
  readonly countUse: CountUse;
  readonly indicators: IndicatorKeeper;
  readonly clock: Clock;
  readonly config: Retention;
}

const pageSize = 20;
const figuresAgeMs = 5 * 60_000;
const everything = readSearchQuery(new URLSearchParams());
const catalogForms = [
  { type: 'text/turtle', href: '/catalog.ttl', title: 'DCAT-AP' },
  { type: 'application/ld+json', href: '/catalog.jsonld', title: 'DCAT-AP' },
  { type: 'application/rdf+xml', href: '/catalog.rdf', title: 'DCAT-AP' },
];

/** The pages for people, in Vietnamese at the root and in English under `/en`. */
export function pageRoutes(deps: PageDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const today = () => localDate(deps.clock());
  const { page, rememberedPage } = createPageHandlers(deps.baseURL);
  const version = () => deps.database.version();
  const countFiles = rememberVersion(version, () => deps.search.countDistributions());
  const agencyNames = rememberVersion(version, async (): Promise<AgencyNames> => {
    const agencies = await agencyRepository(db).list();
    return new Map(agencies.map(({ record }) => [record.id, record.name]));
  });

  for (const prefix of ['', '/en']) {
    router.get(`${prefix}/`, rememberedPage(showHome, catalogKey));
    router.get(`${prefix}/dataset`, rememberedPage(showSearch, catalogKey));
    router.get(`${prefix}/dataset/:id`, rememberedPage(showDataset, datasetKey, countView));
    router.get(`${prefix}/dataset/:id/quality`, page(showQuality));
    router.get(`${prefix}/agency`, page(showAgencies));
    router.get(`${prefix}/agency/:id`, page(showAgency));
    router.get(`${prefix}/developers`, page(showDevelopers));
    router.get(`${prefix}/privacy`, page(showPrivacy));
    router.get(`${prefix}/developers/api`, page(showOpenApi));
  }
  router.use(planPageRoutes({ ...deps, agencyNames }));
  return router;

  async function showHome(context: PageContext) {
    const [results, agencies, newest, downloads, files] = await Promise.all([
      deps.search.search(everything, 1, 8),
      agencyNames(),
      newestPlan(),
      usageRepository(db).total('download'),
      countFiles(),
    ]);
    const model = homePage(
      {
        recent: results.hits,
        themes: results.facets.get('theme') ?? [],
        publishers: results.facets.get('publisher') ?? [],
        totals: { datasets: results.total, files, downloads },
        commitments: await describeStandings(newest, dueNow(newest.standings, today()), db),
        agencies,
        today: today(),
      },
      context,
    );
    const title = context.t('site.name');
    return show('home', model, {
      title,
      description: context.t('site.tagline'),
      alternates: catalogForms,
    });
  }

  async function showSearch(context: PageContext, request: Request) {
    const parameters = queryOf(request);
    const query = readSearchQuery(parameters);
    const number = wholeNumber(parameters, 'page', { from: 1, to: 1_000_000_000, otherwise: 1 });
    const [results, agencies] = await Promise.all([
      deps.search.search(query, Math.min(number, 50_000_000), pageSize),
      agencyNames(),
    ]);
    const model = searchPage(
      { query, results, page: number, pageSize, agencies, today: today() },
      context,
    );
    const title = `${model.q.trim() || context.t('search.heading')} · ${context.t('site.name')}`;
    const noindex = parameters.size > 0;
    return show('search', model, { title, nav: 'dataset', noindex, alternates: catalogForms });
  }

  async function showDataset(context: PageContext, request: Request) {
    const id = String(request.params['id']);
    const { record, changedAt } = await getDataset(id, undefined, db);
    return showDatasetPage({ record, changedAt }, { ...deps, agencyNames }, context);
  }

  async function showQuality(context: PageContext, request: Request) {
    const { record } = await getDataset(String(request.params['id']), undefined, db);
    const quality = await getDatasetQuality(record, db, deps);
    const model = qualityPage(record, quality, today(), context);
    return show('quality', model, {
      title: `${context.t('quality.heading')}: ${model.title.text} · ${context.t('site.name')}`,
      nav: 'dataset',
      picture: pictureOf(`/dataset/${record.id}`, model.title.text, context),
      alternates: [{ type: 'application/json', href: model.api }],
    });
  }

  function countView(request: Request, response: Response): void {
    response.append('Link', webmentionLink);
    deps.countUse(request, response, { kind: 'view', datasetId: String(request.params['id']) });
  }

  async function showAgencies(context: PageContext) {
    const [agencies, { facets }, { standings }] = await Promise.all([
      agencyRepository(db).list(),
      deps.search.search(everything, 1, 1),
      newestPlan(),
    ]);
    const published = new Map(
      (facets.get('publisher') ?? []).map(({ value, count }) => [value, count]),
    );
    const records = agencies
      .map(({ record }) => record)
      .sort((a, b) => context.compare(context.show(a.name).text, context.show(b.name).text));
    const model = agencyListPage(records, published, standings, context);
    return show('agencies', model, { title: titled('agency.heading', context), nav: 'agency' });
  }

  async function showAgency(context: PageContext, request: Request) {
    const id = String(request.params['id']);
    const agency = await agencyRepository(db).find(id);
    if (!agency) throw agencyNotFound(id);
    await deps.indicators.freshen();
    const [agencies, quality, indicators, newest, results] = await Promise.all([
      agencyNames(),
      getAgencyQuality(id, db),
      getIndicators(`publisher/${id}`, periodOf(today(), 'year'), today(), db),
      newestPlan(),
      deps.search.search({ ...everything, filters: { publisher: [id] } }, 1, pageSize),
    ]);
    const model = agencyPage(
      {
        agency: agency.record,
        datasets: results.hits,
        total: results.total,
        quality,
        indicators,
        commitments: await describeStandings(
          newest,
          newest.standings.filter(({ publisher }) => publisher === id),
          db,
        ),
        agencies,
        today: today(),
      },
      context,
    );
    return show('agency', model, {
      title: `${model.name.text} · ${context.t('site.name')}`,
      nav: 'agency',
      picture: pictureOf(`/agency/${id}`, model.name.text, context),
      alternates: [
        { type: 'text/turtle', href: `/agency/${id}.ttl` },
        { type: 'application/ld+json', href: `/agency/${id}.jsonld` },
      ],
    });
  }

  /** What the newest plan there is promises. */
  async function newestPlan(): Promise<Standings> {
    const { shown } = await yearsOf(undefined, today(), db);
    return standingsOf(shown, today(), db);
  }

  async function showDevelopers(context: PageContext) {
    const model = developersPage(await exampleIds(), validationLimit, context);
    const title = titled('developers.heading', context);
    return show('developers', model, { title, nav: 'developers', alternates: catalogForms });
  }

  async function showPrivacy(context: PageContext) {
    const title = titled('privacy.heading', context);
    return show('privacy', privacyPage(deps.config, context), {
      title,
      description: context.t('privacy.intro'),
    });
  }

  /** The dataset that was changed last and has a file, and the newest plan. */
  async function exampleIds(): Promise<ExampleIds> {
    const [{ hits }, [year]] = await Promise.all([
      deps.search.search(everything, 1, pageSize),
      planRepository(db).years(),
    ]);
    const records = hits.map(({ record }) => record);
    const shown = records.find(({ distribution = [] }) => distribution.length > 0) ?? records[0];
    const [file] = shown?.distribution ?? [];
    const plan = year === undefined ? undefined : await planRepository(db).find(year);
    return {
      ...(shown && { dataset: shown.id, publisher: shown.publisher }),
      ...(file && { file: `/download/${file.id}` }),
      ...(plan && { year }),
    };
  }

  async function showOpenApi(context: PageContext) {
    const document = openApiDocument(deps.baseURL);
    const model = openApiPage(document, liveExamples(await exampleIds()), context.lang);
    return show('open-api', model, { title: titled('api.heading', context), nav: 'developers' });
  }

  /**
   * What pages are made from that show the catalogue and, beside it, figures that change all the time: downloads, what
   * has become of the plan. Those may be five minutes old.
   */
  async function catalogKey(request: Request): Promise<string> {
    const now = deps.clock();
    const window = Math.floor(Date.parse(now) / figuresAgeMs);
    return [request.originalUrl, await deps.database.version(), localDate(now), window].join(' ');
  }

  /** What the page of a dataset is made from: the catalogue, its agencies, the downloads, its use, and the day. */
  async function datasetKey(request: Request): Promise<string> {
    const id = String(request.params['id']);
    const [version, downloads, reuseVersion] = await Promise.all([
      deps.database.version(),
      usageRepository(db).total('download', id),
      reuseRepository(db).version(),
    ]);
    return [request.originalUrl, version, downloads, reuseVersion, today()].join(' ');
  }
}
