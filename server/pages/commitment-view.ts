import { daysFrom } from '../../catalog/model/calendar.ts';
import type { Commitment } from '../../catalog/plan/roadmap.ts';
import type { Standing } from '../../catalog/plan/standings.ts';
import type { AgencyNames } from './dataset-card.ts';
import type { PageContext, Shown } from './page-context.ts';

/** A commitment as a mark on the roadmap: its shape and its word say the same. */
export interface CommitmentView {
  readonly id: string;
  readonly title: Shown;
  readonly agency: Shown;
  /** Absent: not published, so there is no page. */
  readonly href?: string;
  readonly status: Commitment['status'];
  readonly statusLabel: string;
  readonly when: string;
  /** What its place in a table of quarters does not say already: the day of a release, a due day inside the quarter. */
  readonly day?: string;
  /** Why it was dropped. */
  readonly reason?: Shown;
  /** By how much it is late, or came late. */
  readonly late?: string;
}

export function commitmentView(
  commitment: Commitment,
  agencies: AgencyNames,
  today: string,
  context: PageContext,
): CommitmentView {
  const { publisher, releasedOn, reason, status } = commitment;
  const lateDays =
    status === 'overdue' || status === 'released-late'
      ? daysFrom(commitment.dueDate, releasedOn ?? today)
      : 0;
  const when =
    releasedOn === undefined
      ? context.t('roadmap.due', { date: context.date(commitment.dueDate) })
      : context.t('roadmap.releasedOn', { date: context.date(releasedOn) });
  return {
    id: commitment.datasetId,
    title: context.show(commitment.title),
    agency: context.show(agencies.get(publisher) ?? { [context.lang]: publisher }),
    ...(commitment.published && { href: context.url(`/dataset/${commitment.datasetId}`) }),
    status,
    statusLabel: context.t(`status.${status}`),
    when,
    ...(releasedOn !== undefined && { day: context.date(releasedOn) }),
    ...(releasedOn === undefined && commitment.due !== commitment.quarter && { day: when }),
    ...(reason !== undefined && { reason: context.official(reason) }),
    ...(lateDays > 0 && { late: context.plural('roadmap.late', lateDays) }),
  };
}

/** The statuses in the order in which a reader wants them, each with how many there are. */
export function countStatuses(
  commitments: readonly Standing[],
  context: PageContext,
): readonly { readonly status: string; readonly label: string; readonly count: number }[] {
  const order = [
    'released-on-time',
    'released-late',
    'overdue',
    'in-preparation',
    'planned',
    'dropped',
  ];
  return order
    .map((status) => ({
      status,
      label: context.t(`status.${status}`),
      count: commitments.filter((commitment) => commitment.status === status).length,
    }))
    .filter(({ count }) => count > 0);
}
