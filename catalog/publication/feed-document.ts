import { createHash } from 'node:crypto';
import type { NodeObject } from '../dcat/node-object.ts';
import type { Describer } from '../dcat/record-forms.ts';
import { type Agency, agencyRepository } from '../inventory/agency-repository.ts';
import type { Syntax } from '../rdf/syntaxes.ts';
import type { Queryable } from '../storage/database.ts';
import { catalogSeed } from './catalog-record.ts';
import { type FragmentHead, publishedRepository } from './published-repository.ts';
import { type Resource, resourceRepository } from './resource-repository.ts';

/** A document of published fragments, ready to be written or to be answered with 304. */
export interface FeedDocument {
  readonly etag: string;
  readonly changedAt: string | undefined;
  write(): Promise<string>;
}

/** What stands in a document: published datasets, and the nodes before and after them. */
export interface DocumentContents {
  readonly heads: readonly FragmentHead[];
  readonly before: readonly NodeObject[];
  readonly after: readonly NodeObject[];
  /** Every series and service, or none. */
  readonly resources: readonly Resource[];
}

/** Makes a document of published fragments and nodes, with the agencies that publish what is in it. */
export async function feedDocument(
  syntax: Syntax,
  { heads, before, after, resources }: DocumentContents,
  describer: Describer,
  db: Queryable,
): Promise<FeedDocument> {
  const agencies = await agenciesOf(
    [
      ...heads.map(({ publisher_id }) => publisher_id),
      ...resources.map(({ record }) => record.publisher),
      ...(before.length > 0 ? [catalogSeed.catalog.publisher] : []),
    ],
    db,
  );
  const frame = [
    ...before,
    ...agencies.map(({ record }) => describer.agencyNode(record)),
    ...after,
  ];
  const hash = createHash('sha256').update(JSON.stringify(frame)).update(syntax);
  for (const { etag } of [...heads, ...resources]) hash.update(etag);
  return {
    etag: hash.digest('base64url').slice(0, 22),
    changedAt: latest([
      ...heads.map(({ changed_at }) => changed_at),
      ...[...agencies, ...resources].map(({ changedAt }) => changedAt),
    ]),
    async write() {
      const bodies = await publishedRepository(db).bodiesAt(
        syntax,
        heads.map(({ position }) => position),
      );
      const fragments = heads.flatMap(({ position }) => bodies.get(position) ?? []);
      const nodes = frame.map((node, index) => describer.write(node, `frame-${index}`, syntax));
      const others = resources.length > 0 ? await resourceRepository(db).bodies(syntax) : [];
      return joinFragments(syntax, [...nodes, ...others, ...fragments], describer);
    },
  };
}

/** Puts fragments between a syntax's head and foot. */
export function joinFragments(
  syntax: Syntax,
  fragments: readonly string[],
  describer: Describer,
): string {
  const body = fragments.join(syntax === 'jsonld' ? ',\n' : '');
  return describer.head(syntax) + body + describer.foot(syntax);
}

/** The descriptions of agencies, each once, in the order of their ids. */
export async function agencyNodes(
  ids: readonly string[],
  describer: Describer,
  db: Queryable,
): Promise<readonly NodeObject[]> {
  return (await agenciesOf(ids, db)).map(({ record }) => describer.agencyNode(record));
}

/** The agencies with these ids. */
export async function agenciesOf(
  ids: readonly string[],
  db: Queryable,
): Promise<readonly Agency[]> {
  const wanted = new Set(ids);
  return (await agencyRepository(db).list()).filter(({ record }) => wanted.has(record.id));
}

/** The latest of these moments. Absent: there is none. */
export function latest(moments: readonly (string | undefined)[]): string | undefined {
  return moments.reduce(
    (last, moment) =>
      moment !== undefined && (last === undefined || moment > last) ? moment : last,
    undefined,
  );
}
