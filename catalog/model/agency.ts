import type { LangText } from '../kernel/lang-text.ts';
import type { ExpandedNode, Extras } from './dataset.ts';

/** An agency that answers for datasets: a foaf:Agent. The truth is schemas/agency.schema.json. */
export interface AgencyRecord {
  readonly id: string;
  /** The IRI it has at its source; the catalogue mints one where there is none. */
  readonly iri?: string;
  readonly name: LangText;
  /** Other spellings and abbreviations, by which lists name it: `Sở NN&MT`. */
  readonly altName?: readonly string[];
  /** The agency above it. */
  readonly parent?: string | null;
  /** Code of the ADMS publisher types. */
  readonly publisherType?: string;
  readonly homepage?: string;
  readonly mbox?: string;
  readonly included?: readonly ExpandedNode[];
  readonly extras?: Extras;
}
