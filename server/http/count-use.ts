import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock } from '../../catalog/kernel/clock.ts';
import type { Caller, Outcome, UsageEvent } from '../../catalog/usage/usage-event.ts';
import type { UsageRecorder } from '../../catalog/usage/usage-recorder.ts';
import { sessionKeyOf } from './session-cookie.ts';

/** What a request is a use of. */
export type Use = Pick<UsageEvent, 'kind'> &
  Partial<Pick<UsageEvent, 'datasetId' | 'distributionId'>>;

/** Notes a use once the request was answered, if it was answered with something. */
export type CountUse = (request: IncomingMessage, response: ServerResponse, use: Use) => void;

export interface CountUseDeps {
  readonly usage: UsageRecorder;
  readonly clock: Clock;
  readonly baseURL: string;
  /** How many proxies in front are believed. */
  readonly trustProxy: number;
}

/** Counting is by the moment of the request, and by how it ended: only then it is known whether anything was sent. */
export function createUseCounter({ usage, clock, baseURL, trustProxy }: CountUseDeps): CountUse {
  return (request, response, { kind, datasetId = '', distributionId = '' }) => {
    const at = clock();
    const caller: Caller = {
      address: addressOf(request, trustProxy),
      agent: request.headers['user-agent'] ?? '',
      session: sessionKeyOf(request, baseURL),
      authorization: request.headers.authorization,
    };
    response.once('close', () => {
      const outcome = outcomeOf(request, response);
      if (!outcome) return;
      usage.record({ at, kind, datasetId, distributionId, outcome }, caller);
    });
  };
}

/** How a request ended. Absent: with a refusal, or with a hint to another page. */
function outcomeOf(request: IncomingMessage, response: ServerResponse): Outcome | undefined {
  const { statusCode } = response;
  if (statusCode !== 200 && statusCode !== 206 && statusCode !== 302 && statusCode !== 304) {
    return undefined;
  }
  if (request.method === 'HEAD') return 'head';
  if (statusCode === 304) return 'not-modified';
  const range = String(response.getHeader('Content-Range') ?? '');
  if (statusCode === 206 && /^bytes [1-9]/.test(range)) return 'continuation';
  if (!response.writableFinished) return 'aborted';
  if (statusCode === 302) return 'redirected';
  return statusCode === 206 ? 'partial' : 'complete';
}

/** Who asks: the last of the proxies that are believed says so in X-Forwarded-For. */
export function addressOf({ socket, headers }: IncomingMessage, trustProxy: number): string {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const chain = forwarded.map((address) => address.trim()).filter((address) => address !== '');
  const all = [socket.remoteAddress ?? '', ...chain.reverse()];
  return all[Math.min(trustProxy, all.length - 1)] ?? '';
}

const syntaxSuffix = /\.(jsonld|ttl|nt|rdf|xml)$/;
const feeds =
  /^\/(catalog(\.\w+|\/all\.\w+)?|agency\/[^/]+\/catalog\.\w+|data\.json|oai|feed|feed\.atom)$/;
const resource = /^\/(dataset|agency|series|service)\/([^/]+)$/;
const rdf = /turtle|n-triples|ld\+json|rdf\+xml/;

/** Counts fetches of feeds before any routing, because most are answered from memory. */
export function countFeeds(count: CountUse, next: RequestListener): RequestListener {
  return (request, response) => {
    const use = feedUse(request);
    if (use) count(request, response, use);
    next(request, response);
  };
}

function feedUse({ method, url = '', headers }: IncomingMessage): Use | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const [path = ''] = url.split('?', 1);
  if (feeds.test(path)) return { kind: 'feed' };
  const [, type, name = ''] = resource.exec(path) ?? [];
  if (type === undefined) return undefined;
  const accept = headers.accept ?? '';
  const isData = syntaxSuffix.test(name) || (rdf.test(accept) && !accept.includes('text/html'));
  if (!isData) return undefined;
  const datasetId = type === 'dataset' ? decode(name.replace(syntaxSuffix, '')) : '';
  return { kind: 'feed', datasetId };
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}
