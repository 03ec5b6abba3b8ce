import { operator } from '../../catalog/access/actor.ts';
import { harvestRepository } from '../../catalog/exchange/harvest/harvest-repository.ts';
import type { HarvestSource } from '../../catalog/exchange/harvest/harvest-source.ts';
import { runHarvest } from '../../catalog/exchange/harvest/run-harvest.ts';
import type { IncomingItem } from '../../catalog/exchange/import-item.ts';
import type { Product } from '../compose.ts';
import { dcatItems } from './dcat-items.ts';
import { ckanItems, dataJsonItems } from './json-items.ts';

/** Reads a source once more, and gives what that did. */
export function harvest(name: string, product: Product): ReturnType<typeof runHarvest> {
  const read = (source: HarvestSource) => itemsOf(source, product.describer.baseURL);
  return runHarvest(name, read, operator, product);
}

function itemsOf(
  { format, url, publisher, language }: HarvestSource,
  baseURL: string,
): AsyncIterable<IncomingItem> {
  const options = { publisher, language };
  if (format === 'dcat') return dcatItems({ source: url, baseURL, options });
  return format === 'ckan' ? ckanItems(url, options) : dataJsonItems(url, options);
}

/**
 * Reads every source that is due, one after the other; one that fails is logged, and is due again at its next time.
 *
 * @param isStopped whether the product is about to close
 */
export async function harvestDue(product: Product, isStopped: () => boolean): Promise<void> {
  const names = await harvestRepository(product.database.current).due(product.clock());
  for (const source of names) {
    if (isStopped()) return;
    try {
      const done = await harvest(source, product);
      product.log.info({ event: 'harvest.done', source, ...done.harvest });
    } catch (error) {
      product.log.error({ event: 'harvest.failed', source, err: error });
    }
  }
}
