import { type Request, type Response, Router } from 'express';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { isDate } from '../../catalog/kernel/formats.ts';
import {
  type PublicVersion,
  planProgress,
  publicEntries,
  publicVersions,
} from '../../catalog/plan/plan-progress.ts';
import { planRepository } from '../../catalog/plan/plan-repository.ts';
import { planVersionRepository } from '../../catalog/plan/plan-version-repository.ts';
import { type SavePlanDeps, savePlan } from '../../catalog/plan/save-plan.ts';
import { answer } from '../http/answer.ts';
import { type AuthenticateDeps, requireActor } from '../http/authenticate.ts';
import { revisionFromIfMatch, revisionTag } from '../http/if-match.ts';
import { queryOf } from '../http/read-parameters.ts';
import { malformedParameter } from './malformed-parameter.ts';

/** `/api/v1/plans`: the plan of a year, what decisions made of it, and how far it is. */
export function apiPlanRoutes(deps: AuthenticateDeps & SavePlanDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const send = (request: Request, response: Response, value: object) =>
    answer(request, response, {
      mediaType: 'application/json',
      write: () => JSON.stringify(value),
    });

  router.get('/plans/:year', async (request: Request, response: Response) => {
    const year = yearParameter(request);
    const plan = await planRepository(db).find(year);
    if (!plan) throw noPlan(year);
    await answer(request, response, {
      mediaType: 'application/json',
      write: () => JSON.stringify(plan.record),
      revision: String(plan.revision),
      changedAt: plan.changedAt,
    });
  });

  router.put('/plans/:year', async (request: Request, response: Response) => {
    const actor = await requireActor(request, deps, 'plans:write');
    const year = yearParameter(request);
    const exists = (await planRepository(db).find(year)) !== undefined;
    const revision = exists ? revisionFromIfMatch(request) : 0;
    const plan = await savePlan(year, request.body, revision, actor, deps);
    response
      .status(exists ? 200 : 201)
      .set('ETag', revisionTag(plan.revision))
      .json(plan.record);
  });

  router.get('/plans/:year/progress', async (request: Request, response: Response) => {
    const year = yearParameter(request);
    await assertPlanned(year);
    const { commitments: _each, ...progress } = await planProgress(
      year,
      dayAsked(request, deps),
      db,
    );
    await send(request, response, progress);
  });

  router.get('/plans/:year/versions', async (request: Request, response: Response) => {
    const year = yearParameter(request);
    await assertPlanned(year);
    const versions = await publicVersions(await planVersionRepository(db).heads(year), db);
    const items = versions.map(({ changes, ...version }) => ({
      ...version,
      ...(changes && {
        changes: {
          added: changes.added.length,
          removed: changes.removed.length,
          changed: changes.changed.length,
        },
      }),
    }));
    await send(request, response, { year, items });
  });

  router.get('/plans/:year/versions/:version', async (request: Request, response: Response) => {
    const year = yearParameter(request);
    const asked = String(request.params['version']);
    const versions = await publicVersions(await planVersionRepository(db).heads(year), db);
    const found = versions.find(({ version }) => String(version) === asked);
    if (!found) throw noVersion(year, asked, versions);
    const entries = await publicEntries(year, found.version, db);
    await send(request, response, { year, ...found, entries });
  });

  return router;

  async function assertPlanned(year: string): Promise<void> {
    if (!(await planRepository(db).years()).includes(year)) throw noPlan(year);
  }
}

/**
 * The day that a request asks about in `at`. Absent: today.
 *
 * @throws {CatalogError} `malformed` / `parameter-malformed` for what is no date, and for days to come
 */
export function dayAsked(request: Request, { clock }: { readonly clock: Clock }): string {
  const today = localDate(clock());
  const written = queryOf(request).get('at');
  if (written === null || written === '') return today;
  if (isDate(written) && written <= today) return written;
  throw malformedParameter(
    'at',
    written,
    `ngày không sau hôm nay (${today}), viết như 2026-11-23`,
    `a date not after today (${today}), such as 2026-11-23`,
  );
}

function yearParameter(request: Request): string {
  const year = String(request.params['year']);
  if (/^20\d{2}$/.test(year)) return year;
  throw malformedParameter('year', year, 'năm như 2026', 'a year such as 2026');
}

function noPlan(year: string): CatalogError {
  return new CatalogError('not-found', 'plan-not-found', {
    vi: `Chưa có kế hoạch năm ${year}.`,
    en: `There is no plan of ${year} yet.`,
  });
}

function noVersion(year: string, asked: string, versions: readonly PublicVersion[]): CatalogError {
  const shown = asked.slice(0, 80);
  const known = versions.map(({ version }) => version).join(', ');
  return new CatalogError('not-found', 'plan-version-not-found', {
    vi: `Kế hoạch ${year} không có bản "${shown}"; có: ${known || '(chưa ban hành)'}.`,
    en: `The plan of ${year} has no version "${shown}"; there are: ${known || '(not issued)'}.`,
  });
}
