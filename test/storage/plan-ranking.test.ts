import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { inventoryLineRepository } from '../../catalog/desk/inventory-line-repository.ts';
import { fillLines } from '../../catalog/desk/reflect-lines.ts';
import { searchInventory } from '../../catalog/desk/search-inventory.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { mergePatch, reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import type { Inventory } from '../../catalog/model/dataset.ts';
import { decideProposals } from '../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { proposalsOf } from '../../catalog/plan/plan-entries.ts';
import { planVersionRepository } from '../../catalog/plan/plan-version-repository.ts';
import { commitmentsOf } from '../../catalog/plan/roadmap.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const year = '2028';
const title = { vi: 'Kế hoạch 2028' };
const reach = { key: 'reach', name: { vi: 'Phạm vi', en: 'Reach' }, weight: 1 };
const demand = { key: 'demand', name: { vi: 'Nhu cầu', en: 'Demand' }, weight: 3 };

describe.each(testDatabases())('the ranking of a plan on $name', ({ create }) => {
  let here: TestProduct;

  beforeAll(async () => {
    here = await startProduct(create);
    await save({ title, criteria: [reach, demand], hvdBonus: 5 });
    await register('a', { demand: 4, reach: 0 });
    await register('b', { demand: 4, reach: 4 }, ['c_b79e35eb']);
    await register('c', undefined);
  });
  afterAll(() => here.close());

  const db = () => here.product.database.current;
  const save = (plan: object) => savePlan(year, plan, undefined, operator, here.product);
  async function register(
    id: string,
    priority: Inventory['priority'],
    hvdCategory: readonly string[] = [],
  ) {
    const inventory = { release: { plan: year, due: '2028-Q1' }, ...(priority && { priority }) };
    const record = aDataset({
      id,
      title: { vi: `Tập ${id}` },
      inventory,
      ...(hvdCategory.length > 0 && { hvdCategory }),
    });
    return registerDataset(record, operator, here.product);
  }
  const ranks = async () =>
    (await proposalsOf(year, db())).map(({ entry }) => [entry.datasetId, entry.priority]);

  it('goes by its own criteria, and lifts what is of high value', async () => {
    expect(await ranks()).toEqual([
      ['a', 60],
      ['b', 85],
      ['c', undefined],
    ]);
  });

  it.each([
    [
      'no name in English',
      { criteria: [{ ...reach, name: { vi: 'Phạm vi' } }] },
      '/criteria/0/name/en',
    ],
    ['a key that is none', { criteria: [{ ...reach, key: 'Tầm với' }] }, '/criteria/0/key'],
    ['a key twice', { criteria: [reach, demand, reach] }, '/criteria/2/key'],
    ['no weight at all', { criteria: [{ ...reach, weight: 0 }] }, '/criteria/0/weight'],
    ['too great a weight', { criteria: [{ ...reach, weight: 101 }] }, '/criteria/0/weight'],
    ['no criterion', { criteria: [] }, '/criteria'],
    [
      'a score of six',
      { criteria: [{ ...reach, step: { 6: { vi: 'Hết' } } }] },
      '/criteria/0/step/6',
    ],
    ['weights in two places', { criteria: [reach], weights: { demand: 1 } }, '/weights'],
    ['a weight of no criterion', { weights: { reach: 1 } }, '/weights/reach'],
    ['a bonus below nothing', { criteria: [reach], hvdBonus: -1 }, '/hvdBonus'],
  ])('is refused with %s', async (_what, part, pointer) => {
    await expect(save({ title, ...part })).rejects.toMatchObject({
      code: 'plan-invalid',
      findings: [{ pointer, message: { vi: expect.any(String), en: expect.any(String) } }],
    });
  });

  it('knows the scores of its criteria, and those of no other', async () => {
    await expect(register('d', { demnad: 3 })).rejects.toMatchObject({
      code: 'dataset-invalid',
      findings: [
        {
          pointer: '/inventory/priority/demnad',
          message: { en: expect.stringContaining('reach') },
        },
      ],
    });
    await expect(register('d', { reach: 6 })).rejects.toMatchObject({
      findings: [{ pointer: '/inventory/priority/reach', keyword: 'maximum' }],
    });
  });

  it('orders the inventory’s table, also once its criteria have changed', async () => {
    const order = async () => {
      const place = { limit: 9, offset: 0 };
      const { lines } = await searchInventory({}, 'priority', place, operator, db());
      return lines.map(({ id, priority }) => [id, priority]);
    };
    expect(await order()).toEqual([
      ['b', 85],
      ['a', 60],
      ['c', undefined],
    ]);

    await save({
      title,
      criteria: [
        { ...reach, weight: 0 },
        { ...demand, weight: 1 },
      ],
      hvdBonus: 0.5,
    });
    expect(await order()).toEqual([
      ['b', 80.5],
      ['a', 80],
      ['c', undefined],
    ]);
    await here.product.database.transaction((tx) => inventoryLineRepository(tx).clear());
    await fillLines(here.product.database);
    expect(await order()).toEqual([
      ['b', 80.5],
      ['a', 80],
      ['c', undefined],
    ]);
    await save({ title, criteria: [reach, demand], hvdBonus: 5 });
    expect((await order())[0]).toEqual(['b', 85]);
  });

  it('is frozen by the decision that issues the plan', async () => {
    await decideProposals(year, ['a', 'b'], { act: 'accept' }, operator, here.product);
    await issuePlan(year, { number: '1/QĐ', date: '2028-01-05' }, operator, here.product);
    await save({ title, criteria: [demand], hvdBonus: 0 });
    const issued = await planVersionRepository(db()).latest(year);
    const roadmap = await commitmentsOf(year, '2028-01-06', db());

    expect(issued?.ranking).toEqual({ criteria: [reach, demand], hvdBonus: 5 });
    expect(roadmap.map(({ datasetId, priority }) => [datasetId, priority])).toEqual([
      ['a', 60],
      ['b', 85],
    ]);
    expect(await ranks()).toEqual([
      ['a', 80],
      ['b', 80],
      ['c', undefined],
    ]);
  });

  it('leaves alone what was scored by a criterion that it gave up', async () => {
    const change = (record: unknown) => mergePatch(record, { version: '2' });
    await reviseDataset('a', change, undefined, operator, here.product);
    const sent = await advanceDataset('a', 'submit', undefined, operator, here.product);

    expect(sent.record.inventory?.priority).toEqual({ demand: 4, reach: 0 });
    await expect(register('d', { reach: 3 })).rejects.toMatchObject({ code: 'dataset-invalid' });
  });
});
