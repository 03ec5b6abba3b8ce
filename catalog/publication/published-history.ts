import { isDeepStrictEqual } from 'node:util';
import type { DatasetRecord, DistributionRecord } from '../model/dataset.ts';
import type { PublishedRevision } from './activity-repository.ts';

/** One change of a dataset that the public could see. */
export interface PublishedChange {
  readonly kind: 'Create' | 'Update' | 'Delete';
  readonly at: string;
  /** Properties of the record that are different, but for its files; in the order of the record. */
  readonly properties: readonly string[];
  readonly files: {
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
  };
  /** What the publisher says of the version, where that is new. */
  readonly version?: string;
}

const silent = ['inventory', 'distribution', 'extras', 'included', 'version', 'versionNotes'];

/**
 * What the published revisions of a dataset changed, the newest first. Revisions that changed nothing public are left
 * out, and so is what happened while it was not published: of that only the outcome shows.
 *
 * @param revisions the newest first
 */
export function publishedHistory(
  revisions: readonly PublishedRevision[],
): readonly PublishedChange[] {
  return revisions.flatMap((revision, index): readonly PublishedChange[] => {
    const before = revisions.slice(index + 1).find(({ state }) => state === 'published');
    const { madeAt: at, record } = revision;
    const nothing = { properties: [], files: { added: 0, removed: 0, changed: 0 } };
    if (revision.state === 'withdrawn') return [{ kind: 'Delete', at, ...nothing }];
    if (revision.isFirst) return [{ kind: 'Create', at, ...nothing }];
    if (!before) return [];
    const properties = differing(before.record, record);
    const files = fileChanges(before.record.distribution ?? [], record.distribution ?? []);
    const isNewVersion = record.version !== undefined && record.version !== before.record.version;
    const isChanged =
      properties.length > 0 || files.added + files.removed + files.changed > 0 || isNewVersion;
    if (!isChanged) return [];
    return [
      {
        kind: 'Update',
        at,
        properties,
        files,
        ...(isNewVersion && record.version !== undefined && { version: record.version }),
      },
    ];
  });
}

function differing(before: DatasetRecord, after: DatasetRecord): readonly string[] {
  const [from, to] = [before, after].map(
    (record) => new Map<string, unknown>(Object.entries(record)),
  );
  const names = new Set([...(from?.keys() ?? []), ...(to?.keys() ?? [])]);
  return [...names].filter(
    (name) => !silent.includes(name) && !isDeepStrictEqual(from?.get(name), to?.get(name)),
  );
}

function fileChanges(
  before: readonly DistributionRecord[],
  after: readonly DistributionRecord[],
): PublishedChange['files'] {
  const known = new Map(before.map((file) => [file.id, file]));
  const kept = after.filter(({ id }) => known.has(id));
  return {
    added: after.length - kept.length,
    removed: before.length - kept.length,
    changed: kept.filter((file) => !isDeepStrictEqual(known.get(file.id), file)).length,
  };
}
