import { Router } from 'express';
import type { PageContext } from '../../pages/page-context.ts';
import { show, titled } from '../show-page.ts';
import {
  inEveryLanguage,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

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
  /** What to say when nothing waits. */
  readonly empty: string;
  readonly more?: { readonly href: string; readonly label: string };
}

/** Gives a section, or nothing for who has nothing to do with it. */
export type LoadSection = (
  visit: Pick<SignedInVisit, 'actor' | 'visitor'> & { readonly context: PageContext },
  deps: WorkspaceHomeDeps,
) => Promise<WorkspaceSection | undefined>;

export type WorkspaceHomeDeps = WorkspaceDeps;

/** The sections of “my work”, in their order. Each is a file of its own. */
const sections: readonly LoadSection[] = [];

export function homeRoutes({ workspacePage }: WorkspaceHandlers, deps: WorkspaceHomeDeps): Router {
  const router = Router();
  router.get(
    inEveryLanguage('/workspace'),
    workspacePage(async (visit) => {
      const loaded = await Promise.all(sections.map((load) => load(visit, deps)));
      const { account } = visit.visitor;
      const model = {
        name: account.name,
        roles: account.grants.length > 0,
        sections: loaded.filter((section) => section !== undefined),
      };
      return show('workspace-home', model, {
        title: titled('workspace.home.heading', visit.context),
        nav: 'home',
      });
    }),
  );
  return router;
}
