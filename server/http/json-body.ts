import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { Refusal } from './refusal.ts';

const jsonTypes = ['application/json', 'application/merge-patch+json'];
const deepest = 64;

/** Reads a JSON body of a request, except that of an uploaded file, which may be JSON too and is kept as it is. */
export function jsonBody(): readonly RequestHandler[] {
  const parse = express.json({ limit: '10mb', type: jsonTypes, strict: false });
  return [
    (request, response, next) => {
      if (request.path.endsWith('/file')) next();
      else parse(request, response, next);
    },
    shallowBody,
  ];
}

/** Refuses what is nested deeper than any record, before anything walks down and finds no end. */
function shallowBody(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) {
      throw new Refusal(400, 'body-too-deep', {
        vi: `JSON lồng nhau quá ${deepest} tầng; hãy kiểm tra lại.`,
        en: `The JSON is nested more than ${deepest} levels deep; check it.`,
      });
    }
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  next();
}

/** Why something is done, from `{ "reason": "…" }`. Absent: the body does not say. */
export function reasonOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('reason' in body)) return undefined;
  return typeof body.reason === 'string' ? body.reason : undefined;
}
