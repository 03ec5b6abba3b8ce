import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { type Instant, startOfDay } from '../../catalog/kernel/clock.ts';
import { decideProposals } from '../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { moveCommitment } from '../../catalog/plan/move-commitment.ts';
import { planProgress, publicVersions } from '../../catalog/plan/plan-progress.ts';
import { planVersionRepository } from '../../catalog/plan/plan-version-repository.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const year = '2026';

describe.each(testDatabases())('how far a plan was, on $name', ({ create }) => {
  let here: TestProduct;
  let now: Instant;
  const deps = () => ({ ...here.product, clock: () => now });
  const on = (date: string): void => {
    now = startOfDay(date);
  };
  const act = async (id: string, ...acts: Parameters<typeof advanceDataset>[1][]) => {
    for (const one of acts) await advanceDataset(id, one, 'Lý do.', operator, deps());
  };
  const progress = (at: string) => planProgress(year, at, here.product.database.current);

  beforeAll(async () => {
    here = await startProduct(create);
    on('2026-01-05');
    await savePlan(year, { title: { vi: 'Kế hoạch 2026' } }, 0, operator, deps());
    for (const [id, due] of [
      ['a', '2026-Q1'],
      ['b', '2026-Q2'],
      ['c', '2026-Q3'],
    ] as const) {
      const inventory = { note: 'nội bộ', release: { plan: year, due } };
      const record = aDataset({ id, title: { vi: `Tập ${id}` }, inventory });
      await registerDataset({ ...record, state: 'planned' }, operator, deps());
    }
    await decideProposals(year, ['a', 'b', 'c'], { act: 'accept' }, operator, deps());
    on('2026-01-10');
    await issuePlan(year, { number: '1/QĐ-UBND', date: '2026-01-10' }, operator, deps());
    on('2026-03-01');
    await act('a', 'submit', 'approve', 'publish');
    on('2026-07-15');
    const move = { from: '2026-Q2', due: '2026-Q4', reason: 'Chậm nguồn.' };
    await moveCommitment(year, 'b', move, operator, deps());
    const amendment = { number: '2/QĐ-UBND', date: '2026-07-15', reason: 'Chậm nguồn.' };
    await issuePlan(year, amendment, operator, deps());
    on('2026-08-01');
    await act('a', 'withdraw');
    on('2026-10-05');
    await act('c', 'submit', 'approve', 'publish');
  }, 60_000);
  afterAll(() => here.close());

  it.each([
    ['2026-01-09', undefined, {}],
    ['2026-01-10', 1, { a: 'planned', b: 'planned', c: 'planned' }],
    ['2026-02-28', 1, { a: 'planned', b: 'planned', c: 'planned' }],
    ['2026-03-01', 1, { a: 'released-on-time', b: 'planned', c: 'planned' }],
    ['2026-07-14', 1, { a: 'released-on-time', b: 'overdue', c: 'planned' }],
    ['2026-07-15', 2, { a: 'released-on-time', b: 'planned', c: 'planned' }],
    ['2026-10-04', 2, { a: 'released-on-time', b: 'planned', c: 'overdue' }],
    ['2026-10-05', 2, { a: 'released-on-time', b: 'planned', c: 'released-late' }],
  ])('at the end of %s was by version %s, whatever came later', async (at, version, statuses) => {
    const found = await progress(at);

    expect(found.version?.number).toBe(version);
    expect(
      Object.fromEntries(found.commitments.map(({ datasetId, status }) => [datasetId, status])),
    ).toEqual(statuses);
  });

  it('is counted as a whole, by agency and by quarter', async () => {
    expect(await progress('2026-07-14')).toMatchObject({
      total: {
        promised: 3,
        due: 2,
        punctuality: 50,
        statuses: { 'released-on-time': 1, overdue: 1, planned: 1, dropped: 0 },
      },
      agencies: [{ agency: 'so-xay-dung', promised: 3 }],
      quarters: [
        { quarter: '2026-Q1', due: 1, punctuality: 100 },
        { quarter: '2026-Q2', due: 1, punctuality: 0 },
        { quarter: '2026-Q3', due: 0 },
      ],
    });
    expect((await progress('2026-03-31')).quarters[1]).not.toHaveProperty('punctuality');
  });

  it('tells the public what each decision changed, but not who entered it nor what officers note', async () => {
    const db = here.product.database.current;
    const versions = await publicVersions(await planVersionRepository(db).heads(year), db);

    expect(versions.map(({ version, enteredOn }) => [version, enteredOn])).toEqual([
      [2, '2026-07-15'],
      [1, '2026-01-10'],
    ]);
    expect(versions[0]?.changes?.changed).toMatchObject([
      { before: { due: '2026-Q2' }, after: { due: '2026-Q4' }, fields: ['due'] },
    ]);
    expect(JSON.stringify(versions)).not.toMatch(/nội bộ|khue/);
  });
});
