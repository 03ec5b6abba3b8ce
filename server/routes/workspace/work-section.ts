import type { PageContext } from '../../pages/page-context.ts';
import type { SignedInVisit, WorkspaceDeps } from './handlers.ts';

/** A part of “my work”: what waits for this person, with a way to it. */
export interface WorkspaceSection {
  readonly key: string;
  readonly heading: string;
  readonly items: readonly {
    readonly title: string;
    readonly href: string;
    /** One line of facts: the agency, the day it is due. */
    readonly note?: string;
    /** Shown in red, beside the word. */
    readonly late?: string;
  }[];
  /** How many there are, when only the first of them are shown. */
  readonly total?: number;
  /** What to say when nothing waits. */
  readonly empty: string;
  readonly more?: { readonly href: string; readonly label: string };
}

export type WorkspaceHomeDeps = WorkspaceDeps;

/** Gives a section, or nothing for who has nothing to do with it. */
export type LoadSection = (
  visit: Pick<SignedInVisit, 'actor' | 'visitor'> & { readonly context: PageContext },
  deps: WorkspaceHomeDeps,
) => Promise<WorkspaceSection | undefined>;
