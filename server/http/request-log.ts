import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from '../log.ts';

/** Logs each request once, when it is answered: no address, no query, no agent string. */
export function requestLog(log: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!log.isLevelEnabled('info')) {
      next();
      return;
    }
    const began = performance.now();
    const requestId = randomUUID();
    response.set('X-Request-Id', requestId);
    const path = request.path;
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
    next();
  };
}
