import { type Request, type Response, Router } from 'express';
import { type Criteria, criteriaRepository } from '../../catalog/criteria/criteria-repository.ts';
import { getCriteria, inForceOn, stateOf } from '../../catalog/criteria/get-criteria.ts';
import type { IndicatorKeeper } from '../../catalog/criteria/keep-indicators.ts';
import { measures } from '../../catalog/criteria/measures/registry.ts';
import { periodOf } from '../../catalog/criteria/period.ts';
import { previewFormula } from '../../catalog/criteria/preview-formula.ts';
import { saveCriteria } from '../../catalog/criteria/save-criteria.ts';
import { localDate } from '../../catalog/kernel/clock.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { answer } from '../http/answer.ts';
import { type AuthenticateDeps, requireActor } from '../http/authenticate.ts';
import { revisionFromIfMatch, revisionTag } from '../http/if-match.ts';
import { queryOf } from '../http/read-parameters.ts';

/** `/api/v1/criteria`: what is measured and how, version by version; the coordinator writes the next one. */
export function apiCriteriaRoutes(
  deps: AuthenticateDeps & { readonly indicators: IndicatorKeeper },
): Router {
  const router = Router();
  const db = deps.database.read;

  router.get('/criteria', async (request: Request, response: Response) => {
    const today = localDate(deps.clock());
    const versions = await criteriaRepository(db).list();
    const shown = inForceOn(today, versions);
    const body = {
      version: shown.version,
      ...shown.record,
      versions: versions.map((each) => ({
        version: each.version,
        state: stateOf(each, versions, today),
        ...(each.record.inForceFrom !== undefined && { inForceFrom: each.record.inForceFrom }),
        ...(each.record.plan !== undefined && { plan: each.record.plan }),
      })),
      measures: Object.fromEntries(measures),
    };
    const write = () => JSON.stringify(body);
    await answer(request, response, { mediaType: 'application/json', write });
  });

  router.get('/formula', async (request: Request, response: Response) => {
    const text = queryOf(request).get('formula') ?? '';
    await deps.indicators.freshen();
    const period = periodOf(localDate(deps.clock()), 'year');
    const preview = await previewFormula(text, period, db);
    const write = () => JSON.stringify({ period: period.id, ...preview });
    await answer(request, response, { mediaType: 'application/json', write });
  });

  router.get('/criteria/:version', async (request: Request, response: Response) => {
    const found = await getCriteria(versionOf(request), db);
    await answer(request, response, {
      mediaType: 'application/json',
      revision: String(found.revision),
      changedAt: found.changedAt,
      write: () => JSON.stringify(found.record),
    });
  });

  router.put('/criteria/:version', async (request: Request, response: Response) => {
    const actor = await requireActor(request, deps, 'criteria:write');
    const version = versionOf(request);
    const known: Criteria | undefined = await criteriaRepository(db).find(version);
    const revision = known ? revisionFromIfMatch(request) : 0;
    const saved = await saveCriteria(version, request.body, revision, actor, deps);
    response
      .status(known ? 200 : 201)
      .set('ETag', revisionTag(saved.revision))
      .json(saved.record);
  });

  return router;
}

function versionOf(request: Request): number {
  const written = String(request.params['version']);
  if (/^[1-9]\d{0,5}$/.test(written)) return Number(written);
  throw new CatalogError('malformed', 'parameter-malformed', {
    vi: `Phiên bản phải là một số như 2, không phải "${written.slice(0, 80)}".`,
    en: `The version must be a number such as 2, not "${written.slice(0, 80)}".`,
  });
}
