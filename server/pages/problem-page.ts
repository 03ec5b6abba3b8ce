import type { Problem } from '../http/problem.ts';
import type { PageContext } from './page-context.ts';

export interface ProblemPage {
  readonly status: number;
  readonly heading: string;
  readonly detail?: string;
  readonly help: string;
  /** Whether words to look for are likely to help. */
  readonly isSearchable: boolean;
  /** The places to go from here, the likeliest first. */
  readonly ways: readonly { readonly label: string; readonly href: string }[];
  /** What to quote to whoever runs the catalogue. */
  readonly code?: string;
}

const known = [400, 404, 406, 410, 500];

/** A problem for people: what happened, and what to do. */
export function problemPage(problem: Problem, context: PageContext): ProblemPage {
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
    ways: waysOut(status, context),
    ...(code !== undefined && { code }),
  };
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
