import { CsvError } from 'csv-parse';
import { fileRepository } from '../../../inventory/file-repository.ts';
import type { DistributionRecord } from '../../../model/dataset.ts';
import { actionNotFound, invalidParameter } from '../action-errors.ts';
import type { CkanCatalog } from '../actions/catalog.ts';
import { ckanIdentityRepository } from '../ckan-identity-repository.ts';
import { isTable } from '../resource-dict.ts';
import { shapeOf, type TableShape } from './table.ts';

/** A CSV file of a published dataset that we hold ourselves. */
export interface FoundTable {
  readonly datasetId: string;
  readonly distribution: DistributionRecord;
  readonly path: string;
  readonly sha256: string;
  readonly shape: TableShape;
}

const largest = 500_000_000;
const mostRemembered = 200;
/** Shapes by content: a file is read through once, however often it is asked for. */
const shapes = new Map<string, Promise<TableShape>>();

/**
 * Finds the table behind a resource.
 *
 * @throws {CatalogError} `not-found` / `ckan-not-found` for what is linked, is no CSV, or is above 500 MB
 */
export async function findTable(reference: string, catalog: CkanCatalog): Promise<FoundTable> {
  const { database, baseURL, files } = catalog;
  const found = await ckanIdentityRepository(database.read).findResource(reference);
  const named = found && (await catalog.packages.find(found.datasetId));
  const distribution = named?.record.distribution?.find(({ id }) => id === found?.distributionId);
  if (!found || !distribution || !isTable(distribution, baseURL)) {
    throw actionNotFound('resource', reference);
  }
  const file = await fileRepository(database.read).find(distribution.id);
  if (!file || file.byteSize > largest || !(await files.has(file.sha256))) {
    throw actionNotFound('resource', reference);
  }
  const path = files.pathOf(file.sha256);
  const shape = await rememberedShape(file.sha256, path).catch((error: unknown) => {
    throw error instanceof CsvError ? unreadable(reference, error.message) : error;
  });
  return { datasetId: found.datasetId, distribution, path, sha256: file.sha256, shape };
}

function rememberedShape(sha256: string, path: string): Promise<TableShape> {
  const known = shapes.get(sha256);
  if (known !== undefined) return known;
  const read = shapeOf(path);
  shapes.set(sha256, read);
  read.catch(() => shapes.delete(sha256));
  for (const oldest of shapes.keys()) {
    if (shapes.size <= mostRemembered) break;
    shapes.delete(oldest);
  }
  return read;
}

function unreadable(reference: string, why: string) {
  return invalidParameter('resource_id', {
    vi: `Tệp CSV của "${reference}" không đọc được (${why}); hãy tải tệp gốc về`,
    en: `The CSV file of "${reference}" cannot be read (${why}); download the file itself`,
  });
}
