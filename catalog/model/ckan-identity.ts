import { isUuid, uuidV5 } from '../kernel/uuid.ts';
import type { DatasetRecord } from './dataset.ts';

/*
 * CKAN knows everything by a UUID and by a name of `[a-z0-9_-]{2,100}`. Both follow from our own ids and not from the
 * catalogue's address, so that they stay when it moves.
 */

type Kind = 'dataset' | 'resource' | 'organization' | 'group' | 'tag';

const namespace = '5c0f2f0e-4c6b-5d0a-9a53-1d4f7c1b6b0e';
const longestName = 100;

/** The UUID of a thing of ours; an id that is one already stays. */
export function ckanUuid(kind: Kind, id: string): string {
  return isUuid(id) ? id.toLowerCase() : uuidV5(namespace, `${kind}/${id}`);
}

/** The UUID under which its source knows a dataset, as CKAN's own harvesters keep it; else one of ours. */
export function datasetUuid({ id, identifier }: Pick<DatasetRecord, 'id' | 'identifier'>): string {
  const own = identifier?.trim() ?? '';
  return isUuid(own) ? own.toLowerCase() : ckanUuid('dataset', id);
}

/** The id where CKAN takes it for a name; else the nearest name, with a part of the UUID that keeps it apart. */
export function ckanName(kind: Kind, id: string): string {
  if (/^[a-z0-9_-]{2,100}$/.test(id)) return id;
  const mark = ckanUuid(kind, id).slice(0, 8);
  const near = id.replace(/[^a-z0-9_-]+/g, '-').slice(0, longestName - mark.length - 1);
  return `${near}-${mark}`;
}

/** What a dataset is called in CKAN. */
export interface CkanIdentity {
  readonly datasetId: string;
  readonly uuid: string;
  readonly name: string;
}

/**
 * Names datasets that have no CKAN identity yet. Two that claim one source UUID are told apart: the first keeps it.
 *
 * @param taken UUIDs and names that others have; those given out are added
 */
export function identifyDatasets(
  records: readonly DatasetRecord[],
  taken: Set<string>,
): readonly CkanIdentity[] {
  return records.map((record) => {
    const claimed = datasetUuid(record);
    const uuid = taken.has(claimed) ? ckanUuid('dataset', record.id) : claimed;
    const wanted = ckanName('dataset', record.id);
    const name = taken.has(wanted) ? uuid : wanted;
    taken.add(uuid).add(name);
    return { datasetId: record.id, uuid, name };
  });
}

/** UUIDs and names that datasets ask for, to look up which others have. */
export function claimsOf(records: readonly DatasetRecord[]): readonly string[] {
  return records.flatMap((record) => [datasetUuid(record), ckanName('dataset', record.id)]);
}
