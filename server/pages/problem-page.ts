import type { Problem } from '../http/problem.ts';
import type { PageContext } from './page-context.ts';

export interface ProblemPage {
  readonly status: number;
  readonly heading: string;
  readonly detail?: string;
  readonly help: string;
}

const known = [400, 404, 406, 410, 500];

/** A problem for people: what happened, and what to do. */
export function problemPage({ status, detail }: Problem, { t }: PageContext): ProblemPage {
  return {
    status,
    heading: t(`problem.heading.${known.includes(status) ? status : 'other'}`),
    ...(detail !== undefined && { detail }),
    help: t(status >= 500 ? 'problem.help500' : 'problem.help'),
  };
}
