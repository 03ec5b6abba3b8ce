import { type ReuseType, reuseTypes } from '../../catalog/model/reuse.ts';
import {
  type ReuseFilter,
  type ReuseOrder,
  reuseOrders,
} from '../../catalog/reuse/reuse-repository.ts';
import { choice } from '../http/read-parameters.ts';

/** Which reuses are asked for, and in which order: the same words on the page, in its table and in the API. */
export interface AskedReuses {
  readonly filter: Omit<ReuseFilter, 'states'>;
  readonly order: ReuseOrder;
}

/** @throws {CatalogError} `malformed` / `parameter-malformed`, naming the words that there are */
export function readReuseFilter(query: URLSearchParams): AskedReuses {
  return {
    filter: {
      type: choice<ReuseType>(query, 'type', reuseTypes),
      theme: query.get('theme') || undefined,
      agency: query.get('agency') || undefined,
      dataset: query.get('dataset') || undefined,
    },
    order: choice(query, 'sort', reuseOrders) ?? 'newest',
  };
}
