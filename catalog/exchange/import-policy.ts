import type { Dataset } from '../inventory/dataset-repository.ts';
import type { DatasetRecord, DatasetState } from '../model/dataset.ts';
import type { Completeness } from '../validation/validate-record.ts';

/** How an import treats what is there already, and what becomes of what is new. */
export interface ImportPolicy {
  /** The record to store, from the one there is and the one that came. */
  merge(existing: Dataset, incoming: DatasetRecord): DatasetRecord;
  /** The state of a dataset that is new. */
  readonly firstState: DatasetState;
  /** What a record must hold to be published; one that holds less stays a draft. */
  readonly toPublish: Completeness;
}

/** The annex of a decision: it plans. What an agency has completed since is left alone. */
export const planPolicy: ImportPolicy = {
  firstState: 'planned',
  toPublish: 'release',
  merge: ({ record }, incoming) => ({
    ...incoming,
    ...record,
    inventory: {
      ...incoming.inventory,
      ...record.inventory,
      ...(incoming.inventory?.release && {
        release: { ...record.inventory?.release, ...incoming.inventory.release },
      }),
    },
  }),
};

/** Another catalogue: it is the source, and what it says goes; what the plan added here stays. */
export const sourcePolicy: ImportPolicy = {
  firstState: 'published',
  toPublish: 'release',
  merge: ({ record }, incoming) =>
    record.inventory === undefined
      ? incoming
      : { ...incoming, inventory: { ...record.inventory, ...incoming.inventory } },
};

/** A graph that is public elsewhere is published here as it is: what is read in comes out again. */
export const graphPolicy: ImportPolicy = { ...sourcePolicy, toPublish: 'draft' };
