import { hash } from 'node:crypto';
import type { AgencyRecord } from '../model/agency.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { type ResourceKind, type ResourceRecord, resourceSchemas } from '../model/resource.ts';
import { writeNTriples } from '../rdf/n-triples.ts';
import { rdfXmlWriter } from '../rdf/rdf-xml.ts';
import type { Syntax } from '../rdf/syntaxes.ts';
import type { Quad } from '../rdf/terms.ts';
import { turtleWriter } from '../rdf/turtle.ts';
import { type DcatContext, loadContext } from './context.ts';
import { type MintIri, mintIri } from './mint-iri.ts';
import { type Naming, type NodeObject, toNodeObject } from './node-object.ts';
import { nodeToQuads } from './node-to-quads.ts';

/** One description in each syntax, as fragments to stand between a syntax's head and foot. */
export interface Forms extends Readonly<Record<Syntax, string>> {
  /** Hash of the triples, the same as long as the graph is: the strong part of an ETag. */
  readonly etag: string;
}

/** What is published with a dataset and is not in its record. */
export interface BesideRecord {
  /** The IRI that an agency brought from its source, by its id. */
  readonly iriOfAgency?: Naming['iriOfAgency'];
  /** What the catalogue measured of the dataset with this IRI, as measured-dataset.schema.json describes it. */
  readonly measured?: (datasetIri: string) => object | undefined;
}

/** Writes records as DCAT-AP in every syntax. */
export interface Describer {
  readonly baseURL: string;
  readonly context: DcatContext;
  readonly iri: MintIri;
  datasetNode(record: DatasetRecord, beside?: BesideRecord): NodeObject;
  /** @param measured what the catalogue measured of it, as measured-agency.schema.json describes it */
  agencyNode(record: AgencyRecord, measured?: object): NodeObject;
  resourceNode(kind: ResourceKind, record: ResourceRecord): NodeObject;
  /** The triples of a node; `label` keeps its blank nodes apart from those of other nodes. */
  quads(node: NodeObject, label: string): readonly Quad[];
  forms(node: NodeObject, label: string): Forms;
  /** One node in one syntax. */
  write(node: NodeObject, label: string, syntax: Syntax): string;
  /** What comes before and after the fragments of a document. */
  head(syntax: Syntax): string;
  foot(syntax: Syntax): string;
}

const datasetSchema = 'dataset.schema.json';
const measuredSchema = 'measured-dataset.schema.json';
const measuredAgencySchema = 'measured-agency.schema.json';

/** Makes the describer of a catalogue whose public origin is `baseURL`. */
export function createDescriber(baseURL: string): Describer {
  const context = loadContext(baseURL);
  const iri = mintIri(baseURL);
  const turtle = turtleWriter(context.prefixes);
  const rdfXml = rdfXmlWriter(context.prefixes);
  const mint = {
    [datasetSchema]: iri.dataset,
    'distribution.schema.json': iri.distribution,
    'agency.schema.json': iri.agency,
    [resourceSchemas.series]: iri.series,
    [resourceSchemas.service]: iri.service,
  };
  const naming: Naming = { mint, isOurs };
  const quads = (node: NodeObject, label: string) => nodeToQuads(node, context, label);
  const writers: Readonly<Record<Syntax, (node: NodeObject, triples: readonly Quad[]) => string>> =
    {
      jsonld: (node) => writeJsonLd(node),
      ttl: (_node, triples) => turtle.write(triples),
      nt: (_node, triples) => writeNTriples(triples),
      rdf: (_node, triples) => rdfXml.write(triples),
    };
  const contextLink = JSON.stringify(`${baseURL}/context.jsonld`);
  const heads: Readonly<Record<Syntax, string>> = {
    jsonld: `{"@context":${contextLink},"@graph":[`,
    ttl: turtle.head,
    nt: '',
    rdf: rdfXml.head,
  };

  return {
    baseURL,
    context,
    iri,
    quads,
    datasetNode(record, { iriOfAgency, measured } = {}) {
      const node = toNodeObject({ identifier: record.id, ...record }, datasetSchema, context, {
        ...naming,
        ...(iriOfAgency && { iriOfAgency }),
      });
      const figures = measured?.(String(node['id']));
      if (!figures) return withIncluded(node, record.included);
      const measuredNode = toNodeObject(figures, measuredSchema, context, naming);
      return withIncluded({ ...measuredNode, ...node }, record.included);
    },
    agencyNode(record, measured) {
      const node = toNodeObject(record, 'agency.schema.json', context, naming);
      const figures = measured && toNodeObject(measured, measuredAgencySchema, context, naming);
      return withIncluded({ ...figures, ...node }, record.included);
    },
    resourceNode: (kind, record) =>
      toNodeObject({ identifier: record.id, ...record }, resourceSchemas[kind], context, naming),
    forms(node, label) {
      const triples = quads(node, label);
      const nt = writers.nt(node, triples);
      return {
        jsonld: writers.jsonld(node, triples),
        ttl: writers.ttl(node, triples),
        nt,
        rdf: writers.rdf(node, triples),
        etag: hash('sha256', nt, 'base64url').slice(0, 22),
      };
    },
    write: (node, label, syntax) =>
      writers[syntax](node, syntax === 'jsonld' ? [] : quads(node, label)),
    head: (syntax) => heads[syntax],
    foot: (syntax) => (syntax === 'jsonld' ? ']}\n' : syntax === 'rdf' ? rdfXml.foot : ''),
  };

  /** A node and what goes with it. What a source says of things that this catalogue names itself does not count. */
  function withIncluded(node: NodeObject, included: readonly NodeObject[] = []): NodeObject {
    const foreign = included.filter(
      ({ '@id': id }) => !isOurs(String(id)) || String(id).startsWith(iri.skolem('')),
    );
    return foreign.length === 0 ? node : { ...node, '@included': foreign };
  }

  function isOurs(id: string): boolean {
    return id.startsWith(`${baseURL}/`);
  }
}

/** What goes with a node stands beside it, where readers of JSON-LD 1.0 find it too. */
function writeJsonLd({ '@included': included = [], ...node }: NodeObject): string {
  return [node, ...(included as readonly NodeObject[])]
    .map((each) => JSON.stringify(each))
    .join(',\n');
}
