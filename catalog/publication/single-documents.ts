import { createHash } from 'node:crypto';
import type { Describer } from '../dcat/record-forms.ts';
import { agencyRepository } from '../inventory/agency-repository.ts';
import type { ResourceKind } from '../model/resource.ts';
import type { Syntax } from '../rdf/syntaxes.ts';
import type { Queryable } from '../storage/database.ts';
import {
  agenciesOf,
  type FeedDocument,
  feedDocument,
  joinFragments,
  latest,
} from './feed-document.ts';
import { publishedRepository } from './published-repository.ts';
import { resourceRepository } from './resource-repository.ts';

/** One dataset as a document of its own, with the agency that publishes it. Absent: not published. */
export async function datasetDocument(
  datasetId: string,
  syntax: Syntax,
  describer: Describer,
  db: Queryable,
): Promise<FeedDocument | undefined> {
  const repository = publishedRepository(db);
  const standing = await repository.standingOf([datasetId]);
  const heads = await repository.headsAt([...standing.values()].map(({ position }) => position));
  if (heads.length === 0) return undefined;
  return feedDocument(syntax, { heads, before: [], after: [], resources: [] }, describer, db);
}

/** A series or a service as a document of its own. Absent: there is none, or not any more. */
export async function resourceDocument(
  kind: ResourceKind,
  id: string,
  syntax: Syntax,
  describer: Describer,
  db: Queryable,
): Promise<FeedDocument | undefined> {
  const repository = resourceRepository(db);
  const resource = await repository.find(kind, id);
  if (!resource?.isLive) return undefined;
  const [agency] = await agenciesOf([resource.record.publisher], db);
  const frame = agency ? [describer.agencyNode(agency.record)] : [];
  const hash = createHash('sha256').update(JSON.stringify(frame)).update(syntax);
  return {
    etag: hash.update(resource.etag).digest('base64url').slice(0, 22),
    changedAt: latest([resource.changedAt, agency?.changedAt]),
    async write() {
      const body = await repository.findBody(kind, id, syntax);
      const nodes = frame.map((node, index) => describer.write(node, `frame-${index}`, syntax));
      return joinFragments(syntax, [...nodes, body ?? ''], describer);
    },
  };
}

/** What was measured of an agency, as measured-agency.schema.json describes it, and when. */
export interface MeasuredAgency {
  readonly figures: object;
  readonly takenAt: string;
}

/** One agency as a document of its own, with what was measured of it. Absent: there is no such agency. */
export async function agencyDocument(
  agencyId: string,
  syntax: Syntax,
  measured: MeasuredAgency | undefined,
  describer: Describer,
  db: Queryable,
): Promise<FeedDocument | undefined> {
  const agency = await agencyRepository(db).find(agencyId);
  if (!agency) return undefined;
  const node = describer.agencyNode(agency.record, measured?.figures);
  return {
    etag: createHash('sha256')
      .update(JSON.stringify(node))
      .update(syntax)
      .digest('base64url')
      .slice(0, 22),
    changedAt: latest([agency.changedAt, measured?.takenAt]),
    write: async () => joinFragments(syntax, [describer.write(node, 'agency', syntax)], describer),
  };
}
