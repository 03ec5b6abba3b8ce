import { readFile } from 'node:fs/promises';
import { Router } from 'express';
import { assertMay } from '../../../catalog/access/actor.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import { confirmMention, refuseMention } from '../../../catalog/reuse/decide-mention.ts';
import { type Mention, mentionRepository } from '../../../catalog/reuse/mention-repository.ts';
import {
  moderateReuse,
  reuseActs,
  reuseModerators,
  reuseNotFound,
} from '../../../catalog/reuse/moderate-reuse.ts';
import {
  type Reuse,
  type ReuseState,
  reuseRepository,
  reuseStates,
} from '../../../catalog/reuse/reuse-repository.ts';
import type { ReuseDeps } from '../../../catalog/reuse/submit-reuse.ts';
import { usedDatasetRepository } from '../../../catalog/reuse/used-dataset-repository.ts';
import type { FileStore } from '../../../catalog/storage/file-store.ts';
import { choice, queryOf } from '../../http/read-parameters.ts';
import { findingsOf } from '../../pages/findings.ts';
import { mentionPage, moderatedReusePage, moderationPage } from '../../pages/moderation-page.ts';
import { fieldsFrom, inputOf } from '../../pages/public-form.ts';
import { show, titled } from '../show-page.ts';
import {
  inEveryLanguage,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

export interface ReuseRouteDeps extends WorkspaceDeps, ReuseDeps {
  readonly files: FileStore;
}

const most = 100;

/** `/workspace/reuses` and `/workspace/mentions`: what was made with the data, before it is shown. */
export function reuseModerationRoutes(
  { workspacePage, workspaceAction, workspaceFile }: WorkspaceHandlers,
  deps: ReuseRouteDeps,
): Router {
  const router = Router();
  const db = deps.database.current;

  router.get(
    inEveryLanguage('/workspace/reuses'),
    workspacePage((visit) => listPage(visit)),
  );
  router.get(
    inEveryLanguage('/workspace/reuses/:id'),
    workspacePage((visit) => reusePage(visit)),
  );
  router.get(
    inEveryLanguage('/workspace/reuses/:id/picture'),
    workspaceFile(async (visit) => {
      const { id, record, revision } = await getReuse(visit);
      const { picture } = revision ?? record;
      if (!picture) throw reuseNotFound(id);
      const body = await readFile(deps.files.pathOf(picture.sha256));
      return { fileName: id, mediaType: picture.mediaType, body };
    }),
  );
  for (const act of reuseActs) {
    router.post(
      inEveryLanguage(`/workspace/reuses/:id/${act}`),
      workspaceAction(async (visit, form) => {
        const id = String(visit.request.params['id']);
        try {
          await moderateReuse(id, act, form.get('reason') ?? undefined, visit.actor, deps);
        } catch (error) {
          return reusePage(visit, error);
        }
        return `/workspace/reuses?done=reuse-${act}`;
      }),
    );
  }

  router.get(
    inEveryLanguage('/workspace/mentions/:id'),
    workspacePage(async (visit) => {
      const mention = await getMention(visit);
      const host = new URL(mention.source).host;
      const suggested = { title: { vi: mention.title ?? '' }, creator: host, type: 'article' };
      return showMention(visit, mention, fieldsFrom(suggested));
    }),
  );
  router.post(
    inEveryLanguage('/workspace/mentions/:id/confirm'),
    workspaceAction(async (visit, form) => {
      const mention = await getMention(visit);
      const input = { ...inputOf('reuse', form), email: visit.visitor.account.email };
      try {
        await confirmMention(mention.id, input, visit.actor, deps);
      } catch (error) {
        return showMention(visit, mention, form, error);
      }
      return '/workspace/reuses?done=mention-confirm';
    }),
  );
  router.post(
    inEveryLanguage('/workspace/mentions/:id/refuse'),
    workspaceAction(async (visit, form) => {
      const mention = await getMention(visit);
      try {
        await refuseMention(mention.id, form.get('reason'), visit.actor, deps);
      } catch (error) {
        return showMention(visit, mention, form, error);
      }
      return '/workspace/reuses?done=mention-refuse';
    }),
  );
  return router;

  async function listPage({ actor, context, request }: SignedInVisit) {
    assertMay(actor, reuseModerators);
    const state = choice<ReuseState>(queryOf(request), 'state', reuseStates) ?? 'published';
    const [waiting, decided, mentions] = await Promise.all([
      reuseRepository(db).list({ states: reuseStates, isWaiting: true }, 0, most),
      reuseRepository(db).list({ states: [state] }, 0, most),
      mentionRepository(db).list('proposed', most),
    ]);
    const datasets = await usedDatasetRepository(db).find(mentions.map(({ dataset }) => dataset));
    const model = moderationPage({ waiting, decided, mentions, datasets, state }, context);
    return frame('workspace-reuses', model, context);
  }

  async function reusePage(visit: SignedInVisit, error?: unknown) {
    const reuse = await getReuse(visit);
    const { dataset } = reuse.revision ?? reuse.record;
    const datasets = await usedDatasetRepository(db).find(dataset);
    const findings = findingsOf(error, visit.context.lang);
    const model = moderatedReusePage(reuse, datasets, findings, visit.context);
    return frame('workspace-reuse', model, visit.context);
  }

  function showMention(
    { context }: SignedInVisit,
    mention: Mention,
    fields: URLSearchParams,
    error?: unknown,
  ) {
    const model = mentionPage(mention, fields, findingsOf(error, context.lang), context);
    return frame('workspace-mention', model, context);
  }

  async function getReuse({ request, actor }: SignedInVisit): Promise<Reuse> {
    assertMay(actor, reuseModerators);
    const id = String(request.params['id']);
    const reuse = await reuseRepository(db).find(id);
    if (!reuse) throw reuseNotFound(id);
    return reuse;
  }

  async function getMention({ request, actor }: SignedInVisit): Promise<Mention> {
    assertMay(actor, reuseModerators);
    const id = String(request.params['id']);
    const mention = await mentionRepository(db).find(id);
    if (mention) return mention;
    throw new CatalogError('not-found', 'mention-not-found', {
      vi: `Không có lần nhắc đến "${id}".`,
      en: `There is no mention "${id}".`,
    });
  }

  function frame(name: string, model: object, context: SignedInVisit['context']) {
    return show(name, model, { title: titled('workspace.reuses.heading', context), nav: 'reuses' });
  }
}
