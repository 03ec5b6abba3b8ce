import { type Actor, mayAct } from '../../catalog/access/actor.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { daysFrom, dueDate, quarterOf } from '../../catalog/model/calendar.ts';
import type { Proposal } from '../../catalog/plan/plan-entries.ts';
import type { Commitment } from '../../catalog/plan/roadmap.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext } from './page-context.ts';

export interface PlanBoardInput {
  readonly year: string;
  readonly isIssued: boolean;
  readonly proposals: readonly Proposal[];
  readonly commitments: readonly Commitment[];
  readonly agencies: ReadonlyMap<string, LangText>;
  /** The agency that is shown alone. */
  readonly agency: string;
  readonly actor: Actor;
  /** A local calendar date. */
  readonly today: string;
  readonly findings: FormFindings;
  /** The card whose move was refused. */
  readonly tried: string;
}

/** The work of a plan as cards in quarters, each with a form that moves it. */
export function planBoardPage(input: PlanBoardInput, context: PageContext) {
  const { year, proposals, agency, agencies } = input;
  const standing = proposals.filter(
    ({ entry, decision }) => entry.dropped === undefined && decision?.state !== 'merged',
  );
  const shown = standing.filter(({ entry }) => agency === '' || entry.publisher === agency);
  const base = context.url(`/workspace/plans/${year}`);
  const quarters = [1, 2, 3, 4].map((number) => `${year}-Q${number}`);
  const others = shown.map(({ entry }) => quarterOf(entry.due));
  const columns = [...new Set([...quarters, ...others])].sort();
  const promised = new Map(input.commitments.map((each) => [each.datasetId, each]));
  const nameOf = (id: string) => context.show(agencies.get(id) ?? { vi: id });
  return {
    year,
    heading: context.t('board.heading', { year }),
    back: base,
    here: `${base}/board`,
    agency,
    isIssued: input.isIssued,
    findings: input.findings,
    agencies: [...new Set(standing.map(({ entry }) => entry.publisher))]
      .map((id) => ({ id, name: nameOf(id).text, selected: id === agency }))
      .sort((a, b) => context.compare(a.name, b.name)),
    columns: columns.map((quarter) => {
      const cards = shown.filter(({ entry }) => quarterOf(entry.due) === quarter);
      return {
        quarter,
        label: context.due(quarter),
        count: context.number(cards.length),
        cards: cards.map((card) => ({
          ...cardView(card, promised.get(card.entry.datasetId), input, context),
          agency: nameOf(card.entry.publisher),
          choices: quarters
            .filter((other) => other !== quarter)
            .map((value) => ({ value, label: context.due(value) })),
        })),
      };
    }),
  };
}

function cardView(
  { entry }: Proposal,
  commitment: Commitment | undefined,
  { actor, today, tried }: PlanBoardInput,
  context: PageContext,
) {
  const isOpen = commitment?.status === 'planned' || commitment?.status === 'in-preparation';
  const days = commitment?.status === 'overdue' ? daysFrom(commitment.dueDate, today) : 0;
  const status = commitment?.status;
  const isReleased = commitment?.releasedOn !== undefined;
  return {
    id: entry.datasetId,
    title: context.show(entry.title),
    href: context.url(`/workspace/datasets/${entry.datasetId}`),
    due: entry.due,
    status: status ?? 'planned',
    statusLabel: context.t(status ? `status.${status}` : 'board.unpromised'),
    day: isOpen ? context.t('roadmap.due', { date: context.date(dueDate(entry.due)) }) : '',
    late: days > 0 ? context.plural('roadmap.late', days) : '',
    /** What the decision says, when the inventory says otherwise. */
    promised:
      commitment && commitment.due !== entry.due
        ? context.t('board.promised', { due: context.due(commitment.due) })
        : '',
    isTried: entry.datasetId === tried,
    isMovable:
      !isReleased &&
      mayAct(actor, ['editor', 'approver', 'coordinator', 'administrator'], entry.publisher),
  };
}
