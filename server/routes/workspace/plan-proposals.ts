import { type Actor, agenciesOf } from '../../../catalog/access/actor.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import type { ProposalLine } from '../../../catalog/plan/commitment-repository.ts';
import { describeProposals, proposalLines } from '../../../catalog/plan/plan-entries.ts';
import type { Queryable } from '../../../catalog/storage/database.ts';
import { choice, wholeNumber } from '../../http/read-parameters.ts';
import {
  mostTargets,
  type ProposalFilter,
  proposalStates,
  selectProposals,
} from '../../pages/plan-proposals-view.ts';

/** The proposals that somebody may see. */
export function seenBy(actor: Actor, lines: readonly ProposalLine[]): readonly ProposalLine[] {
  const own = agenciesOf(actor);
  return lines.filter(({ publisher }) => own === 'all' || own.includes(publisher));
}

/**
 * Which proposals a page or a form asks for.
 *
 * @throws {CatalogError} `malformed` / `parameter-malformed`
 */
export function filterOf(query: URLSearchParams): ProposalFilter {
  return {
    agency: query.get('agency') ?? '',
    state: choice(query, 'state', proposalStates) ?? '',
    page: wholeNumber(query, 'page', { from: 1, to: 1_000_000, otherwise: 1 }),
  };
}

/** What a page shows of the proposals. */
export async function proposalsOn(
  year: string,
  seen: readonly ProposalLine[],
  filter: ProposalFilter,
  db: Queryable,
) {
  const selection = selectProposals(seen, filter);
  return {
    filter,
    selection,
    proposals: await describeProposals(year, selection.shown, db),
    targets: seen.length > mostTargets ? undefined : await describeProposals(year, seen, db),
  };
}

/**
 * What is ticked, or all that the filter found.
 *
 * @throws {CatalogError} `conflict` / `proposals-changed` when it finds others than it showed
 */
export async function chosenProposals(
  year: string,
  form: URLSearchParams,
  actor: Actor,
  db: Queryable,
): Promise<readonly string[]> {
  if (form.get('all') !== '1') return form.getAll('id');
  const { found } = selectProposals(seenBy(actor, await proposalLines(year, db)), filterOf(form));
  if (String(found.length) !== form.get('of')) throw proposalsChanged(found.length);
  return found.map(({ datasetId }) => datasetId);
}

function proposalsChanged(count: number): CatalogError {
  return new CatalogError('conflict', 'proposals-changed', {
    vi: `Danh sách vừa thay đổi, nay có ${count} đề xuất; hãy xem lại rồi chọn lại.`,
    en: `The list has just changed and has ${count} proposals now; look at it and choose again.`,
  });
}
