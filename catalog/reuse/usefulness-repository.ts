import type { Queryable } from '../storage/database.ts';

/** How many found a dataset of use, and how many did not. */
export interface Usefulness {
  readonly useful: number;
  readonly useless: number;
}

/** Every SQL statement that touches table `usefulness`. */
export function usefulnessRepository(db: Queryable) {
  return {
    async add(datasetId: string, day: string, { useful, useless }: Usefulness): Promise<void> {
      await db
        .insertInto('usefulness')
        .values({ dataset_id: datasetId, day, useful, useless })
        .onConflict((conflict) =>
          conflict.columns(['dataset_id', 'day']).doUpdateSet((eb) => ({
            useful: eb('usefulness.useful', '+', useful),
            useless: eb('usefulness.useless', '+', useless),
          })),
        )
        .execute();
    },

    async of(datasetId: string): Promise<Usefulness> {
      const row = await db
        .selectFrom('usefulness')
        .select((eb) => [
          eb.fn.sum<number>('useful').as('useful'),
          eb.fn.sum<number>('useless').as('useless'),
        ])
        .where('dataset_id', '=', datasetId)
        .executeTakeFirst();
      return { useful: Number(row?.useful ?? 0), useless: Number(row?.useless ?? 0) };
    },
  };
}
