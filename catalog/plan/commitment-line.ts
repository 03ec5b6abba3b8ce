/** Where a dataset of a plan stands, without what its record says. */
export interface CommitmentLine {
  readonly datasetId: string;
  readonly publisher: string;
  readonly due: string;
  /** Whether it was taken out of the plan. */
  readonly isDropped: boolean;
  readonly state: string;
  readonly changedAt: string;
  /** When it was first published. */
  readonly releasedAt?: string;
}

/** Reads a line of its cells, see `lineCells`. */
export function lineOf(cells: readonly string[]): CommitmentLine {
  const [datasetId = '', publisher = '', state = '', changedAt = '', releasedAt = ''] = cells;
  const [due = '', dropped = ''] = cells.slice(5);
  return {
    datasetId,
    publisher,
    due,
    isDropped: dropped !== '',
    state,
    changedAt,
    ...(releasedAt !== '' && { releasedAt }),
  };
}
