import { Router } from 'express';
import { assertMay } from '../../../catalog/access/actor.ts';
import { checkCriteria } from '../../../catalog/criteria/check-criteria.ts';
import {
  type Criteria,
  criteriaRepository,
} from '../../../catalog/criteria/criteria-repository.ts';
import type { IndicatorKeeper } from '../../../catalog/criteria/keep-indicators.ts';
import { periodOf } from '../../../catalog/criteria/period.ts';
import { previewFormula } from '../../../catalog/criteria/preview-formula.ts';
import { saveCriteria } from '../../../catalog/criteria/save-criteria.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { CatalogError } from '../../../catalog/kernel/errors.ts';
import type { CriteriaRecord } from '../../../catalog/model/criterion.ts';
import { criteriaOf, nextVersion } from '../../pages/criteria-form.ts';
import { criteriaPage } from '../../pages/criteria-page.ts';
import { findingsOf } from '../../pages/findings.ts';
import { show, titled } from '../show-page.ts';
import {
  inEveryLanguage,
  type SignedInVisit,
  type WorkspaceDeps,
  type WorkspaceHandlers,
} from './handlers.ts';

export interface CriteriaRouteDeps extends WorkspaceDeps {
  readonly indicators: IndicatorKeeper;
}

/** What stands in the form, and what is wrong with it. */
interface Tried {
  readonly record: CriteriaRecord;
  readonly revision: number;
  readonly error?: unknown;
}

/** `/workspace/criteria`: the coordinator writes the next version of the criteria. */
export function criteriaRoutes(
  { workspacePage, workspaceAction }: WorkspaceHandlers,
  deps: CriteriaRouteDeps,
): Router {
  const router = Router();
  const address = inEveryLanguage('/workspace/criteria');

  router.get(
    address,
    workspacePage((visit) => page(visit)),
  );

  router.post(
    address,
    workspaceAction(async (visit, form) => {
      const versions = await criteriaRepository(deps.database.current).list();
      const newest = versions.at(-1);
      if (form.get('act') === 'begin') {
        if (newest && isInForce(newest)) {
          const record = nextVersion(newest.record);
          await saveCriteria(newest.version + 1, record, 0, visit.actor, deps);
        } else assertMay(visit.actor, ['coordinator', 'administrator']);
        return '/workspace/criteria';
      }
      const record = criteriaOf(form) as CriteriaRecord;
      const tried = { record, revision: Number(form.get('revision')) || 0 };
      if (form.get('act') === 'check') {
        return { ...(await page(visit, { ...tried, error: refusal(record) })), status: 200 };
      }
      try {
        const version = Number(form.get('version')) || 0;
        await saveCriteria(version, record, tried.revision, visit.actor, deps);
      } catch (error) {
        return page(visit, { ...tried, error });
      }
      return '/workspace/criteria?done=criteria';
    }),
  );

  return router;

  async function page({ actor, context }: SignedInVisit, tried?: Tried) {
    assertMay(actor, ['coordinator', 'administrator']);
    await deps.indicators.freshen();
    const db = deps.database.current;
    const today = localDate(deps.clock());
    const versions = await criteriaRepository(db).list();
    const newest = versions.at(-1);
    const isOpen = newest !== undefined && !isInForce(newest);
    const record = tried?.record ?? newest?.record;
    const previews = await Promise.all(
      (record?.criteria ?? []).map(({ formula }) =>
        previewFormula(formula, periodOf(today, 'year'), db),
      ),
    );
    // Somebody else was faster: what was typed stays, and saved again it goes over theirs.
    const isStale = tried?.error instanceof CatalogError && tried.error.kind === 'stale';
    const findings = isStale
      ? { problems: [context.t('workspace.criteria.stale')], at: () => undefined }
      : findingsOf(tried?.error, context.lang);
    const revision = tried && !isStale ? tried.revision : (newest?.revision ?? 0);
    const model = criteriaPage(
      {
        versions,
        today,
        findings,
        ...(isOpen &&
          record && { editing: { version: newest.version, revision, record, previews } }),
      },
      context,
    );
    return show('workspace-criteria', model, {
      title: titled('workspace.criteria.heading', context),
      nav: 'criteria',
    });
  }

  function isInForce({ record }: Criteria): boolean {
    return record.inForceFrom !== undefined && record.inForceFrom <= localDate(deps.clock());
  }
}

/** What saving would say of the record. */
function refusal(record: CriteriaRecord): CatalogError | undefined {
  const findings = checkCriteria(record);
  if (findings.length === 0) return undefined;
  const detail = {
    vi: 'Bộ tiêu chí chưa đúng; hãy sửa từng chỗ được nêu.',
    en: 'The criteria are not right; correct each place named.',
  };
  return new CatalogError('invalid', 'criteria-invalid', detail, { findings });
}
