import { Router } from 'express';
import { type ActivityFeedDeps, activityFeedRoutes } from './activity-feed.ts';
import { type AtomDeps, atomRoutes } from './atom.ts';
import { citationRoutes } from './citation.ts';
import { type CkanDeps, ckanRoutes } from './ckan.ts';
import { dataJsonRoutes } from './datajson.ts';
import { oaiRoutes } from './oai.ts';
import { packageRoutes } from './packages.ts';
import { sitemapRoutes } from './sitemap.ts';
import { udataRoutes } from './udata.ts';

/** What clients that exist already look for, each at its own address. Mounted before the catalogue's own routes. */
export function exchangeRoutes(deps: ActivityFeedDeps & AtomDeps & CkanDeps): Router {
  const router = Router();
  router.use(udataRoutes(deps));
  router.use(ckanRoutes(deps));
  router.use(dataJsonRoutes(deps));
  router.use(oaiRoutes(deps));
  router.use(sitemapRoutes(deps));
  router.use(atomRoutes(deps));
  router.use(packageRoutes(deps));
  router.use(citationRoutes(deps));
  router.use(activityFeedRoutes(deps));
  return router;
}
