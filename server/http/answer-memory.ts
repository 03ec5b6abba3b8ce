import type {
  IncomingMessage,
  OutgoingHttpHeaders,
  RequestListener,
  ServerResponse,
} from 'node:http';
import { isFresh } from './conditional.ts';

/** What is sent again for as long as the catalogue does not change. */
interface Kept {
  readonly version: number;
  readonly etag: string;
  readonly changedAt: string | undefined;
  /** Of an answer with 200, and of one with 304. */
  readonly headers: OutgoingHttpHeaders;
  readonly notModified: OutgoingHttpHeaders;
  /** Absent: so far it was only answered with 304, or to HEAD. */
  readonly body: Buffer | undefined;
}

/** Which memory a request was looked up in, and what it would be kept under. */
interface Asked {
  readonly version: number;
  keep(kept: Kept): void;
}

const asked = new WeakMap<IncomingMessage, Asked>();
const mostKept = 5000;
const mostBytes = 64 * 1024 * 1024;

/**
 * Answers from memory, before any routing, what was answered before and follows from the catalogue alone: harvesters ask
 * for the same pages again and again, mostly to hear that nothing is new.
 *
 * A handler that answers something of the kind says so with `keepAnswer`. The version is asked for before the handler
 * reads anything, so what is kept is never older than the version it is kept under.
 *
 * @param version the catalogue's version at the moment of asking
 */
export function answerFromMemory(
  version: () => number | Promise<number>,
  next: RequestListener,
): RequestListener {
  const memory = new Map<string, Kept>();
  let bytes = 0;

  const forget = (key: string) => {
    bytes -= memory.get(key)?.body?.length ?? 0;
    memory.delete(key);
  };
  const keep = (key: string, kept: Kept) => {
    forget(key);
    memory.set(key, kept);
    bytes += kept.body?.length ?? 0;
    for (const oldest of memory.keys()) {
      if (memory.size <= mostKept && bytes <= mostBytes) break;
      forget(oldest);
    }
  };
  const respond = (request: IncomingMessage, response: ServerResponse, current: number) => {
    const key = keyOf(request);
    const kept = memory.get(key);
    if (kept?.version === current && send(request, response, kept)) return;
    asked.set(request, { version: current, keep: (made) => keep(key, made) });
    next(request, response);
  };

  return (request, response) => {
    if (!isShared(request)) {
      next(request, response);
      return;
    }
    const current = version();
    if (typeof current === 'number') {
      respond(request, response, current);
      return;
    }
    current.then(
      (found) => respond(request, response, found),
      // The database is away: what comes next says so in its own words.
      () => next(request, response),
    );
  };
}

/** Keeps the answer that is about to be sent, whose headers are set. It follows from the catalogue alone. */
export function keepAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { etag, changedAt, body }: Pick<Kept, 'etag' | 'changedAt' | 'body'>,
): void {
  const place = asked.get(request);
  if (!place) return;
  const { 'x-request-id': _own, ...headers } = response.getHeaders();
  const { 'content-length': _length, 'content-encoding': _encoding, ...notModified } = headers;
  place.keep({ version: place.version, etag, changedAt, headers, notModified, body });
}

/** Whether everybody gets the same answer. */
function isShared({ method, headers }: IncomingMessage): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    headers.authorization === undefined &&
    headers.cookie === undefined
  );
}

function keyOf({ url, headers }: IncomingMessage): string {
  return `${url}\n${headers.accept ?? ''}\n${headers['accept-encoding'] ?? ''}`;
}

/** Whether it could be sent. */
function send(request: IncomingMessage, response: ServerResponse, kept: Kept): boolean {
  if (isFresh(request, kept.etag, kept.changedAt)) {
    response.writeHead(304, kept.notModified).end();
    return true;
  }
  if (kept.body === undefined) return false;
  response.writeHead(200, kept.headers).end(request.method === 'HEAD' ? undefined : kept.body);
  return true;
}
