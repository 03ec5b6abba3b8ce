import { stringify } from 'csv-stringify/sync';
import { type Request, type Response, Router } from 'express';
import type { Describer } from '../../catalog/dcat/record-forms.ts';
import { isDate } from '../../catalog/kernel/formats.ts';
import { getRoadmap } from '../../catalog/plan/roadmap.ts';
import { inputSyntaxOfMediaType } from '../../catalog/rdf/parse.ts';
import { getMetrics, metricRows } from '../../catalog/usage/metrics.ts';
import type { UsageRecorder } from '../../catalog/usage/usage-recorder.ts';
import { answer } from '../http/answer.ts';
import type { AuthenticateDeps } from '../http/authenticate.ts';
import { type RateLimit, rateLimit } from '../http/rate-limit.ts';
import { queryOf } from '../http/read-parameters.ts';
import { malformedParameter } from './malformed-parameter.ts';
import { openApiDocument } from './openapi/openapi-document.ts';
import { yearOf } from './roadmap.ts';
import { validateGraph, validateRecord } from './validate.ts';

export interface ApiDeps extends AuthenticateDeps {
  readonly usage: UsageRecorder;
  readonly describer: Describer;
}

/** Holding a graph against the shapes may take a second, and asks nothing of the sender. */
export const validationLimit: RateLimit = { name: 'validate', most: 600, windowSeconds: 60 };

/** `/api/v1` beside the datasets: validation, roadmap, metrics, and the description of it all. */
export function apiRoutes(deps: ApiDeps): Router {
  const router = Router();
  const openApi = JSON.stringify(openApiDocument(deps.baseURL));

  router.get('/openapi.json', async (request: Request, response: Response) => {
    await answer(request, response, { mediaType: 'application/json', write: () => openApi });
  });

  const brake = rateLimit(validationLimit, deps.clock);
  router.post('/validate', brake, async (request: Request, response: Response) => {
    const syntax = inputSyntaxOfMediaType(request.get('Content-Type') ?? '');
    const report = syntax
      ? await validateGraph(request, syntax, deps.describer)
      : validateRecord(request.body, deps.describer);
    response.set('Cache-Control', 'no-store').json(report);
  });

  router.get('/roadmap', async (request: Request, response: Response) => {
    const roadmap = await getRoadmap(yearOf(request), deps.database.read, deps.clock);
    await answer(request, response, json(roadmap));
  });

  router.get('/metrics', async (request: Request, response: Response) => {
    const query = queryOf(request);
    const filter = {
      dataset: query.get('dataset') || undefined,
      agency: query.get('agency') || undefined,
      theme: query.get('theme') || undefined,
      from: dayOf(query, 'from'),
      to: dayOf(query, 'to'),
    };
    const by = periodOf(query);
    // What was counted a moment ago is part of the answer.
    await deps.usage.flush();
    const metrics = await getMetrics(filter, by, deps.database.read);
    if (
      query.get('format') === 'csv' ||
      request.accepts(['application/json', 'text/csv']) === 'text/csv'
    ) {
      const write = () => stringify(metricRows(metrics, by).map((row) => [...row]));
      await answer(request, response, { mediaType: 'text/csv', write });
      return;
    }
    await answer(request, response, json({ ...definedOf(filter), by, ...metrics }));
  });

  return router;
}

function json(value: unknown) {
  return { mediaType: 'application/json', write: () => JSON.stringify(value) };
}

function definedOf(filter: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** @throws {CatalogError} `malformed` / `parameter-malformed` */
function dayOf(query: URLSearchParams, name: string): string | undefined {
  const written = query.get(name);
  if (written === null || written === '') return undefined;
  if (isDate(written)) return written;
  throw malformedParameter(name, written, 'ngày như 2026-11-23', 'a date such as 2026-11-23');
}

function periodOf(query: URLSearchParams): 'day' | 'month' {
  const written = query.get('by') || 'day';
  if (written === 'day' || written === 'month') return written;
  throw malformedParameter('by', written, 'day hoặc month', 'day or month');
}
