import { type Actor, mayAct } from '../../catalog/access/actor.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { ProposalLine } from '../../catalog/plan/commitment-repository.ts';
import type { Proposal } from '../../catalog/plan/plan-entries.ts';
import type { ProposalState } from '../../catalog/plan/proposal-repository.ts';
import type { PageContext } from './page-context.ts';
import { pager } from './pager.ts';
import { choicesWith } from './select-choices.ts';

/** Proposals on one page. */
export const proposalsPageSize = 50;
/** Up to so many are chosen from by their titles; with more, by id. */
export const mostTargets = 200;
export const proposalStates: readonly ProposalState[] = [
  'proposed',
  'accepted',
  'returned',
  'merged',
];

/** Which proposals somebody wants to see; empty: all. */
export interface ProposalFilter {
  readonly agency: string;
  readonly state: ProposalState | '';
  readonly page: number;
}

/** The proposals of a page, before their records are read. */
export interface ProposalSelection {
  /** All that somebody may see. */
  readonly seen: readonly ProposalLine[];
  /** Those of them that are asked for. */
  readonly found: readonly ProposalLine[];
  readonly shown: readonly ProposalLine[];
  readonly page: number;
}

/** Chooses the proposals of a page; one that is beyond the end is the last. */
export function selectProposals(
  seen: readonly ProposalLine[],
  { agency, state, page }: ProposalFilter,
): ProposalSelection {
  const found = seen.filter(
    (line) =>
      (agency === '' || line.publisher === agency) && (state === '' || stateOf(line) === state),
  );
  const at = Math.min(page, Math.max(1, Math.ceil(found.length / proposalsPageSize)));
  const begin = (at - 1) * proposalsPageSize;
  return { seen, found, shown: found.slice(begin, begin + proposalsPageSize), page: at };
}

export interface ProposalsInput {
  readonly year: string;
  readonly filter: ProposalFilter;
  readonly selection: ProposalSelection;
  /** What is shown. */
  readonly proposals: readonly Proposal[];
  /** What others can become part of, with their records. Absent: they are too many to choose from. */
  readonly targets: readonly Proposal[] | undefined;
  readonly agencies: ReadonlyMap<string, LangText>;
  readonly actor: Actor;
}

/** The proposals for a plan as a table with a filter, and how many there are of all. */
export function proposalsView(input: ProposalsInput, context: PageContext) {
  const { year, filter, selection, agencies } = input;
  const { seen, found, shown, page } = selection;
  const { agency, state } = filter;
  const nameOf = (id: string) => context.show(agencies.get(id) ?? { vi: id }).text;
  const publishers = [...new Set(seen.map(({ publisher }) => publisher))]
    .map((value) => ({ value, label: nameOf(value) }))
    .sort((a, b) => context.compare(a.label, b.label));
  const states = proposalStates.map((value) => ({
    value,
    label: context.t(`plan.state.${value}`),
  }));
  return {
    counts: states.map(({ value, label }) => ({
      label,
      count: context.number(seen.filter((line) => stateOf(line) === value).length),
    })),
    isEmpty: seen.length === 0,
    /** Few are seen at one look. */
    filter:
      seen.length > proposalsPageSize || agency !== '' || state !== ''
        ? { agencies: choicesWith(publishers, agency), states: choicesWith(states, state) }
        : undefined,
    hidden: [
      { name: 'agency', value: agency },
      { name: 'state', value: state },
      { name: 'page', value: page > 1 ? String(page) : '' },
    ].filter(({ value }) => value !== ''),
    rows: input.proposals.map((proposal) => proposalView(proposal, input, context)),
    /** To decide about what is on other pages too. */
    all:
      found.length > shown.length
        ? {
            label: context.t('plan.chooseAll', { count: context.number(found.length) }),
            count: found.length,
          }
        : undefined,
    targets: input.targets
      ?.filter(({ decision }) => decision?.state !== 'merged')
      .map(({ entry }) => ({ id: entry.datasetId, title: context.show(entry.title).text })),
    pager: pager(
      `/workspace/plans/${year}`,
      new URLSearchParams({ agency, state }),
      { page, pageSize: proposalsPageSize, total: found.length },
      context,
    ),
  };
}

function stateOf({ decided }: ProposalLine): ProposalState {
  return decided ?? 'proposed';
}

function proposalView(
  { entry, decision }: Proposal,
  { agencies, actor, year }: ProposalsInput,
  context: PageContext,
) {
  const state = decision?.state ?? 'proposed';
  return {
    id: entry.datasetId,
    href: context.url(`/workspace/datasets/${entry.datasetId}`),
    title: context.show(entry.title),
    agency: context.show(agencies.get(entry.publisher) ?? { vi: entry.publisher }),
    field: entry.field,
    due: context.due(entry.due),
    priority: entry.priority === undefined ? '' : context.number(entry.priority),
    state,
    standing: context.t(`plan.state.${state}`),
    reason: decision?.reason ?? entry.dropped,
    again:
      state === 'returned' && mayAct(actor, ['editor', 'approver'], entry.publisher)
        ? context.url(`/workspace/plans/${year}/proposals/${entry.datasetId}`)
        : undefined,
  };
}
