import { type Request, type Response, Router } from 'express';
import { agencyRepository } from '../../../catalog/inventory/agency-repository.ts';
import { reuseNotFound } from '../../../catalog/reuse/moderate-reuse.ts';
import { type ReuseFilter, reuseRepository } from '../../../catalog/reuse/reuse-repository.ts';
import { usedDatasetRepository } from '../../../catalog/reuse/used-dataset-repository.ts';
import type { Search } from '../../../catalog/search/search-datasets.ts';
import { readSearchQuery } from '../../../catalog/search/search-query.ts';
import type { Database } from '../../../catalog/storage/database.ts';
import type { FileStore } from '../../../catalog/storage/file-store.ts';
import { answer } from '../../http/answer.ts';
import { queryOf, wholeNumber } from '../../http/read-parameters.ts';
import { galleryPage } from '../../pages/gallery-page.ts';
import type { PageContext } from '../../pages/page-context.ts';
import { reusePage } from '../../pages/reuse-page.ts';
import { assertPublished } from '../api-reuses.ts';
import { readReuseFilter } from '../read-reuse-filter.ts';
import { createPageHandlers, pictureOf, show, titled } from '../show-page.ts';
import { writeReusesCsv } from './reuses-csv.ts';
import { sendPicture } from './send-picture.ts';

export interface GalleryDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly search: Search;
  readonly files: FileStore;
}

const pageSize = 24;
const mostListed = 10_000;
const everything = readSearchQuery(new URLSearchParams());

/** `/reuse`: what was made with the data, for everybody; as a table for machines at `/reuse.csv`. */
export function galleryRoutes(deps: GalleryDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const { page } = createPageHandlers(deps.baseURL);

  router.get('/reuse.csv', async (request: Request, response: Response) => {
    const { filter, order } = readReuseFilter(queryOf(request));
    const states = ['published'] as const;
    const reuses = await reuseRepository(db).list({ ...filter, states }, 0, mostListed, order);
    response.attachment('reuse.csv');
    const write = () => writeReusesCsv(reuses, deps.baseURL);
    await answer(request, response, { mediaType: 'text/csv', write });
  });
  for (const prefix of ['', '/en']) {
    router.get(`${prefix}/reuse`, page(showGallery));
    router.get(`${prefix}/reuse/:id`, page(showReuse));
  }
  router.get('/reuse/:id/picture', async (request: Request, response: Response) => {
    const reuse = await getPublished(String(request.params['id']));
    await sendPicture(request, response, reuse.record.picture, deps.files);
  });
  return router;

  async function showGallery(context: PageContext, request: Request) {
    const query = queryOf(request);
    const asked = readReuseFilter(query);
    const filter: ReuseFilter = { ...asked.filter, states: ['published'] };
    const { order } = asked;
    const number = wholeNumber(query, 'page', { from: 1, to: 1_000_000, otherwise: 1 });
    const [reuses, total, { facets }, agencies, named] = await Promise.all([
      reuseRepository(db).list(filter, (number - 1) * pageSize, pageSize, order),
      reuseRepository(db).count(filter),
      deps.search.search(everything, 1, 1),
      agencyRepository(db).list(),
      usedDatasetRepository(db).find(filter.dataset === undefined ? [] : [filter.dataset]),
    ]);
    const model = galleryPage(
      {
        reuses,
        total,
        filter,
        order,
        query,
        page: number,
        pageSize,
        themes: (facets.get('theme') ?? []).map(({ value }) => value),
        publishers: (facets.get('publisher') ?? []).map(({ value }) => value),
        agencies: new Map(agencies.map(({ record }) => [record.id, record.name])),
        dataset: named.get(filter.dataset ?? ''),
      },
      context,
    );
    return show('gallery', model, {
      title: titled('reuse.heading', context),
      description: context.t('reuse.intro'),
      nav: 'reuse',
      noindex: query.size > 0,
      alternates: [
        { type: 'application/atom+xml', href: '/reuse.atom', title: context.t('reuse.heading') },
        { type: 'text/csv', href: '/reuse.csv' },
        { type: 'application/json', href: '/api/v1/reuses' },
      ],
    });
  }

  async function showReuse(context: PageContext, request: Request) {
    const reuse = await getPublished(String(request.params['id']));
    const datasets = await usedDatasetRepository(db).find(reuse.record.dataset);
    const model = reusePage(reuse, datasets, context);
    return show('reuse', model, {
      title: `${model.title.text} · ${context.t('site.name')}`,
      description: model.description.text.slice(0, 300),
      nav: 'reuse',
      picture: pictureOf(`/reuse/${reuse.id}`, model.title.text, context),
      alternates: [{ type: 'application/json', href: `/api/v1/reuses/${reuse.id}` }],
    });
  }

  async function getPublished(id: string) {
    const reuse = await reuseRepository(db).find(id);
    if (!reuse) throw reuseNotFound(id);
    assertPublished(reuse);
    return reuse;
  }
}
