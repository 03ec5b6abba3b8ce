import type { LangText } from '../kernel/lang-text.ts';

/** An agency that answers for datasets: a foaf:Agent. The truth is schemas/agency.schema.json. */
export interface AgencyRecord {
  readonly id: string;
  readonly name: LangText;
  /** Other spellings and abbreviations, by which lists name it: `Sở NN&MT`. */
  readonly altName?: readonly string[];
  /** The agency above it. */
  readonly parent?: string | null;
  /** Code of the ADMS publisher types. */
  readonly publisherType?: string;
  readonly homepage?: string;
  readonly mbox?: string;
}
