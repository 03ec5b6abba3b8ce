import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operator } from '../../catalog/access/actor.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { compose, type Product } from '../../server/compose.ts';
import { readConfig } from '../../server/config/settings.ts';
import { anAgency } from './builders.ts';
import type { TestDatabase } from './databases.ts';

/** The product over a fresh database, without HTTP, with the builders' agency. */
export interface TestProduct {
  readonly product: Product;
  readonly url: string;
  /** Puts a dataset into the open, past the workflow's people. */
  publish(record: DatasetRecord): Promise<void>;
  close(): Promise<void>;
}

export async function startProduct(create: TestDatabase['create']): Promise<TestProduct> {
  const fresh = await create();
  const folder = await mkdtemp(join(tmpdir(), 'khue-product-'));
  const product = await compose(
    readConfig({
      DATABASE_URL: fresh.url,
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      BASE_URL: 'https://data.example.vn',
    }),
  );
  await product.database.transaction((tx) => saveAgency(tx, anAgency(), product.clock));
  return {
    product,
    url: fresh.url,
    async publish(record) {
      await registerDataset(record, operator, product);
      for (const act of ['submit', 'approve', 'publish'] as const) {
        await advanceDataset(record.id, act, undefined, operator, product);
      }
    },
    async close() {
      await product.close();
      await fresh.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
