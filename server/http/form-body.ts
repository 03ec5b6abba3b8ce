import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { Refusal } from './refusal.ts';

const mostFields = 5000;

/** Reads a form of a page, for `formOf`. Other bodies are left to who wants them. */
export function formBody(limit = '2mb'): readonly RequestHandler[] {
  return [
    express.text({ limit, type: 'application/x-www-form-urlencoded', defaultCharset: 'utf-8' }),
    fewFields,
  ];
}

/** The fields of a form as they were sent, repeated names and all; none when the body was no form. */
export function formOf(request: Request): URLSearchParams {
  const body: unknown = request.body;
  return new URLSearchParams(typeof body === 'string' ? body : '');
}

function fewFields(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  if (typeof body !== 'string' || body.split('&', mostFields + 1).length <= mostFields) {
    next();
    return;
  }
  throw new Refusal(413, 'form-too-large', {
    vi: `Biểu mẫu có quá ${mostFields} ô; hãy gửi làm nhiều lần.`,
    en: `The form has more than ${mostFields} fields; send it in parts.`,
  });
}
