import express, { type NextFunction, type Request, type Response, Router } from 'express';
import {
  type CkanCatalog,
  findAction,
  isWriting,
} from '../../catalog/exchange/ckan-action/actions/index.ts';
import { isCallbackName, readActionParameters } from '../http/action-request.ts';
import { answer } from '../http/answer.ts';
import type { CountUse } from '../http/count-use.ts';
import { queryOf } from '../http/read-parameters.ts';
import type { Logger } from '../log.ts';
import { ckanError } from './ckan-error.ts';

export interface CkanActionDeps {
  readonly countUse: CountUse;
  readonly baseURL: string;
  readonly log: Logger;
}

const json = 'application/json;charset=utf-8';
const script = 'application/javascript;charset=utf-8';
const addresses = ['/api/action/:name', '/api/:version/action/:name'];
/** `v1` is ours; CKAN answers its versions 1 to 3 alike. */
const versions = /^[123]$/;

/** CKAN's action API: the same functions at `/api/action` and `/api/3/action`, by GET and POST. INTEROP 1.3. */
export function ckanActionRoutes(catalog: CkanCatalog, deps: CkanActionDeps): Router {
  const router = Router();

  for (const path of ['/api', '/api/:version']) {
    router.get(path, async (request: Request, response: Response, next: NextFunction) => {
      const version = String(request.params['version'] ?? '3');
      if (!versions.test(version)) next();
      else await send(request, response, { version: Number(version) });
    });
  }

  router.get(
    ['/api/util/status', '/api/:version/util/status'],
    async (request: Request, response: Response, next: NextFunction) => {
      if (!versions.test(String(request.params['version'] ?? '3'))) next();
      else await send(request, response, await findAction('status_show')?.run({}, catalog));
    },
  );

  router.get(addresses, (request: Request, response: Response, next: NextFunction) =>
    act(request, response, next, ''),
  );
  router.post(
    addresses,
    skipBodyOfWriting,
    express.text({ type: () => true, limit: '1mb' }),
    (request: Request, response: Response, next: NextFunction) =>
      act(request, response, next, typeof request.body === 'string' ? request.body : ''),
  );
  router.post(addresses, (request: Request, response: Response, next: NextFunction) =>
    act(request, response, next, ''),
  );

  return router;

  async function act(request: Request, response: Response, next: NextFunction, body: string) {
    if (!versions.test(String(request.params['version'] ?? '3'))) {
      next();
      return;
    }
    const name = String(request.params['name']);
    const action = findAction(name);
    if (!action) {
      await refuse(request, response, `Action name not known: ${name.slice(0, 200)}`);
      return;
    }
    const read = isWriting(name) ? { parameters: {} } : readActionParameters(request, body);
    if ('unreadable' in read) {
      await refuse(request, response, read.unreadable);
      return;
    }
    const help = `${deps.baseURL}/api/3/action/help_show?name=${name}`;
    let datasetId = '';
    const onRead = (id: string) => {
      datasetId = id;
    };
    try {
      const result = await action.run(read.parameters, { ...catalog, onRead });
      // Rows of a file, read without fetching it, are a preview of it.
      const kind = name.startsWith('datastore_search') ? 'preview' : 'api';
      deps.countUse(request, response, { kind, datasetId });
      await send(request, response, { help, success: true, result });
    } catch (error) {
      const { status, body: said } = ckanError(error);
      if (status >= 500) {
        deps.log.error({ event: 'request.failed', err: error, path: request.path });
      }
      response.status(status);
      await send(request, response, { help, success: false, error: said });
    }
  }
}

/** A bare text, as CKAN says what is wrong with a request that reaches no action. */
async function refuse(request: Request, response: Response, why: string): Promise<void> {
  response.status(400);
  await send(request, response, `Bad request - ${why}`);
}

/** Answers with JSON, or with a script that hands it to the function of the client's choice: GET only, as in CKAN. */
async function send(request: Request, response: Response, value: unknown): Promise<void> {
  const callback = request.method === 'POST' ? null : queryOf(request).get('callback');
  const isWrapped = callback !== null && callback !== '';
  if (isWrapped && !isCallbackName(callback)) {
    response.status(400);
    const refusal = JSON.stringify('Bad request - callback must be the name of a function');
    await answer(request, response, { mediaType: json, ...volatile(400), write: () => refusal });
    return;
  }
  const text = JSON.stringify(value);
  const mediaType = isWrapped ? script : json;
  const write = () => (isWrapped ? `/**/${callback}(${escapeSeparators(text)});` : text);
  await answer(request, response, { mediaType, ...volatile(response.statusCode), write });
}

/** What failed is not kept by anybody. */
function volatile(status: number): { readonly cacheControl?: string } {
  return status === 200 ? {} : { cacheControl: 'no-store' };
}

/** U+2028 and U+2029 may stand in JSON, and in scripts of old they ended a line. */
function escapeSeparators(text: string): string {
  return text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** An upload to an action that would write is refused before it is read. */
function skipBodyOfWriting(request: Request, _response: Response, next: NextFunction): void {
  if (isWriting(String(request.params['name']))) next('route');
  else next();
}
