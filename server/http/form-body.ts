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
    plainFields,
  ];
}

/** The fields of a form as they were sent, repeated names and all; none when the body was no form. */
export function formOf(request: Request): URLSearchParams {
  const body: unknown = request.body;
  return new URLSearchParams(typeof body === 'string' ? body : '');
}

/** Refuses what no page of ours sends: fields without end, and NUL characters, which PostgreSQL cannot even be asked. */
function plainFields(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  if (typeof body !== 'string') {
    next();
    return;
  }
  if (body.split('&', mostFields + 1).length > mostFields) {
    throw new Refusal(413, 'form-too-large', {
      vi: `Biểu mẫu có quá ${mostFields} ô; hãy gửi làm nhiều lần.`,
      en: `The form has more than ${mostFields} fields; send it in parts.`,
    });
  }
  if (/%00|\0/.test(body)) {
    throw new Refusal(400, 'form-malformed', {
      vi: 'Biểu mẫu chứa ký tự rỗng; hãy bỏ đi.',
      en: 'The form holds a NUL character; remove it.',
    });
  }
  next();
}
