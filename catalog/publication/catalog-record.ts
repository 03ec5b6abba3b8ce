import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeObject } from '../dcat/node-object.ts';
import { toNodeObject } from '../dcat/node-object.ts';
import type { Describer } from '../dcat/record-forms.ts';
import type { LangText } from '../kernel/lang-text.ts';
import type { AgencyRecord } from '../model/agency.ts';
import type { ResourceRecord } from '../model/resource.ts';
import { schemasFolder } from '../model/schemas.ts';

/** The catalogue's own description: a dcat:Catalog. The truth is schemas/catalog.schema.json. */
export interface CatalogRecord {
  readonly title: LangText;
  readonly description: LangText;
  readonly publisher: string;
  readonly [key: string]: unknown;
}

/** A catalogue within it, of what some legislation demands. */
export interface CatalogPart {
  readonly id: string;
  readonly title: LangText;
  readonly description: LangText;
  /** What the datasets in it state that applies to them. */
  readonly applicableLegislation: readonly string[];
}

/** The catalogue that a city starts with, and the agency that answers for it. */
export interface CatalogSeed {
  readonly catalog: CatalogRecord;
  readonly coordinator: AgencyRecord;
  readonly parts: readonly CatalogPart[];
  /** The catalogue's own interfaces; `{base}` stands for the public origin. */
  readonly services: readonly ResourceRecord[];
}

export const catalogSeed: CatalogSeed = JSON.parse(
  readFileSync(join(schemasFolder, 'catalog.json'), 'utf8'),
) as CatalogSeed;

const file = 'catalog.schema.json';

/** What a catalogue holds beside datasets, by IRI. */
export interface CatalogContents {
  readonly parts: readonly string[];
  readonly services: readonly string[];
}

/** The catalogue as a node, with the mandatory properties of DCAT-AP 3 §4.1 and what stands beside its datasets. */
export function catalogNode(
  describer: Describer,
  changedAt: string | undefined,
  { parts, services }: CatalogContents,
): NodeObject {
  const record = {
    id: describer.iri.catalog(),
    homepage: `${describer.baseURL}/`,
    ...catalogSeed.catalog,
    ...(changedAt !== undefined && { modified: changedAt }),
    ...(parts.length > 0 && { hasPart: parts }),
    ...(services.length > 0 && { service: services }),
  };
  return toNodeObject(record, file, describer.context, { mint: {} });
}

/** A catalogue within the catalogue as a node. */
export function partNode(
  part: CatalogPart,
  describer: Describer,
  changedAt: string | undefined,
): NodeObject {
  const { publisher, language, license, themeTaxonomy } = catalogSeed.catalog;
  const record = {
    ...{ publisher, language, license, themeTaxonomy },
    ...part,
    id: describer.iri.part(part.id),
    homepage: `${describer.baseURL}/`,
    isPartOf: [describer.iri.catalog()],
    ...(changedAt !== undefined && { modified: changedAt }),
  };
  return toNodeObject(record, file, describer.context, { mint: {} });
}

const dcatAp = 'http://data.europa.eu/r5r/';

/** A dataset's entry in the catalogue as a node: when it last changed, and which profile it follows. DCAT 3 §6.5. */
export function entryNode(
  entry: { readonly datasetId: string; readonly dataset: string; readonly changedAt: string },
  describer: Describer,
): NodeObject {
  const record = {
    id: describer.iri.record(entry.datasetId),
    primaryTopic: entry.dataset,
    modified: entry.changedAt,
    conformsTo: [dcatAp],
  };
  return toNodeObject(record, 'catalog-record.schema.json', describer.context, { mint: {} });
}
