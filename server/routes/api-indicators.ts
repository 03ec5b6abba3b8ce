import { type Request, type Response, Router } from 'express';
import { criterionNotFound } from '../../catalog/criteria/get-criteria.ts';
import { getEvidence } from '../../catalog/criteria/get-evidence.ts';
import { getIndicators } from '../../catalog/criteria/indicators.ts';
import type { IndicatorKeeper } from '../../catalog/criteria/keep-indicators.ts';
import { measures } from '../../catalog/criteria/measures/registry.ts';
import { getRanking } from '../../catalog/criteria/rank-agencies.ts';
import { localDate } from '../../catalog/kernel/clock.ts';
import { type Cell, toCsv } from '../../catalog/kernel/csv.ts';
import type { UsageRecorder } from '../../catalog/usage/usage-recorder.ts';
import { answer } from '../http/answer.ts';
import type { AuthenticateDeps } from '../http/authenticate.ts';
import { queryOf } from '../http/read-parameters.ts';
import { readIndicatorQuery } from './indicator-query.ts';

export interface IndicatorRouteDeps extends AuthenticateDeps {
  readonly usage: UsageRecorder;
  readonly indicators: IndicatorKeeper;
}

/** `/api/v1/indicators`, `/evidence` and `/rankings`: how the plan is doing, and the records behind it. JSON and CSV. */
export function apiIndicatorRoutes(deps: IndicatorRouteDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const today = () => localDate(deps.clock());

  router.get('/indicators{/:agency}', async (request: Request, response: Response) => {
    const agency = request.params['agency'];
    await refresh();
    const asked = await readIndicatorQuery(
      request,
      agency === undefined ? undefined : String(agency),
      today(),
      db,
    );
    const found = await getIndicators(asked.scope, asked.period, today(), db);
    const criterion = queryOf(request).get('criterion') || undefined;
    const items = found.items.filter(({ code }) => criterion === undefined || code === criterion);
    if (items.length === 0) throw criterionNotFound(criterion ?? '');
    await send(request, response, {
      json: { ...asked.named, ...found, items },
      csv: [
        [
          'period',
          'scope',
          'criterion',
          'name_vi',
          'name_en',
          'unit',
          'value',
          'target',
          'version',
        ],
        ...items.flatMap(({ code, name, unit, target, trend }) =>
          trend.map(({ period, value, version }) => [
            period,
            found.scope,
            code,
            name.vi,
            name.en,
            unit,
            value,
            period === found.period ? target : undefined,
            version,
          ]),
        ),
      ],
    });
  });

  router.get('/evidence', async (request: Request, response: Response) => {
    const measure = queryOf(request).get('measure') ?? '';
    await refresh();
    const asked = await readIndicatorQuery(request, undefined, today(), db);
    const items = await getEvidence(measure, asked.scope, asked.period, db);
    const title = measures.get(measure);
    await send(request, response, {
      json: { measure, title, ...asked.named, period: asked.period.id, items },
      csv: [
        ['period', 'measure', 'kind', 'id', 'agency', 'amount'],
        ...items.map(({ kind, id, agency, amount }) => [
          asked.period.id,
          measure,
          kind,
          id,
          agency,
          amount,
        ]),
      ],
    });
  });

  router.get('/rankings', async (request: Request, response: Response) => {
    const criterion = queryOf(request).get('criterion') || undefined;
    await refresh();
    const { period } = await readIndicatorQuery(request, undefined, today(), db);
    const ranking = await getRanking(criterion, period, today(), db);
    await send(request, response, {
      json: ranking,
      csv: [
        ['period', 'criterion', 'group', 'rank', 'agency', 'value', 'datasets'],
        ...ranking.groups.flatMap(({ code, agencies }) =>
          agencies.map(({ rank, agency, value, size }) => [
            period.id,
            criterion ?? 'attainment',
            code,
            rank,
            agency,
            value,
            size,
          ]),
        ),
      ],
    });
  });

  return router;

  async function refresh(): Promise<void> {
    await deps.usage.flush();
    await deps.indicators.freshen();
  }
}

/** An answer in both forms; the client picks. */
async function send(
  request: Request,
  response: Response,
  { json, csv }: { readonly json: unknown; readonly csv: readonly (readonly Cell[])[] },
): Promise<void> {
  const isCsv =
    queryOf(request).get('format') === 'csv' ||
    request.accepts(['application/json', 'text/csv']) === 'text/csv';
  await answer(
    request,
    response,
    isCsv
      ? { mediaType: 'text/csv', write: () => toCsv(csv) }
      : { mediaType: 'application/json', write: () => JSON.stringify(json) },
  );
}
