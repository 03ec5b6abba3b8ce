import { type Actor, mayAct } from '../../catalog/access/actor.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import { daysFrom, dueDate, quarterOf } from '../../catalog/model/calendar.ts';
import type { ProposalLine } from '../../catalog/plan/commitment-repository.ts';
import type { Proposal } from '../../catalog/plan/plan-entries.ts';
import type { PlannedWork } from '../../catalog/plan/planned-work.ts';
import type { Standing } from '../../catalog/plan/standings.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext } from './page-context.ts';
import { pager } from './pager.ts';
import { nextView, timelineFrame, timelineRow, warningsOf } from './plan-timeline.ts';

export interface PlanBoardInput {
  readonly year: string;
  readonly isIssued: boolean;
  readonly standings: readonly Standing[];
  readonly agencies: ReadonlyMap<string, LangText>;
  readonly view: 'board' | 'timeline';
  readonly selection: BoardSelection;
  /** What is selected. */
  readonly cards: ReadonlyMap<string, Proposal>;
  /** The work on what is selected. */
  readonly work: ReadonlyMap<string, PlannedWork>;
  /** The agency that is shown alone. */
  readonly agency: string;
  readonly actor: Actor;
  /** A local calendar date. */
  readonly today: string;
  readonly findings: FormFindings;
  /** The card whose move was refused. */
  readonly tried: string;
}

/** Cards in a column, or lines of the timeline, on one page. */
export const boardPageSize = 50;

/** What one page of the board shows, before anything is asked about it. */
export interface BoardSelection {
  readonly standing: readonly ProposalLine[];
  /** By quarter, or, on the timeline, one after the other. */
  readonly columns: readonly {
    readonly quarter: string;
    readonly total: number;
    readonly cards: readonly ProposalLine[];
  }[];
  readonly page: number;
  /** How many the longest column has. */
  readonly longest: number;
}

/** Chooses the cards of a page: so many of each quarter, or of all. */
export function selectBoard(
  input: Pick<PlanBoardInput, 'year' | 'agency' | 'view'> & {
    readonly lines: readonly ProposalLine[];
  },
  page: number,
): BoardSelection {
  const { year, lines, agency, view } = input;
  const standing = lines.filter(({ isDropped, decided }) => !isDropped && decided !== 'merged');
  const shown = standing.filter(({ publisher }) => agency === '' || publisher === agency);
  const quarters = [1, 2, 3, 4].map((number) => `${year}-Q${number}`);
  const names = [...new Set([...quarters, ...shown.map(({ due }) => quarterOf(due))])];
  const lists: (readonly [string, readonly ProposalLine[]])[] =
    view === 'timeline'
      ? [['', shown]]
      : names.sort().map((quarter) => [quarter, inQuarter(shown, quarter)]);
  const longest = Math.max(...lists.map(([, cards]) => cards.length));
  const last = Math.max(1, Math.ceil(longest / boardPageSize));
  const at = Math.min(page, last);
  const begin = (at - 1) * boardPageSize;
  return {
    standing,
    columns: lists.map(([quarter, cards]) => ({
      quarter,
      total: cards.length,
      cards: cards.slice(begin, begin + boardPageSize),
    })),
    page: at,
    longest,
  };
}

function inQuarter(lines: readonly ProposalLine[], quarter: string): readonly ProposalLine[] {
  return lines.filter(({ due }) => quarterOf(due) === quarter);
}

/** The work of a plan as cards in quarters, each with a form that moves it, or as lines along the year. */
export function planBoardPage(input: PlanBoardInput, context: PageContext) {
  const { year, agency, agencies, selection, view } = input;
  const base = context.url(`/workspace/plans/${year}`);
  const quarters = [1, 2, 3, 4].map((number) => `${year}-Q${number}`);
  const promised = new Map(input.standings.map((each) => [each.datasetId, each]));
  const nameOf = (id: string) => context.show(agencies.get(id) ?? { vi: id });
  const isTimeline = view === 'timeline';
  const asked = new URLSearchParams({ agency, ...(isTimeline && { view }) });
  const { page, longest: total } = selection;
  return {
    year,
    heading: context.t(isTimeline ? 'board.timelineHeading' : 'board.heading', { year }),
    back: base,
    here: `${base}/board`,
    agency,
    view,
    otherView: {
      href: `${base}/board?${new URLSearchParams({ ...(agency && { agency }), ...(!isTimeline && { view: 'timeline' }) })}`,
      label: context.t(isTimeline ? 'board.link' : 'board.timeline'),
    },
    isIssued: input.isIssued,
    findings: input.findings,
    agencies: [...new Set(selection.standing.map(({ publisher }) => publisher))]
      .map((id) => ({ id, name: nameOf(id).text, selected: id === agency }))
      .sort((a, b) => context.compare(a.name, b.name)),
    page,
    pager: pager(
      `/workspace/plans/${year}/board`,
      asked,
      { page, pageSize: boardPageSize, total },
      context,
    ),
    timeline: isTimeline
      ? {
          ...timelineFrame(year, input.today),
          rows: selection.columns.flatMap(({ cards }) =>
            cardsOf(cards, input).map((card) => {
              const { datasetId, publisher } = card.entry;
              const facts = { year, agency: nameOf(publisher) };
              return timelineRow(card, input.work.get(datasetId), facts, context);
            }),
          ),
        }
      : undefined,
    columns: isTimeline
      ? []
      : selection.columns.map(({ quarter, total: count, cards }) => ({
          quarter,
          label: context.due(quarter),
          count: context.number(count),
          cards: cardsOf(cards, input).map((card) => ({
            ...cardView(card, promised.get(card.entry.datasetId), input, context),
            agency: nameOf(card.entry.publisher),
            choices: quarters
              .filter((other) => other !== quarter)
              .map((value) => ({ value, label: context.due(value) })),
          })),
        })),
  };
}

function cardsOf(
  lines: readonly ProposalLine[],
  { cards }: Pick<PlanBoardInput, 'cards'>,
): readonly Proposal[] {
  return lines.flatMap(({ datasetId }) => cards.get(datasetId) ?? []);
}

function cardView(
  { entry }: Proposal,
  commitment: Standing | undefined,
  { actor, today, tried, work }: PlanBoardInput,
  context: PageContext,
) {
  const isOpen = commitment?.status === 'planned' || commitment?.status === 'in-preparation';
  const days = commitment?.status === 'overdue' ? daysFrom(commitment.dueDate, today) : 0;
  const status = commitment?.status;
  const isReleased = commitment?.releasedOn !== undefined;
  const planned = work.get(entry.datasetId);
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
    next: nextView(planned, context),
    warnings: warningsOf(planned, context),
    isTried: entry.datasetId === tried,
    isMovable:
      !isReleased &&
      mayAct(actor, ['editor', 'approver', 'coordinator', 'administrator'], entry.publisher),
  };
}
