import type { Agency } from '../../../inventory/agency-repository.ts';
import type { Database } from '../../../storage/database.ts';
import type { FileStore } from '../../../storage/file-store.ts';
import { type NamedRecord, type PackageDict, toPackage } from '../package-dict.ts';
import {
  createPackageSearch,
  type PackageSearch,
  type PackageSearchDeps,
} from '../package-search.ts';
import type { Parameters } from '../read-parameters.ts';

export interface CkanDeps extends Omit<PackageSearchDeps, 'agencies'> {
  readonly baseURL: string;
  readonly agencies: () => Promise<readonly Agency[]>;
  readonly files: FileStore;
  readonly site: { readonly title: string; readonly description: string };
  /** Says that a dataset was read through the API. */
  readonly onRead?: (datasetId: string) => void;
}

/** What every action works with. */
export interface CkanCatalog extends CkanDeps {
  readonly database: Database;
  readonly packages: PackageSearch;
  /** Records as packages, in the same order. */
  toPackages(records: readonly NamedRecord[]): Promise<readonly PackageDict[]>;
}

/** A function of CKAN's action API: parameters in, `result` out. */
export interface Action {
  /** What `help_show` says. */
  readonly help: string;
  run(parameters: Parameters, catalog: CkanCatalog): Promise<unknown>;
}

export type Actions = Readonly<Record<string, Action>>;

export function createCkanCatalog(deps: CkanDeps): CkanCatalog {
  return {
    ...deps,
    packages: createPackageSearch(deps),
    async toPackages(records) {
      const agencies = new Map((await deps.agencies()).map((agency) => [agency.record.id, agency]));
      const context = { baseURL: deps.baseURL, agencies };
      return records.map((record) => toPackage(record, context));
    },
  };
}
