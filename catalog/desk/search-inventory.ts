import { type Actor, agenciesOf } from '../access/actor.ts';
import type { DatasetState } from '../model/dataset.ts';
import type { Queryable } from '../storage/database.ts';
import type { InventoryLine } from './inventory-line.ts';
import {
  inventoryLineRepository,
  type LineFilter,
  type LineOrder,
} from './inventory-line-repository.ts';

/** What is asked of the inventory; an agency narrows within those that the actor works for. */
export interface InventoryQuery extends Omit<LineFilter, 'agencies'> {
  readonly publisher?: string | undefined;
}

export interface InventoryPage {
  readonly lines: readonly (InventoryLine & { readonly quality?: number })[];
  /** How many there are in each state, whichever state is asked for. */
  readonly counts: ReadonlyMap<DatasetState, number>;
  /** How many are found. */
  readonly total: number;
}

/** The filter of a query, held to the agencies that the actor works for. */
export function filterFor({ publisher, ...filter }: InventoryQuery, actor: Actor): LineFilter {
  const own = agenciesOf(actor);
  if (publisher === undefined) return own === 'all' ? filter : { ...filter, agencies: own };
  const isOwn = own === 'all' || own.includes(publisher);
  return { ...filter, agencies: isOwn ? [publisher] : [] };
}

/** A page of the inventory's table, with what the tabs above it count. */
export async function searchInventory(
  query: InventoryQuery,
  order: LineOrder,
  place: { readonly limit: number; readonly offset: number },
  actor: Actor,
  db: Queryable,
): Promise<InventoryPage> {
  const repository = inventoryLineRepository(db);
  const filter = filterFor(query, actor);
  const [lines, counts] = await Promise.all([
    repository.list(filter, order, place),
    repository.countByState({ ...filter, state: undefined }),
  ]);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return { lines, counts, total: query.state === undefined ? all : (counts.get(query.state) ?? 0) };
}
