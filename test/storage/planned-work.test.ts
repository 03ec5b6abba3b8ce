import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, operator } from '../../catalog/access/actor.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { type Instant, localDate, startOfDay } from '../../catalog/kernel/clock.ts';
import { decideProposals } from '../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { moveCommitment } from '../../catalog/plan/move-commitment.ts';
import { planWork, type WorkInput } from '../../catalog/plan/plan-work.ts';
import { plannedWork } from '../../catalog/plan/planned-work.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset, anAgency } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const year = '2026';
const editor: Actor = { name: 'lan', grants: [{ role: 'editor', agency: 'so-xay-dung' }] };
const stranger: Actor = { name: 'minh', grants: [{ role: 'editor', agency: 'so-y-te' }] };

describe.each(testDatabases())('the work on a promise on $name', ({ create }) => {
  let here: TestProduct;
  let now: Instant = startOfDay('2026-07-10');
  const deps = () => ({ ...here.product, clock: () => now });

  beforeAll(async () => {
    here = await startProduct(create);
    const { database, clock } = here.product;
    const health = anAgency({ id: 'so-y-te', name: { vi: 'Sở Y tế' } });
    await database.transaction((tx) => saveAgency(tx, health, clock));
    await savePlan(year, { title: { vi: 'Kế hoạch 2026' } }, 0, operator, deps());
    for (const [id, due, publisher] of [
      ['a', '2026-Q3', 'so-xay-dung'],
      ['b', '2026-Q4', 'so-xay-dung'],
      ['c', '2026-Q2', 'so-xay-dung'],
      ['y-te', '2026-Q3', 'so-y-te'],
      ['kin', '2026-Q3', 'so-y-te'],
    ] as const) {
      const inventory = { release: { plan: year, due } };
      const record = aDataset({ id, publisher, title: { vi: `Tập ${id}` }, inventory });
      await registerDataset(record, operator, deps());
    }
    await registerDataset(aDataset({ id: 'ngoai' }), operator, deps());
    const accepted = ['a', 'b', 'c', 'y-te'];
    await decideProposals(year, accepted, { act: 'accept' }, operator, deps());
    await issuePlan(year, { number: '1/QĐ-UBND', date: '2026-01-10' }, operator, deps());
  }, 60_000);
  afterAll(() => here.close());

  const plan = (id: string, input: Partial<WorkInput>, actor = editor) =>
    planWork(id, { due: {}, done: [], dependsOn: [], ...input }, actor, deps());
  const work = async (id: string) => {
    const { current } = here.product.database;
    const dataset = await datasetRepository(current).find(id);
    if (!dataset) throw new Error(id);
    const { state, releasedAt } = dataset;
    const due = dataset.record.inventory?.release?.due ?? '';
    const released = releasedAt !== undefined && { releasedOn: localDate(releasedAt) };
    const promise = { datasetId: id, due, state, ...released };
    const found = (await plannedWork([promise], localDate(now), current)).get(id);
    if (!found) throw new Error(id);
    return found;
  };
  const days = async (id: string) =>
    (await work(id)).milestones.map(({ due, doneOn }) => `${due} ${doneOn ?? ''}`.trim());

  it('is proposed by the quarter, and follows it when it is moved', async () => {
    expect(await days('b')).toEqual(['2026-11-01', '2026-12-01', '2026-12-17', '2026-12-31']);
    await plan('b', { due: { prepare: '2026-08-15' } });
    const move = { from: '2026-Q4', due: '2026-Q3', reason: 'Sớm hơn.' };
    await moveCommitment(year, 'b', move, editor, deps());

    expect(await days('b')).toEqual(['2026-08-15', '2026-08-31', '2026-09-16', '2026-09-30']);
  });

  it('keeps the day of a tick, and loses it with the tick', async () => {
    await plan('a', { done: ['prepare', 'approve', 'release', 'other'] });
    now = startOfDay('2026-08-20');
    await plan('a', { done: ['prepare', 'clean'], due: { clean: '2026-08-25' } });
    expect(await days('a')).toEqual([
      '2026-08-01 2026-07-10',
      '2026-08-25 2026-08-20',
      '2026-09-16',
      '2026-09-30',
    ]);
    await plan('a', { done: ['prepare'] });
    expect((await work('a')).next).toMatchObject({ kind: 'clean', isProposed: true });
  });

  it('takes approval and release from what is done to the dataset, and back', async () => {
    const act = async (...acts: Parameters<typeof advanceDataset>[1][]) => {
      for (const one of acts) await advanceDataset('a', one, 'Lý do.', operator, deps());
    };
    await act('submit', 'approve');
    expect((await work('a')).next?.kind).toBe('release');
    await act('return');
    expect((await work('a')).next?.kind).toBe('clean');
    now = startOfDay('2026-09-01');
    await act('submit', 'approve', 'publish');
    expect((await days('a')).slice(2)).toEqual(['2026-09-16 2026-09-01', '2026-09-30 2026-09-01']);
    expect((await work('a')).next).toBeUndefined();
  });

  it.each([
    ['a day that is none', { due: { clean: '2026-02-30' } }, '/due/clean'],
    ['a day after the promise', { due: { approve: '2026-10-01' } }, '/due/approve'],
    ['days out of order', { due: { prepare: '2026-09-10' } }, '/due/clean'],
    ['what is nowhere', { dependsOn: ['khong-co'] }, '/dependsOn'],
    ['what another agency has not promised', { dependsOn: ['kin'] }, '/dependsOn'],
    ['itself', { dependsOn: ['b'] }, '/dependsOn'],
  ])('is refused with %s', async (_what, input, pointer) => {
    await expect(plan('b', input)).rejects.toMatchObject({
      code: 'work-invalid',
      findings: expect.arrayContaining([expect.objectContaining({ pointer })]),
    });
  });

  it('is planned by its own agency, and for a promise alone', async () => {
    await expect(plan('b', {}, stranger)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(plan('ngoai', {})).rejects.toMatchObject({ code: 'not-promised' });
  });

  it('waits for others, and tells when they come too late', async () => {
    await plan('c', { dependsOn: ['y-te', 'a', 'a'] });

    expect((await work('c')).prerequisites).toMatchObject([
      { datasetId: 'a', isReleased: true, isTooLate: false },
      { datasetId: 'y-te', due: '2026-Q3', isReleased: false, isTooLate: true },
    ]);
  });

  it('never waits for itself, not even when two say one half each at once', async () => {
    await plan('b', { dependsOn: ['c'] });
    await expect(plan('c', { dependsOn: ['b'] })).rejects.toMatchObject({
      findings: [{ keyword: 'cycle', message: { vi: expect.stringContaining('c → b → c') } }],
    });
    await plan('b', {});
    await plan('c', {});
    const both = await Promise.allSettled([
      plan('b', { dependsOn: ['c'] }),
      plan('c', { dependsOn: ['b'] }),
    ]);

    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
