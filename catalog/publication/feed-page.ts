import type { NodeObject } from '../dcat/node-object.ts';
import type { Describer } from '../dcat/record-forms.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Syntax } from '../rdf/syntaxes.ts';
import { catalogVersion } from '../storage/catalog-version.ts';
import type { Queryable } from '../storage/database.ts';
import { catalogFrame } from './catalog-frame.ts';
import type { FoundPart } from './catalog-parts.ts';
import { entryNode, partNode } from './catalog-record.ts';
import { type FeedDocument, feedDocument, latest } from './feed-document.ts';
import { type FragmentHead, publishedRepository } from './published-repository.ts';
import type { Resource } from './resource-repository.ts';

export interface FeedPageRequest {
  readonly syntax: Syntax;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  /** The public address of page `n`, with every other parameter kept; `after` as in this request. */
  readonly pageURL: (page: number, after?: number) => string;
  /** In a filtered feed, the last position of the page before: what comes and goes behind it moves nothing. */
  readonly after?: number | undefined;
  /** The catalogue within the catalogue whose page it is. Absent: the whole one's. */
  readonly part?: FoundPart | undefined;
  /** Positions of what matches, in order, when the feed is filtered; absent for the whole catalogue. */
  readonly matching?: readonly number[] | undefined;
}

/**
 * One page of the catalogue.
 *
 * Pages of the whole catalogue are ranges of positions, so what is published or withdrawn while somebody walks them
 * moves nothing from one page to another; a page can have gaps, and the last one grows. Pages of a filtered feed are
 * linked by the position that the one before ended with, to the same effect.
 *
 * What a page holds is remembered until the catalogue changes; its bodies are read when it is written.
 *
 * @throws {CatalogError} `not-found` / `page-out-of-range` past the last page
 * @see Hydra Core, PartialCollectionView; both spellings, as ckanext-dcat, udata and piveau each look for another
 */
export async function feedPage(
  request: FeedPageRequest,
  describer: Describer,
  db: Queryable,
): Promise<FeedDocument> {
  const make = () => makeFeedPage(request, describer, db);
  if (request.matching) return make();
  const { syntax, page, pageSize, pageURL } = request;
  const pages = await pagesOfNow(db);
  const key = `${syntax} ${pageSize} ${pageURL(page)}`;
  const known = pages.get(key);
  if (known) return known;
  const made = await make();
  if (pages.size < mostPages) pages.set(key, made);
  return made;
}

/** Pages of the whole catalogue, by what was asked for, as long as it does not change. */
interface Remembered {
  readonly version: number;
  readonly pages: Map<string, FeedDocument>;
}

const rememberedPages = new WeakMap<Queryable, Remembered>();
const mostPages = 500;

async function pagesOfNow(db: Queryable): Promise<Map<string, FeedDocument>> {
  const version = await catalogVersion(db);
  const known = rememberedPages.get(db);
  if (known?.version === version) return known.pages;
  const pages = new Map<string, FeedDocument>();
  rememberedPages.set(db, { version, pages });
  return pages;
}

async function makeFeedPage(
  request: FeedPageRequest,
  describer: Describer,
  db: Queryable,
): Promise<FeedDocument> {
  const repository = publishedRepository(db);
  const { page, pageSize, matching, after } = request;
  const extent = await repository.extent();
  const length = matching?.length ?? extent.lastPosition;
  const lastPage = Math.max(1, Math.ceil(length / pageSize));
  if (page > lastPage && after === undefined) throw pageOutOfRange(page, lastPage);
  const from =
    after === undefined || !matching ? (page - 1) * pageSize : firstAfter(matching, after);
  const positions = matching?.slice(from, from + pageSize);
  const heads = positions
    ? await repository.headsAt(positions)
    : await repository.headsBetween(from, from + pageSize);
  const total = matching?.length ?? extent.live;
  const next = from + pageSize < length ? request.pageURL(page + 1, positions?.at(-1)) : undefined;
  const view = hydraView(request, next, lastPage, total);
  const surroundings = await catalogSurroundings(request, describer, extent.changedAt, db);
  const made = await feedDocument(
    request.syntax,
    {
      heads,
      before: [
        catalogView(surroundings.catalog, heads, request, describer),
        ...surroundings.nodes,
        ...(request.part
          ? []
          : heads.map((head) => entryNode(entryOf(head, describer), describer))),
      ],
      after: [view],
      resources: surroundings.resources,
    },
    describer,
    db,
  );
  // Every page tells when the catalogue changed; and what was withdrawn leaves no head to tell its time.
  return { ...made, changedAt: latest([made.changedAt, extent.changedAt]) };
}

/** What a page says beside its datasets: the catalogue itself, and on the first page what else is in it. */
async function catalogSurroundings(
  { part, page }: FeedPageRequest,
  describer: Describer,
  changedAt: string | undefined,
  db: Queryable,
): Promise<{
  readonly catalog: NodeObject;
  readonly nodes: readonly NodeObject[];
  readonly resources: readonly Resource[];
}> {
  if (part) {
    const catalog = partNode(part.part, describer, changedAt);
    return { catalog, nodes: part.legislation ? [part.legislation] : [], resources: [] };
  }
  const { catalog, nodes, resources } = await catalogFrame(describer, changedAt, db);
  return page === 1 ? { catalog, nodes, resources } : { catalog, nodes: [], resources: [] };
}

function catalogView(
  catalog: NodeObject,
  heads: readonly FragmentHead[],
  { pageURL, page, after, part }: FeedPageRequest,
  describer: Describer,
): NodeObject {
  const entries = heads.map((head) => entryOf(head, describer));
  return {
    ...catalog,
    '@type': ['dcat:Catalog', 'hydra:Collection'],
    ...(entries.length > 0 && { dataset: entries.map(({ dataset }) => dataset) }),
    ...(entries.length > 0 &&
      !part && { record: entries.map(({ datasetId }) => describer.iri.record(datasetId)) }),
    view: pageURL(page, after),
  };
}

function entryOf({ dataset_id, iri, changed_at }: FragmentHead, describer: Describer) {
  return {
    datasetId: dataset_id,
    dataset: iri ?? describer.iri.dataset(dataset_id),
    changedAt: changed_at,
  };
}

function firstAfter(positions: readonly number[], after: number): number {
  const index = positions.findIndex((position) => position > after);
  return index < 0 ? positions.length : index;
}

function hydraView(
  request: FeedPageRequest,
  next: string | undefined,
  lastPage: number,
  totalItems: number,
): NodeObject {
  const { page, pageURL, after } = request;
  const both = (name: string, target: string | undefined) =>
    target === undefined ? {} : { [name]: target, [`${name}Page`]: target };
  return {
    id: pageURL(page, after),
    '@type': ['hydra:PartialCollectionView', 'hydra:PagedCollection'],
    totalItems,
    itemsPerPage: request.pageSize,
    ...both('first', pageURL(1)),
    ...both('previous', page > 1 ? pageURL(page - 1) : undefined),
    ...both('next', next),
    ...both('last', pageURL(lastPage)),
  };
}

function pageOutOfRange(page: number, lastPage: number): CatalogError {
  return new CatalogError('not-found', 'page-out-of-range', {
    vi: `Không có trang ${page}; trang cuối là ${lastPage}.`,
    en: `There is no page ${page}; the last one is ${lastPage}.`,
  });
}
