import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { CatalogError, type CatalogErrorKind, type Finding } from '../../catalog/kernel/errors.ts';
import type { Message } from '../../catalog/kernel/lang-text.ts';
import type { Logger } from '../log.ts';
import { languageOf } from './language.ts';
import { Refusal } from './refusal.ts';

/** An error as the client sees it. RFC 9457 §3.1, with `errors` as an extension member (§3.2). */
export interface Problem {
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly Finding[];
}

export interface ProblemDeps {
  readonly baseURL: string;
  readonly log: Logger;
  /** Shows a problem as a page. */
  renderProblem(problem: Problem, request: Request): Promise<string>;
}

const statusOf: Readonly<Record<CatalogErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  stale: 412,
  invalid: 422,
  throttled: 429,
  unavailable: 503,
};

const titles: Readonly<Record<number, Message>> = {
  400: { vi: 'Yêu cầu không đọc được', en: 'The request cannot be read' },
  401: { vi: 'Cần đăng nhập hoặc mã truy cập', en: 'A sign-in or token is needed' },
  403: { vi: 'Không được phép', en: 'Not permitted' },
  404: { vi: 'Không tìm thấy', en: 'Not found' },
  405: { vi: 'Không làm được cách này', en: 'Method not allowed' },
  406: { vi: 'Không có dạng được yêu cầu', en: 'Not available in that form' },
  409: { vi: 'Xung đột với trạng thái hiện có', en: 'Conflicts with what there is' },
  410: { vi: 'Đã rút khỏi danh mục', en: 'Withdrawn from the catalogue' },
  412: { vi: 'Đã có người sửa trước', en: 'Somebody else was faster' },
  413: { vi: 'Nội dung quá lớn', en: 'Too large' },
  415: { vi: 'Loại nội dung không được nhận', en: 'Media type not accepted' },
  422: { vi: 'Dữ liệu chưa đúng', en: 'The data are not right' },
  428: { vi: 'Thiếu If-Match', en: 'If-Match is missing' },
  429: { vi: 'Quá nhiều lần thử', en: 'Too many attempts' },
  500: { vi: 'Lỗi của máy chủ', en: 'Server error' },
  503: { vi: 'Tạm thời không phục vụ được', en: 'Not available at the moment' },
};

/** Turns any thrown value into a problem. What an unexpected error says stays in the log. */
export function toProblem(error: unknown, request: Request, baseURL: string): Problem {
  const language = languageOf(request);
  const describe = (status: number, code: string | undefined, detail?: Message): Problem => ({
    type: code === undefined ? 'about:blank' : `${baseURL}/problem/${code}`,
    status,
    title: titles[status]?.[language] ?? STATUS_CODES[status] ?? 'Error',
    ...(detail && { detail: detail[language] }),
    instance: request.originalUrl,
  });
  if (error instanceof CatalogError) {
    return {
      ...describe(statusOf[error.kind], error.code, error.detail),
      ...(error.findings.length > 0 && { errors: error.findings }),
    };
  }
  if (error instanceof Refusal) return describe(error.status, error.code, error.detail);
  const status = clientErrorStatus(error);
  if (status === 400) return describe(400, 'body-malformed', bodyMalformed(error));
  if (status === 413) return describe(413, 'body-too-large', bodyTooLarge(error));
  return describe(status ?? 500, undefined);
}

/** Express refuses some requests before we see them: broken JSON (400), too large (413), a bad %-escape (400). */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function bodyMalformed(error: unknown): Message {
  const said = error instanceof Error ? error.message : '';
  return {
    vi: `Nội dung hoặc địa chỉ gửi lên sai cú pháp (${said}); hãy kiểm tra lại JSON.`,
    en: `The body or the address is malformed (${said}); check the JSON.`,
  };
}

/** The limit is the reader's own: `limit` of what body-parser throws, in bytes. */
function bodyTooLarge(error: unknown): Message {
  const limit = error instanceof Error && 'limit' in error ? Number(error.limit) : Number.NaN;
  const most = Number.isNaN(limit) ? '' : ` ${Math.floor(limit / 1024 ** 2)} MB`;
  return {
    vi: `Nội dung gửi lên quá lớn, nhiều nhất${most}; tệp dữ liệu thì gửi bằng PUT …/file.`,
    en: `What was sent is too large, at most${most}; send data files with PUT …/file.`,
  };
}

/** The last middleware: the only place where an error is answered, and the only place where it is logged. */
export function problemHandler(deps: ProblemDeps): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next) => {
    const problem = toProblem(error, request, deps.baseURL);
    if (problem.status >= 500) {
      deps.log.error({ event: 'request.failed', err: error, path: request.path });
    }
    if (response.headersSent) {
      next(error);
      return;
    }
    for (const header of ['ETag', 'Last-Modified', 'Content-Disposition', 'Content-Encoding']) {
      response.removeHeader(header);
    }
    if (error instanceof Refusal) response.set(error.headers);
    if (error instanceof CatalogError && error.retryAfter !== undefined) {
      response.set('Retry-After', String(error.retryAfter));
    }
    if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer realm="khue"');
    response.status(problem.status).set('Cache-Control', 'no-store').vary('Accept');
    if (
      request.accepts(['application/problem+json', 'application/json', 'text/html']) === 'text/html'
    ) {
      deps
        .renderProblem(problem, request)
        .then((html) => response.type('html').send(html))
        .catch(next);
      return;
    }
    response
      .set('Content-Type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem));
  };
}
