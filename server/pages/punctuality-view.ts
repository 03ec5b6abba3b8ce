import type { CommitmentStatus } from '../../catalog/model/calendar.ts';
import type { Standing } from '../../catalog/plan/standings.ts';
import type { PageContext } from './page-context.ts';

/** How an agency kept its promises, quarter by quarter, each a bar drawn on the server. */
export interface PunctualityView {
  /** What of it was due by now, and how much of that came in time. */
  readonly summary: string;
  readonly width: number;
  readonly quarters: readonly {
    readonly label: string;
    /** What the bar says: "2 đúng hạn, 1 quá hạn". */
    readonly words: string;
    readonly segments: readonly {
      readonly status: CommitmentStatus;
      readonly x: number;
      readonly width: number;
    }[];
  }[];
}

const width = 320;
const gap = 2;
const order: readonly CommitmentStatus[] = [
  'released-on-time',
  'released-late',
  'overdue',
  'in-preparation',
  'planned',
];

/**
 * @param commitments those of one agency
 * @returns absent: it promised nothing that still stands
 */
export function punctualityView(
  commitments: readonly Standing[],
  context: PageContext,
): PunctualityView | undefined {
  const standing = commitments.filter(({ status }) => status !== 'dropped');
  if (standing.length === 0) return undefined;
  const quarters = [...new Set(standing.map(({ quarter }) => quarter))].sort();
  const most = Math.max(
    ...quarters.map((quarter) => standing.filter((c) => c.quarter === quarter).length),
  );
  const due = standing.filter(({ status }) => !['planned', 'in-preparation'].includes(status));
  const kept = due.filter(({ status }) => status === 'released-on-time').length;
  return {
    summary:
      due.length === 0
        ? context.t('agency.punctuality.none')
        : context.plural('agency.punctuality.summary', due.length, { kept: context.number(kept) }),
    width,
    quarters: quarters.map((quarter) =>
      quarterOf(
        quarter,
        standing.filter((commitment) => commitment.quarter === quarter),
        most,
        context,
      ),
    ),
  };
}

function quarterOf(
  quarter: string,
  commitments: readonly Standing[],
  most: number,
  context: PageContext,
): PunctualityView['quarters'][number] {
  const one = width / most;
  const counts = order
    .map((status) => ({ status, count: commitments.filter((c) => c.status === status).length }))
    .filter(({ count }) => count > 0);
  let x = 0;
  return {
    label: context.due(quarter),
    words: counts
      .map(
        ({ status, count }) => `${context.number(count)} ${lower(context.t(`status.${status}`))}`,
      )
      .join(', '),
    segments: counts.map(({ status, count }) => {
      const segment = { status, x: round(x), width: Math.max(2, round(count * one - gap)) };
      x += count * one;
      return segment;
    }),
  };
}

function lower(label: string): string {
  return label.charAt(0).toLocaleLowerCase('vi') + label.slice(1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
