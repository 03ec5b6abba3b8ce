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

/** A value in expanded JSON-LD: a literal, a list, or a node with its own properties. JSON-LD 1.1 §4. */
export type ExpandedValue =
  | { readonly '@value': string; readonly '@language'?: string; readonly '@type'?: string }
  | { readonly '@list': readonly ExpandedValue[] }
  | ExpandedNode;

/** A node in expanded JSON-LD: values by property IRI, its classes under `@type`. */
export interface ExpandedNode {
  readonly '@id'?: string;
  readonly '@type'?: readonly string[];
  readonly [property: string]: readonly ExpandedValue[] | readonly string[] | string | undefined;
}

/** What a source says of a thing beyond the profile: kept with the record and published again. */
export type Extras = ExpandedNode;

export interface ContactPoint {
  readonly id?: string;
  readonly fn: string;
  readonly hasEmail?: string;
  readonly hasTelephone?: string;
  readonly hasURL?: string;
  readonly extras?: Extras;
}

export interface PeriodOfTime {
  readonly id?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly extras?: Extras;
}

export interface Location {
  readonly id?: string;
  readonly prefLabel?: LangText;
  /** Well-known text or GeoJSON, or the node that DCAT-AP 3 wants, which holds it. */
  readonly geometry?: string | Geometry;
  readonly bbox?: string;
  readonly centroid?: string;
  readonly extras?: Extras;
}

/** locn:Geometry: an outline that is a node of its own. */
export interface Geometry {
  readonly id?: string;
  readonly asWKT?: string;
  readonly asGeoJSON?: string;
  readonly extras?: Extras;
}

/** The outline of a place as text, whichever way it is written. Absent: only its box or centre is known, or nothing. */
export function outlineOf({ geometry }: Location): string | undefined {
  return typeof geometry === 'string' ? geometry : (geometry?.asWKT ?? geometry?.asGeoJSON);
}

/** A statement in words where DCAT wants a node: dcterms:RightsStatement, dcterms:ProvenanceStatement. */
export interface Statement {
  readonly id?: string;
  readonly label: LangText;
  readonly extras?: Extras;
}

export interface Checksum {
  readonly id?: string;
  readonly algorithm: string;
  readonly checksumValue: string;
  readonly extras?: Extras;
}

/** A relation whose role matters: dcat:Relationship. */
export interface Relationship {
  readonly id?: string;
  readonly relation: readonly string[];
  readonly hadRole: readonly string[];
  readonly extras?: Extras;
}

/** An agent in another role than publisher or creator: prov:Attribution. */
export interface Attribution {
  readonly id?: string;
  readonly agent: readonly string[];
  readonly hadRole: readonly string[];
  readonly extras?: Extras;
}

/** A secondary identifier, a DOI for example: adms:Identifier. */
export interface Identifier {
  readonly id?: string;
  readonly notation: string;
  readonly schemaAgency?: string;
  readonly extras?: Extras;
}

/** What must be done in return: odrl:Duty. */
export interface Duty {
  readonly id?: string;
  readonly action: readonly string[];
  readonly extras?: Extras;
}

/** What may be done: odrl:Permission. */
export interface Permission {
  readonly id?: string;
  readonly action: readonly string[];
  readonly assigner?: string;
  readonly assignee?: string;
  readonly duty?: readonly Duty[];
  readonly extras?: Extras;
}

/** What may not be done: odrl:Prohibition. */
export interface Prohibition {
  readonly id?: string;
  readonly action: readonly string[];
  readonly assigner?: string;
  readonly assignee?: string;
  readonly extras?: Extras;
}

/** Rights of ownership and exploitation: odrl:Policy. ODRL Information Model 2.2 §2.1. */
export interface Policy {
  readonly id?: string;
  readonly permission?: readonly Permission[];
  readonly prohibition?: readonly Prohibition[];
  readonly obligation?: readonly Duty[];
  readonly extras?: Extras;
}

export interface DistributionRecord {
  readonly id: string;
  readonly iri?: string;
  readonly title?: LangText;
  readonly description?: LangText;
  readonly accessURL: string;
  readonly downloadURL?: string;
  readonly format?: string;
  readonly mediaType?: string;
  readonly license?: string;
  readonly rights?: Statement;
  readonly hasPolicy?: readonly (string | Policy)[];
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
  readonly extras?: Extras;
}

/** Scores of the plan's criteria, each 0 to 5. The total is computed, never stored in a record. */
export interface Priority {
  readonly demand?: number;
  readonly value?: number;
  readonly readiness?: number;
  readonly obligation?: number;
  /** Of criteria that a plan has beside these. */
  readonly [criterion: string]: number | undefined;
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
  /** The account of the officer is the one with this e-mail, now or later. */
  readonly officerEmail?: string;
}

/** Whether a dataset speaks of people: not at all, not of anyone who could be told, or on a legal basis. */
export type PersonalData = 'none' | 'anonymised' | 'lawful';

export interface Inventory {
  readonly openness?: Openness;
  readonly legalBasis?: string;
  readonly reviewDate?: string;
  readonly personalData?: PersonalData;
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
  /** The IRI it has at its source; the catalogue mints one where there is none. */
  readonly iri?: string;
  readonly title: LangText;
  readonly publisher: string;
  readonly description?: LangText;
  readonly identifier?: string;
  readonly otherIdentifier?: readonly Identifier[];
  readonly contactPoint?: ContactPoint | readonly ContactPoint[];
  readonly creator?: readonly string[];
  readonly qualifiedAttribution?: readonly Attribution[];
  readonly theme?: readonly string[];
  readonly keyword?: LangTexts;
  readonly type?: readonly string[];
  readonly accessRights?: string;
  readonly rights?: Statement;
  readonly hasPolicy?: readonly (string | Policy)[];
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
  readonly qualifiedRelation?: readonly Relationship[];
  readonly isReferencedBy?: readonly string[];
  readonly hasVersion?: readonly string[];
  readonly previousVersion?: readonly string[];
  readonly prev?: readonly string[];
  readonly sample?: readonly string[];
  readonly wasGeneratedBy?: readonly string[];
  readonly applicableLegislation?: readonly string[];
  readonly hvdCategory?: readonly string[];
  readonly distribution?: readonly DistributionRecord[];
  /** Described things that the record refers to and that are no records here. */
  readonly included?: readonly ExpandedNode[];
  readonly extras?: Extras;
  readonly inventory?: Inventory;
}
