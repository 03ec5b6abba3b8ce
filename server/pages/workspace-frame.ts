import type { Visitor } from '../../catalog/access/sessions.ts';
import type { PageContext } from './page-context.ts';
import type { WorkspaceFrame } from './render.ts';
import { workspaceEntries } from './workspace-navigation.ts';

/**
 * The frame of a page of the workspace.
 *
 * @param input.done what a form did that led here: `…?done=account` says `workspace.done.account`
 */
export function workspaceFrame(
  input: {
    readonly visitor: Visitor | undefined;
    readonly done: string | null;
    readonly csrf: string;
  },
  context: PageContext,
): WorkspaceFrame {
  const { visitor, done, csrf } = input;
  const entries = visitor ? workspaceEntries.filter(({ isFor }) => isFor(visitor.actor)) : [];
  const isKnown = done !== null && context.has(`workspace.done.${done}`);
  return {
    ...(visitor && { name: visitor.account.name }),
    entries: entries.map(({ key, href }) => ({
      key,
      label: context.t(`workspace.nav.${key}`),
      href: context.url(href),
    })),
    ...(isKnown && { notice: context.t(`workspace.done.${done}`) }),
    csrf,
  };
}
