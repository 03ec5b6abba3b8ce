/** Where a dataset of a plan stands, without what its record says. */
export interface CommitmentLine {
  readonly datasetId: string;
  readonly publisher: string;
  readonly due: string;
  /** Why it was taken out of the plan. */
  readonly dropped?: string;
  readonly state: string;
  readonly changedAt: string;
  /** When it was first published. */
  readonly releasedAt?: string;
}

/** The columns of a dataset that say where it stands; one index holds them all. */
export const lineColumns = [
  'dataset.id',
  'dataset.publisher_id',
  'dataset.state',
  'dataset.changed_at',
  'dataset.released_at',
] as const;

export function lineOf(row: {
  readonly id: string;
  readonly publisher_id: string;
  readonly due: string;
  readonly dropped: string | null;
  readonly state: string;
  readonly changed_at: string;
  readonly released_at: string | null;
}): CommitmentLine {
  return {
    datasetId: row.id,
    publisher: row.publisher_id,
    due: row.due,
    ...(row.dropped !== null && { dropped: row.dropped }),
    state: row.state,
    changedAt: row.changed_at,
    ...(row.released_at !== null && { releasedAt: row.released_at }),
  };
}
