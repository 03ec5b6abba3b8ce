import { mayAct } from '../../../catalog/access/actor.ts';
import { mentionRepository } from '../../../catalog/reuse/mention-repository.ts';
import { reuseModerators } from '../../../catalog/reuse/moderate-reuse.ts';
import { reuseRepository, reuseStates } from '../../../catalog/reuse/reuse-repository.ts';
import { labelOf } from '../../pages/public-form.ts';
import type { LoadSection } from './work-section.ts';

const most = 10;

/** What the public presented and other sites mention, for those who decide what is shown. */
export const reuseSection: LoadSection = async ({ actor, context }, { database }) => {
  if (!mayAct(actor, reuseModerators)) return undefined;
  const waiting = { states: reuseStates, isWaiting: true } as const;
  const [reuses, total, mentions, mentionTotal] = await Promise.all([
    reuseRepository(database.current).list(waiting, 0, most),
    reuseRepository(database.current).count(waiting),
    mentionRepository(database.current).list('proposed', most),
    mentionRepository(database.current).count('proposed'),
  ]);
  return {
    key: 'reuses',
    heading: context.t('workspace.reuses.waiting'),
    items: [
      ...reuses.map(({ id, record, revision, changedAt }) => ({
        title: context.show((revision ?? record).title).text,
        href: context.url(`/workspace/reuses/${id}`),
        note: `${labelOf('reuse', 'type', record.type, context)} · ${context.moment(changedAt)}`,
      })),
      ...mentions.map(({ id, source, title, receivedAt }) => ({
        title: title ?? source,
        href: context.url(`/workspace/mentions/${id}`),
        note: `${new URL(source).host} · ${context.moment(receivedAt)}`,
      })),
    ],
    total: total + mentionTotal,
    empty: context.t('workspace.reuses.noneWaiting'),
    more: { href: context.url('/workspace/reuses'), label: context.t('workspace.reuses.heading') },
  };
};
