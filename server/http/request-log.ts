import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { Logger } from '../log.ts';

/** Logs each request once, when it is answered: no address, no query, no agent string. */
export function logRequests(log: Logger, next: RequestListener): RequestListener {
  if (!log.isLevelEnabled('info')) return next;
  return (request, response) => {
    const began = performance.now();
    const requestId = randomUUID();
    response.setHeader('X-Request-Id', requestId);
    const path = request.url?.split('?', 1)[0];
    response.once('close', () => {
      log.info({
        event: response.writableFinished ? 'request.answered' : 'request.aborted',
        requestId,
        method: request.method,
        path,
        status: response.statusCode,
        durationMs: Math.round((performance.now() - began) * 10) / 10,
      });
    });
    next(request, response);
  };
}
