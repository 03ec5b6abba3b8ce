import { Router } from 'express';
import { createCkanCatalog } from '../../catalog/exchange/ckan-action/actions/index.ts';
import { type Agency, agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import type { Clock } from '../../catalog/kernel/clock.ts';
import { pickLanguage } from '../../catalog/kernel/lang-text.ts';
import { catalogSeed } from '../../catalog/publication/catalog-record.ts';
import type { Search } from '../../catalog/search/search-datasets.ts';
import type { Database } from '../../catalog/storage/database.ts';
import type { FileStore } from '../../catalog/storage/file-store.ts';
import { type CkanActionDeps, ckanActionRoutes } from './ckan-action.ts';
import { ckanAddressRoutes } from './ckan-addresses.ts';
import { dumpTable } from './datastore-dump.ts';

export interface CkanDeps extends CkanActionDeps {
  readonly database: Database;
  readonly search: Search;
  readonly files: FileStore;
  readonly clock: Clock;
}

/** The catalogue as a CKAN portal: its action API, its DataStore, and its addresses. INTEROP 1.3. */
export function ckanRoutes(deps: CkanDeps): Router {
  const router = Router();
  const { title, description } = catalogSeed.catalog;
  const catalog = createCkanCatalog({
    ...deps,
    agencies: rememberAgencies(deps.database),
    site: {
      title: pickLanguage(title, 'vi').text,
      description: pickLanguage(description, 'vi').text,
    },
  });
  router.use(ckanActionRoutes(catalog, deps));
  router.get('/datastore/dump/:resource', dumpTable(catalog, deps.countUse));
  router.use(ckanAddressRoutes(catalog));
  return router;
}

/** The agencies, read again when one of them changed. */
function rememberAgencies(database: Database): () => Promise<readonly Agency[]> {
  let known: { readonly version: number; readonly agencies: readonly Agency[] } | undefined;
  return async () => {
    const repository = agencyRepository(database.read);
    const version = await database.version();
    if (known?.version !== version) known = { version, agencies: await repository.list() };
    return known.agencies;
  };
}
