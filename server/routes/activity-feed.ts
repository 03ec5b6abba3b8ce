import { type Request, type Response, Router } from 'express';
import type { Describer } from '../../catalog/dcat/record-forms.ts';
import {
  type FeedNode,
  type FeedSyntax,
  writeFeed,
} from '../../catalog/exchange/activity-streams/write-feed.ts';
import type { Clock } from '../../catalog/kernel/clock.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { activityRepository } from '../../catalog/publication/activity-repository.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { answer } from '../http/answer.ts';
import { queryOf, wholeNumber } from '../http/read-parameters.ts';
import { notAcceptable, Refusal } from '../http/refusal.ts';

export interface ActivityFeedDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly describer: Describer;
  readonly clock: Clock;
}

const pageSize = 100;
/** Nothing is written under an older moment than this; only then does a full page stay as it is. */
const settledMs = 10 * 60_000;

const mediaTypes: Readonly<Record<FeedSyntax, string>> = {
  jsonld: 'application/ld+json',
  trig: 'application/trig',
  ttl: 'text/turtle',
};
const suffixes: ReadonlyMap<string, FeedSyntax> = new Map([
  ['jsonld', 'jsonld'],
  ['json', 'jsonld'],
  ['trig', 'trig'],
  ['ttl', 'ttl'],
]);

/**
 * `/feed`: what was published, revised and withdrawn, the oldest first, as a DCAT-AP Feed. A harvester reads the root,
 * follows the pages once, and afterwards only reads the last one again.
 */
export function activityFeedRoutes(deps: ActivityFeedDeps): Router {
  const router = Router();
  const repository = activityRepository(deps.database.read);

  router.get('/feed', async (request: Request, response: Response) => {
    await send(request, response, wantedSyntax(request));
  });
  router.get('/feed.:suffix', async (request: Request, response: Response) => {
    await send(request, response, syntaxFrom(request));
  });
  return router;

  async function send(request: Request, response: Response, syntax: FeedSyntax): Promise<void> {
    const range = { from: 1, to: 10_000_000, otherwise: 0 };
    const number = wholeNumber(queryOf(request), 'page', range);
    const root = `${deps.baseURL}${request.path}`;
    const node = number === 0 ? rootNode(root) : await pageNode(root, number);
    const isSettled = node.next?.from !== undefined && isOld(node.next.from);
    await answer(request, response, {
      mediaType: mediaTypes[syntax],
      ...(isSettled && { cacheControl: 'public, max-age=31536000, immutable' }),
      write: () => writeFeed(node, syntax, deps.describer),
    });
  }

  function rootNode(root: string): FeedNode {
    return { url: root, root, members: [], next: { url: `${root}?page=1` } };
  }

  /** A full page always leads on, if to an empty one: so it need never be written again. */
  async function pageNode(root: string, number: number): Promise<FeedNode> {
    const members = await repository.list((number - 1) * pageSize, pageSize);
    if (members.length === 0 && number > 1) await assertExists(number);
    const from = members.length === pageSize ? members.at(-1)?.publishedAt : undefined;
    return {
      url: `${root}?page=${number}`,
      root,
      members,
      next: from === undefined ? undefined : { url: `${root}?page=${number + 1}`, from },
    };
  }

  async function assertExists(number: number): Promise<void> {
    const lastPage = Math.floor((await repository.count()) / pageSize) + 1;
    if (number <= lastPage) return;
    throw new CatalogError('not-found', 'page-out-of-range', {
      vi: `Không có trang ${number}; trang cuối là ${lastPage}.`,
      en: `There is no page ${number}; the last one is ${lastPage}.`,
    });
  }

  function isOld(instant: string): boolean {
    return Date.parse(deps.clock()) - Date.parse(instant) > settledMs;
  }
}

/** @throws {Refusal} 406 */
function wantedSyntax(request: Request): FeedSyntax {
  const types = ['application/ld+json', 'text/turtle', 'application/trig'];
  const wanted = request.accepts([...types, 'application/json', 'text/html']);
  if (wanted === false) throw notAcceptable(request.get('Accept'), types);
  if (wanted === 'text/turtle') return 'ttl';
  return wanted === 'application/trig' ? 'trig' : 'jsonld';
}

/** @throws {Refusal} 404 for a suffix we do not write, naming those we do */
function syntaxFrom(request: Request): FeedSyntax {
  const suffix = String(request.params['suffix']);
  const syntax = suffixes.get(suffix);
  if (syntax) return syntax;
  const known = [...suffixes.keys()].join(', ');
  throw new Refusal(404, 'suffix-unknown', {
    vi: `Không có dạng ".${suffix}"; có: ${known}.`,
    en: `There is no ".${suffix}"; there are: ${known}.`,
  });
}
