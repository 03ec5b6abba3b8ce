import type { CommitmentStatus } from '../model/calendar.ts';
import type { ReportedCommitment } from './report-figures.ts';

/** Commitments by what has become of them. */
export interface CommitmentCounts {
  readonly onTime: number;
  readonly late: number;
  readonly overdue: number;
  readonly dropped: number;
  /** Not due yet, and not released. */
  readonly ahead: number;
}

export function countBy(commitments: readonly ReportedCommitment[]): CommitmentCounts {
  const count = (...statuses: readonly CommitmentStatus[]) =>
    commitments.filter(({ status }) => statuses.includes(status)).length;
  return {
    onTime: count('released-on-time'),
    late: count('released-late'),
    overdue: count('overdue'),
    dropped: count('dropped'),
    ahead: count('planned', 'in-preparation'),
  };
}
