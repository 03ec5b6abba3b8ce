import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import type { Problem } from '../http/problem.ts';
import { nearestAddresses } from './nearest-addresses.ts';
import type { PageContext, Shown } from './page-context.ts';

export interface ProblemPage {
  readonly status: number;
  readonly heading: string;
  readonly detail?: string;
  readonly help: string;
  /** Whether words to look for are likely to help. */
  readonly isSearchable: boolean;
  /** The places to go from here, the likeliest first. */
  readonly ways: readonly { readonly label: string; readonly href: string }[];
  /** Words of the address, to begin a search with. */
  readonly words: string;
  /** Datasets and pages that may have been meant. */
  readonly nearest: readonly { readonly label: Shown; readonly href: string }[];
  /** What to quote to whoever runs the catalogue. */
  readonly code?: string;
}

const known = [400, 404, 406, 410, 500];

/** What may help somebody who asked for what is not there. */
export interface ProblemHelp {
  readonly words: string;
  readonly similar: readonly Pick<DatasetRecord, 'id' | 'title'>[];
}

/** Whether nothing is there, or no longer. */
export function isLost({ status }: Problem): boolean {
  return status === 404 || status === 410;
}

/** A problem for people: what happened, and what to do. */
export function problemPage(
  problem: Problem,
  { words, similar }: ProblemHelp,
  context: PageContext,
): ProblemPage {
  const { status, detail, type } = problem;
  const { t } = context;
  const name = status >= 500 ? 500 : known.includes(status) ? status : 'other';
  const code = type.split('/problem/')[1];
  return {
    status,
    heading: t(`problem.heading.${name}`),
    ...(detail !== undefined && { detail }),
    help: t(`problem.help.${name}`),
    isSearchable: status < 500 && status !== 406,
    words: isLost(problem) ? words : '',
    nearest: isLost(problem) ? nearestOf(similar, context) : [],
    ways: waysOut(status, context),
    ...(code !== undefined && { code }),
  };
}

function nearestOf(similar: ProblemHelp['similar'], { path, show, t, url }: PageContext) {
  return [
    ...nearestAddresses(path).map((near) => ({
      label: { text: t(near.nameKey) },
      href: url(near.path),
    })),
    ...similar.map(({ id, title }) => ({ label: show(title), href: url(`/dataset/${id}`) })),
  ];
}

function waysOut(status: number, { path, t, url }: PageContext): ProblemPage['ways'] {
  const home = { label: t('problem.home'), href: url('/') };
  if (status >= 500) return [{ label: t('problem.again'), href: url(path) }, home];
  if (status === 406) return [{ label: t('developers.heading'), href: url('/developers') }, home];
  return [
    { label: t('home.recentAll'), href: url('/dataset') },
    { label: t('home.roadmapAll'), href: url('/roadmap') },
    home,
  ];
}
