import type { NodeObject } from '../dcat/node-object.ts';
import type { Describer } from '../dcat/record-forms.ts';
import type { Queryable } from '../storage/database.ts';
import { catalogParts } from './catalog-parts.ts';
import { catalogNode, partNode } from './catalog-record.ts';
import { type Resource, resourceRepository } from './resource-repository.ts';

/** The whole catalogue but for its datasets: itself, the catalogues within it, its series and services. */
export interface CatalogFrame {
  readonly catalog: NodeObject;
  readonly nodes: readonly NodeObject[];
  readonly resources: readonly Resource[];
}

export async function catalogFrame(
  describer: Describer,
  changedAt: string | undefined,
  db: Queryable,
): Promise<CatalogFrame> {
  const parts = await catalogParts(describer, db);
  const resources = await resourceRepository(db).list();
  const services = resources.filter(({ kind }) => kind === 'service');
  return {
    catalog: catalogNode(describer, changedAt, {
      parts: parts.map(({ part }) => describer.iri.part(part.id)),
      services: services.map(({ record }) => describer.iri.service(record.id)),
    }),
    nodes: parts.flatMap(({ part, legislation }) => [
      partNode(part, describer, changedAt),
      ...(legislation ? [legislation] : []),
    ]),
    resources,
  };
}
