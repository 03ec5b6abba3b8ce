import { CatalogError } from '../kernel/errors.ts';
import type { ResourceKind } from '../model/resource.ts';
import type { Queryable } from '../storage/database.ts';
import { type Resource, resourceRepository } from './resource-repository.ts';
import { resourceNotFound } from './save-resource.ts';

/**
 * @throws {CatalogError} `not-found` / `resource-not-found`
 * @throws {CatalogError} `gone` / `resource-withdrawn`, with when and why
 */
export async function getResource(
  kind: ResourceKind,
  id: string,
  db: Queryable,
): Promise<Resource> {
  const resource = await resourceRepository(db).find(kind, id);
  if (resource?.isLive) return resource;
  throw await absentResource(kind, id, db);
}

/** Why there is no such series or service: it never was, or it was withdrawn. */
export async function absentResource(
  kind: ResourceKind,
  id: string,
  db: Queryable,
): Promise<CatalogError> {
  const resource = await resourceRepository(db).find(kind, id);
  if (!resource) return resourceNotFound(kind, id);
  const day = resource.changedAt.slice(0, 10);
  return new CatalogError('gone', 'resource-withdrawn', {
    vi: `"${id}" đã rút khỏi danh mục ngày ${day}: ${resource.reason}`,
    en: `"${id}" was withdrawn on ${day}: ${resource.reason}`,
  });
}
