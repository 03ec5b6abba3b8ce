import type { NodeObject } from '../../dcat/node-object.ts';
import type { Describer } from '../../dcat/record-forms.ts';
import type { DatasetRecord } from '../../model/dataset.ts';
import { bracketed } from '../../rdf/n-triples.ts';

export const feedSyntaxes = ['jsonld', 'trig', 'ttl'] as const;
export type FeedSyntax = (typeof feedSyntaxes)[number];

export interface FeedActivity {
  readonly kind: 'Create' | 'Update' | 'Delete';
  readonly datasetId: string;
  /** The IRI that the dataset brought from its source. */
  readonly iri?: string;
  readonly revision: number;
  readonly publishedAt: string;
  readonly record?: DatasetRecord;
}

/** A node of the event stream: its root when it has no members yet and leads to the first page, or a page. */
export interface FeedNode {
  /** The address that it was fetched from. */
  readonly url: string;
  readonly root: string;
  readonly members: readonly FeedActivity[];
  /** Where it goes on, with the earliest moment that stands there. */
  readonly next?: { readonly url: string; readonly from?: string | undefined } | undefined;
}

const as = 'https://www.w3.org/ns/activitystreams#';
const ldes = 'https://w3id.org/ldes#';
const tree = 'https://w3id.org/tree#';
const prefixes = { as, ldes, tree };

/**
 * Writes a node of the feed of changes: a Linked Data Event Stream of `as:Create`, `as:Update` and `as:Delete`.
 *
 * The dataset as it became stands in a graph named by its activity. Turtle has no named graphs, and two versions of a
 * dataset in one graph would be neither, so there an activity only names its dataset.
 *
 * @see https://semiceu.github.io/LDES-DCAT-AP-feeds/ §1; https://w3id.org/ldes/specification §2
 */
export function writeFeed(node: FeedNode, syntax: FeedSyntax, describer: Describer): string {
  return syntax === 'jsonld' ? writeJsonLd(node, describer) : writeTriG(node, syntax, describer);
}

function activityIri({ datasetId, revision }: FeedActivity, describer: Describer): string {
  return `${describer.iri.dataset(datasetId)}#activity-${revision}`;
}

/** The dataset that it is about, as the catalogue names it. */
function objectIri({ iri, datasetId }: FeedActivity, describer: Describer): string {
  return iri ?? describer.iri.dataset(datasetId);
}

function streamIri({ baseURL }: Describer): string {
  return `${baseURL}/feed#stream`;
}

function payload({ record }: FeedActivity, describer: Describer): NodeObject | undefined {
  return record && describer.datasetNode(record);
}

function writeJsonLd(node: FeedNode, describer: Describer): string {
  const { next } = node;
  const stream = {
    id: streamIri(describer),
    '@type': 'ldes:EventStream',
    'ldes:timestampPath': { id: 'as:published' },
    'ldes:versionOfPath': { id: 'as:object' },
    'tree:view': { id: node.root },
    'tree:member': node.members.map((activity) => ({ id: activityIri(activity, describer) })),
  };
  const page = {
    id: node.url,
    '@type': 'tree:Node',
    ...(next && {
      'tree:relation': {
        '@type': next.from === undefined ? 'tree:Relation' : 'tree:GreaterThanOrEqualToRelation',
        'tree:node': { id: next.url },
        ...(next.from !== undefined && {
          'tree:path': { id: 'as:published' },
          'tree:value': moment(next.from),
        }),
      },
    }),
  };
  const activities = node.members.map((activity) => {
    const described = payload(activity, describer);
    return {
      id: activityIri(activity, describer),
      '@type': `as:${activity.kind}`,
      'as:object': { id: objectIri(activity, describer) },
      'as:published': moment(activity.publishedAt),
      ...(described && { '@graph': [described] }),
    };
  });
  const document = {
    '@context': [`${describer.baseURL}/context.jsonld`, prefixes],
    '@graph': [stream, page, ...activities],
  };
  return `${JSON.stringify(document)}\n`;
}

function moment(instant: string): NodeObject {
  return { '@type': 'xsd:dateTime', '@value': instant };
}

function writeTriG(node: FeedNode, syntax: 'trig' | 'ttl', describer: Describer): string {
  const { members, next } = node;
  const head = Object.entries(prefixes).map(([name, iri]) => `@prefix ${name}: <${iri}> .\n`);
  const iris = members.map((activity) => bracketed(activityIri(activity, describer)));
  const listed = iris.length > 0 ? ` ;\n  tree:member ${iris.join(',\n    ')}` : '';
  const relation = next
    ? ` ;\n  tree:relation [\n    a tree:${next.from === undefined ? 'Relation' : 'GreaterThanOrEqualToRelation'} ;\n    tree:node ${bracketed(next.url)}${
        next.from === undefined
          ? ''
          : ` ;\n    tree:path as:published ;\n    tree:value ${turtleMoment(next.from)}`
      }\n  ]`
    : '';
  const stream = `${bracketed(streamIri(describer))} a ldes:EventStream ;
  ldes:timestampPath as:published ;
  ldes:versionOfPath as:object ;
  tree:view ${bracketed(node.root)}${listed} .

${bracketed(node.url)} a tree:Node${relation} .

`;
  const activities = members.map((activity, at) => {
    const object = bracketed(objectIri(activity, describer));
    const said = `${iris[at]} a as:${activity.kind} ;\n  as:object ${object} ;\n  as:published ${turtleMoment(activity.publishedAt)} .\n\n`;
    const described = syntax === 'trig' ? payload(activity, describer) : undefined;
    if (!described) return said;
    const label = `${activity.datasetId}-${activity.revision}`;
    return `${said}${iris[at]} {\n${describer.write(described, label, 'ttl')}}\n\n`;
  });
  return head.join('') + describer.head('ttl') + stream + activities.join('');
}

function turtleMoment(instant: string): string {
  return `"${instant}"^^xsd:dateTime`;
}
