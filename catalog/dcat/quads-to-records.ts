import { escapeIri } from '../kernel/formats.ts';
import { type LangText, type Message, pickLanguage } from '../kernel/lang-text.ts';
import type { AgencyRecord } from '../model/agency.ts';
import type { DatasetRecord, DistributionRecord } from '../model/dataset.ts';
import type { Graph } from '../rdf/graph.ts';
import { type ObjectTerm, rdfType } from '../rdf/terms.ts';
import type { DcatContext } from './context.ts';
import { fieldsOf } from './fields.ts';
import type { MintIri } from './mint-iri.ts';
import { readNode } from './read-node.ts';
import { agencyId, datasetId, distributionIds, lastPart, skolemLabel } from './record-ids.ts';
import type { NodeReading } from './surroundings.ts';

/** A dataset of a graph as a record, before any validation: what the graph does not say is missing. */
export interface ReadDataset {
  readonly record: DatasetRecord;
  readonly agency?: AgencyRecord;
  readonly notes: readonly Message[];
}

export interface ReadOptions {
  /** The language of texts that do not say theirs; by default they stay without one. */
  readonly language?: string | undefined;
}

/** How a second reading differs: what was found not to fit goes to the extras. */
export interface Rereading {
  readonly refused?: ReadonlySet<string>;
  /** Filled with the triple behind each value, by JSON Pointer. */
  readonly trace?: Map<string, string>;
}

/** Reads the datasets of one graph. */
export interface DatasetReader {
  /** Every subject that is a dcat:Dataset, in the order in which they came. */
  subjects(): Iterable<string>;
  read(subject: string, rereading?: Rereading): ReadDataset;
  /** The publisher of the source's own catalogue. */
  catalogAgency(): AgencyRecord | undefined;
}

const dcat = 'http://www.w3.org/ns/dcat#';
const foafName = 'http://xmlns.com/foaf/0.1/name';

/** Classes whose members are read on their own, or are the source's own book-keeping. */
const recordClasses: ReadonlySet<string> = new Set(
  ['Dataset', 'Catalog', 'CatalogRecord'].map((name) => dcat + name),
);

/** Makes the reader of a graph, by the same context that writes. */
export function createDatasetReader(
  graph: Graph,
  context: DcatContext,
  mint: MintIri,
  options: ReadOptions = {},
): DatasetReader {
  const language = options.language ?? '@none';
  const iriOf = (key: string): string => context.term(key)?.iri ?? '';
  const agencies = new Map<string, AgencyRecord>();
  const measuredFields = fieldsOf('measured-dataset.schema.json', context).fields;

  const reading = (owner: string, again: Rereading = {}): NodeReading => ({
    graph,
    context,
    language,
    mintSkolem: (n) => mint.skolem(skolemLabel(owner, n)),
    iriOfDataset: (blankNode) => {
      const types = graph.properties(blankNode)?.get(rdfType.value) ?? [];
      const isDataset = types.some(({ value }) => value === `${dcat}Dataset`);
      return isDataset ? mint.dataset(idOf(blankNode)) : undefined;
    },
    recordClasses,
    isMeasured: (predicate, { termType, value }) =>
      termType === 'NamedNode' &&
      measuredFields.has(predicate) &&
      value.startsWith(mint.dataset('')),
    refused: again.refused ?? new Set(),
    ...(again.trace && { trace: again.trace }),
  });

  function idOf(subject: string): string {
    const properties = graph.properties(subject);
    return datasetId(
      subject.startsWith('_:') ? undefined : subject,
      firstText(properties?.get(iriOf('identifier'))),
      firstText(properties?.get(iriOf('title'))),
    );
  }

  function read(subject: string, again: Rereading = {}): ReadDataset {
    const properties = graph.properties(subject);
    const foreignIri = subject.startsWith('_:') ? undefined : escapeIri(subject);
    const ownId = foreignIri && idIn(foreignIri, mint.dataset(''));
    const agent = properties?.get(iriOf('publisher'))?.find(isAgent);
    const id = ownId ?? idOf(subject);
    const agency = agencyOf(agent);
    const { content, notes } = readNode(subject, 'dataset.schema.json', {
      ...reading(foreignIri ?? id, again),
      apart: {
        predicate: iriOf('publisher'),
        taken: agency && agent,
        iri: agency && (agency.iri ?? mint.agency(agency.id)),
      },
    });
    const { distribution, identifier, ...rest } = content as Partial<DatasetRecord>;
    // One of ours has its id for an identifier unless it says another.
    const isImplied = ownId !== undefined && (identifier ?? ownId) === ownId;
    const said = isImplied ? undefined : (identifier ?? foreignIri);
    const record = {
      id,
      ...(foreignIri !== undefined && ownId === undefined && { iri: foreignIri }),
      ...rest,
      ...(said !== undefined && { identifier: said }),
      ...(agency && { publisher: agency.id }),
      ...(distribution && { distribution: withDistributionIds(distribution, id) }),
    } as DatasetRecord;
    return { record, ...(agency && { agency }), notes };
  }

  function catalogAgency(): AgencyRecord | undefined {
    for (const catalog of graph.subjectsOfType(`${dcat}Catalog`)) {
      const publisher = graph.properties(catalog)?.get(iriOf('publisher'))?.find(isAgent);
      if (publisher) return agencyOf(publisher);
    }
    return undefined;
  }

  function withDistributionIds(
    distributions: readonly DistributionRecord[],
    dataset: string,
  ): readonly DistributionRecord[] {
    const ids = distributionIds(
      dataset,
      distributions.map(({ iri }) => iri),
    );
    return distributions.map(({ id: _none, iri, ...rest }, index) => {
      const own = iri && idIn(iri, mint.distribution(''));
      // A distribution that says no accessURL is reached by its downloadURL. DCAT 3 §6.8.8.
      const accessURL = rest.accessURL ?? rest.downloadURL;
      const id = own ?? ids[index] ?? dataset;
      return { id, ...(iri !== undefined && own === undefined && { iri }), ...rest, accessURL };
    });
  }

  function agencyOf(agent: ObjectTerm | undefined): AgencyRecord | undefined {
    if (!agent) return undefined;
    const known = agencies.get(agent.id);
    if (known) return known;
    const iri = agent.termType === 'NamedNode' ? escapeIri(agent.value) : undefined;
    const ownId = iri && idIn(iri, mint.agency(''));
    const nameText = firstText(graph.properties(agent.id)?.get(foafName));
    const { content } = readNode(agent.id, 'agency.schema.json', reading(iri ?? nameText));
    const named = content as Partial<AgencyRecord>;
    const name: LangText = named.name ?? { [language]: iri ? lastPart(iri) : '' };
    const id = ownId ?? agencyId(pickLanguage(name, 'vi').text, iri);
    if (id === '') return undefined;
    const agency: AgencyRecord = {
      ...named,
      id,
      ...(iri !== undefined && ownId === undefined && { iri }),
      name,
    };
    agencies.set(agent.id, agency);
    return agency;
  }

  /** A publisher is a node; a literal one is kept as it is, among the extras. */
  function isAgent(object: ObjectTerm): boolean {
    const types = graph.properties(object.id)?.get(rdfType.value) ?? [];
    if (types.some(({ value }) => recordClasses.has(value))) return false;
    if (object.termType === 'NamedNode') return true;
    return object.termType === 'BlankNode' && (graph.properties(object.id)?.has(foafName) ?? false);
  }

  return { subjects: () => graph.subjectsOfType(`${dcat}Dataset`), read, catalogAgency };
}

/** The id in an IRI that this catalogue minted. Absent: it minted none such. */
function idIn(iri: string, prefix: string): string | undefined {
  const id = iri.startsWith(prefix) ? iri.slice(prefix.length) : '';
  return /^[a-z0-9][a-z0-9._-]{0,127}$/.test(id) ? id : undefined;
}

function firstText(objects: readonly ObjectTerm[] | undefined): string {
  return objects?.find(({ termType }) => termType === 'Literal')?.value ?? '';
}
