import { type Request, Router } from 'express';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import { type ResourceKind, resourceKinds } from '../../catalog/model/resource.ts';
import { getResource } from '../../catalog/publication/get-resource.ts';
import type { Resource } from '../../catalog/publication/resource-repository.ts';
import type { Search } from '../../catalog/search/search-datasets.ts';
import { readSearchQuery } from '../../catalog/search/search-query.ts';
import type { Database } from '../../catalog/storage/database.ts';
import type { PageContext } from '../pages/page-context.ts';
import { resourcePage } from '../pages/resource-page.ts';
import { createPageHandlers, show } from './show-page.ts';

export interface ResourcePageDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly search: Search;
  readonly clock: Clock;
}

const mostDatasets = 200;

/** The pages of series and of data services. */
export function resourcePageRoutes(deps: ResourcePageDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const { page } = createPageHandlers(deps.baseURL);
  for (const prefix of ['', '/en']) {
    for (const kind of resourceKinds) router.get(`${prefix}/${kind}/:id`, page(shower(kind)));
  }
  return router;

  function shower(kind: ResourceKind) {
    return async (context: PageContext, request: Request) => {
      const resource = await getResource(kind, String(request.params['id']), db);
      const agencies = await agencyRepository(db).list();
      const model = resourcePage(
        {
          resource,
          datasets: await datasetsOf(resource),
          agencies: new Map(agencies.map(({ record }) => [record.id, record.name])),
          today: localDate(deps.clock()),
        },
        context,
      );
      return show('resource', model, {
        title: `${model.title.text} · ${context.t('site.name')}`,
        description: model.description.text.slice(0, 300),
        nav: 'dataset',
        alternates: [
          { type: 'text/turtle', href: `/${kind}/${resource.record.id}.ttl` },
          { type: 'application/ld+json', href: `/${kind}/${resource.record.id}.jsonld` },
        ],
      });
    };
  }

  async function datasetsOf({ kind, record }: Resource) {
    if (kind === 'series') {
      const query = readSearchQuery(new URLSearchParams({ inSeries: record.id, sort: 'issued' }));
      return (await deps.search.search(query, 1, mostDatasets)).hits;
    }
    return deps.search.hitsOf(record.servesDataset ?? []);
  }
}
