import type { LangText, LangTexts } from '../kernel/lang-text.ts';

/*
 * The records as types. The truth is schemas/*.schema.json; a test holds these names against it.
 * Names are the local names of DCAT-AP 3, singular even where a property repeats.
 */

export type DatasetState =
  | 'planned'
  | 'draft'
  | 'in-review'
  | 'approved'
  | 'published'
  | 'withdrawn';

export type Openness = 'open' | 'conditional' | 'closed';
export type AccessMethod = 'download' | 'api' | 'web' | 'on-request';

export interface ContactPoint {
  readonly fn: string;
  readonly hasEmail?: string;
  readonly hasTelephone?: string;
  readonly hasURL?: string;
}

export interface PeriodOfTime {
  readonly startDate?: string;
  readonly endDate?: string;
}

export interface Location {
  readonly id?: string;
  readonly prefLabel?: LangText;
  readonly geometry?: string;
  readonly bbox?: string;
  readonly centroid?: string;
}

/** A statement in words where DCAT wants a node: dcterms:RightsStatement, dcterms:ProvenanceStatement. */
export interface Statement {
  readonly label: LangText;
}

export interface Checksum {
  readonly algorithm: string;
  readonly checksumValue: string;
}

export interface DistributionRecord {
  readonly id: string;
  readonly title?: LangText;
  readonly description?: LangText;
  readonly accessURL: string;
  readonly downloadURL?: string;
  readonly format?: string;
  readonly mediaType?: string;
  readonly license?: string;
  readonly rights?: Statement;
  readonly byteSize?: number;
  readonly checksum?: Checksum;
  readonly issued?: string;
  readonly modified?: string;
  readonly language?: readonly string[];
  readonly availability?: string;
  readonly status?: string;
  readonly conformsTo?: readonly string[];
  readonly page?: readonly string[];
  readonly accessService?: readonly string[];
  readonly compressFormat?: string;
  readonly packageFormat?: string;
  readonly applicableLegislation?: readonly string[];
  readonly temporalResolution?: string;
  readonly spatialResolutionInMeters?: number;
}

/** Scores of the decision's criteria, each 0 to 5. The total is computed, never stored in a record. */
export interface Priority {
  readonly demand?: number;
  readonly value?: number;
  readonly readiness?: number;
  readonly obligation?: number;
}

export interface ReleaseCommitment {
  /** The plan's year, `2026`. */
  readonly plan?: string;
  /** The quarter or date by which it is released: `2026-Q3` or `2026-09-30`. */
  readonly due?: string;
  readonly accessMethods?: readonly AccessMethod[];
  /** File types that the plan promises, codes of the file-type table. */
  readonly formats?: readonly string[];
  /** Why the commitment no longer stands; its presence means dropped. */
  readonly dropped?: string;
}

export interface UpdateResponsibility {
  readonly agency?: string;
  readonly unit?: string;
  readonly officer?: string;
}

export interface Inventory {
  readonly openness?: Openness;
  readonly legalBasis?: string;
  readonly reviewDate?: string;
  readonly owner?: string;
  readonly exploitationRights?: string;
  readonly priority?: Priority;
  readonly release?: ReleaseCommitment;
  readonly updateResponsibility?: UpdateResponsibility;
  /** Agencies that work with the publisher, as the decision's annex names them. */
  readonly coordinatingAgency?: readonly string[];
  /** The section of the annex it stood in, "Lĩnh vực giao thông". */
  readonly field?: string;
  readonly note?: string;
}

/** What an agency submits, stores and gets back; under context.jsonld it is the DCAT-AP description itself. */
export interface DatasetRecord {
  readonly id: string;
  readonly title: LangText;
  readonly publisher: string;
  readonly description?: LangText;
  readonly identifier?: string;
  readonly contactPoint?: ContactPoint | readonly ContactPoint[];
  readonly creator?: readonly string[];
  readonly theme?: readonly string[];
  readonly keyword?: LangTexts;
  readonly type?: readonly string[];
  readonly accessRights?: string;
  readonly accrualPeriodicity?: string;
  readonly issued?: string;
  readonly modified?: string;
  readonly language?: readonly string[];
  readonly spatial?: readonly (string | Location)[];
  readonly temporal?: readonly PeriodOfTime[];
  readonly temporalResolution?: string;
  readonly spatialResolutionInMeters?: number;
  readonly landingPage?: readonly string[];
  readonly page?: readonly string[];
  readonly conformsTo?: readonly string[];
  readonly provenance?: Statement;
  readonly version?: string;
  readonly versionNotes?: LangText;
  readonly inSeries?: readonly string[];
  readonly source?: readonly string[];
  readonly relation?: readonly string[];
  readonly isReferencedBy?: readonly string[];
  readonly hasVersion?: readonly string[];
  readonly applicableLegislation?: readonly string[];
  readonly hvdCategory?: readonly string[];
  readonly distribution?: readonly DistributionRecord[];
  readonly inventory?: Inventory;
}
