import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeObject } from '../dcat/node-object.ts';
import { toNodeObject } from '../dcat/node-object.ts';
import type { Describer } from '../dcat/record-forms.ts';
import type { LangText } from '../kernel/lang-text.ts';
import type { AgencyRecord } from '../model/agency.ts';
import { schemasFolder } from '../model/schemas.ts';

/** The catalogue's own description: a dcat:Catalog. The truth is schemas/catalog.schema.json. */
export interface CatalogRecord {
  readonly title: LangText;
  readonly description: LangText;
  readonly publisher: string;
  readonly [key: string]: unknown;
}

/** The catalogue that a city starts with, and the agency that answers for it. */
export interface CatalogSeed {
  readonly catalog: CatalogRecord;
  readonly coordinator: AgencyRecord;
}

export const catalogSeed: CatalogSeed = JSON.parse(
  readFileSync(join(schemasFolder, 'catalog.json'), 'utf8'),
) as CatalogSeed;

/** The catalogue as a node, with the mandatory properties of DCAT-AP 3 §4.1 and what stands on this page of it. */
export function catalogNode(describer: Describer, changedAt: string | undefined): NodeObject {
  const record = {
    id: describer.iri.catalog(),
    homepage: `${describer.baseURL}/`,
    ...catalogSeed.catalog,
    ...(changedAt !== undefined && { modified: changedAt }),
  };
  return toNodeObject(record, 'catalog.schema.json', describer.context, { mint: {} });
}
