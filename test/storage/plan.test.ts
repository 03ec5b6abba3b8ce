import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, operator } from '../../catalog/access/actor.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { compareEntries } from '../../catalog/plan/compare-entries.ts';
import { decideProposals, proposeAgain } from '../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { moveCommitment } from '../../catalog/plan/move-commitment.ts';
import { entriesToIssue, proposalsOf } from '../../catalog/plan/plan-entries.ts';
import { planRepository } from '../../catalog/plan/plan-repository.ts';
import { planVersionRepository } from '../../catalog/plan/plan-version-repository.ts';
import { commitmentsOf } from '../../catalog/plan/roadmap.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const year = '2027';
const first = { number: '12/QĐ-UBND', date: '2027-01-15', signer: 'Chủ tịch Nguyễn Văn A' };
const editor: Actor = { name: 'lan', grants: [{ role: 'editor', agency: 'so-xay-dung' }] };

describe.each(testDatabases())('the plan of a year on $name', ({ create }) => {
  let here: TestProduct;

  beforeAll(async () => {
    here = await startProduct(create);
    const { product } = here;
    await savePlan(year, { title: { vi: 'Kế hoạch 2027' } }, 0, operator, product);
    for (const [id, due] of [
      ['a', '2027-Q1'],
      ['b', '2027-Q2'],
      ['c', '2027-Q3'],
      ['d', '2027-Q4'],
    ] as const) {
      const inventory = { field: 'Giao thông', release: { plan: year, due } };
      const record = aDataset({ id, title: { vi: `Tập ${id}` }, inventory });
      await registerDataset(record, editor, product);
    }
  });
  afterAll(() => here.close());

  const db = () => here.product.database.current;
  const decide = (ids: readonly string[], verdict: Parameters<typeof decideProposals>[2]) =>
    decideProposals(year, ids, verdict, operator, here.product);
  const issue = (input: object, actor = operator) =>
    issuePlan(year, input as Record<string, unknown>, actor, here.product);
  const move = (id: string, due: string) =>
    reviseDataset(
      id,
      (record) => ({ ...record, inventory: { ...record.inventory, release: { plan: year, due } } }),
      undefined,
      editor,
      here.product,
    );
  const states = async () =>
    Object.fromEntries(
      (await proposalsOf(year, db())).map(({ entry, decision }) => [
        entry.datasetId,
        decision?.state ?? 'proposed',
      ]),
    );
  const promised = async () =>
    Object.fromEntries(
      (await commitmentsOf(year, '2027-02-01', db())).map(({ datasetId, due, status }) => [
        datasetId,
        `${due} ${status}`,
      ]),
    );

  it('begins with what agencies propose, and is not issued before anything is accepted', async () => {
    expect(await states()).toEqual({ a: 'proposed', b: 'proposed', c: 'proposed', d: 'proposed' });
    await expect(issue(first)).rejects.toMatchObject({ code: 'plan-empty' });
  });

  it('takes what the coordinator accepts, returns with a reason, or merges', async () => {
    await decide(['a', 'b'], { act: 'accept' });
    await decide(['c'], { act: 'return', reason: 'Thiếu mô tả.' });
    await decide(['d'], { act: 'merge', into: 'b' });

    expect(await states()).toEqual({ a: 'accepted', b: 'accepted', c: 'returned', d: 'merged' });
    const merged = await datasetRepository(db()).find('d');
    expect(merged?.record.inventory?.release?.dropped).toBe('Gộp vào “Tập b” (b).');
    await proposeAgain(year, 'c', editor, here.product);
    expect((await states())['c']).toBe('proposed');
  });

  it.each([
    ['returned without a reason', ['a'], { act: 'return' }, 'proposal-invalid'],
    ['merged into itself', ['a'], { act: 'merge', into: 'a' }, 'proposal-invalid'],
    ['merged into nothing', ['a'], { act: 'merge' }, 'proposal-invalid'],
    ['decided about without being proposed', ['la'], { act: 'accept' }, 'proposal-not-found'],
  ] as const)('cannot be %s', async (_how, ids, verdict, code) => {
    await expect(decide(ids, verdict)).rejects.toMatchObject({ code });
  });

  it.each([
    [{ date: '2027-01-15' }, '/number'],
    [{ number: '1/QĐ', date: '2027-02-30' }, '/date'],
    [{ number: ' ', date: '2027-01-15' }, '/number'],
    [{ number: '1/QĐ', date: '2027-01-15', other: 1 }, '/other'],
  ])('is not issued by the decision %j', async (decision, pointer) => {
    await expect(issue(decision)).rejects.toMatchObject({
      code: 'decision-invalid',
      findings: [expect.objectContaining({ pointer })],
    });
  });

  it('is issued by the coordinator alone, and then promises what the decision says', async () => {
    await expect(issue(first, editor)).rejects.toMatchObject({ kind: 'forbidden' });
    const version = await issue(first);

    expect(version.version).toBe(1);
    expect(version.entries.map(({ datasetId }) => datasetId)).toEqual(['a', 'b', 'd']);
    expect((await planRepository(db()).find(year))?.record.decision).toEqual(first);
    expect(await promised()).toEqual({
      a: '2027-Q1 in-preparation',
      b: '2027-Q2 in-preparation',
      d: '2027-Q4 dropped',
    });
  });

  it('does not let a due time be moved without a reason, nor past another who moved it', async () => {
    const moveOn = (from: string, reason: string) =>
      moveCommitment(year, 'a', { from, due: '2027-Q3', reason }, editor, here.product);

    await expect(moveOn('2027-Q1', ' ')).rejects.toMatchObject({ code: 'reason-missing' });
    await expect(moveOn('2027-Q2', 'Chậm.')).rejects.toMatchObject({ code: 'move-conflict' });
    await moveOn('2027-Q1', 'Chậm.');

    const [act] = await datasetRepository(db()).listActs('a', 1);
    expect(act).toMatchObject({ act: 'revise', reason: 'Chậm.' });
    expect((await promised())['a']).toBe('2027-Q1 in-preparation');
  });

  it('promises the same, whatever the records say, until it is amended', async () => {
    await move('a', '2027-Q4');
    await decide(['c'], { act: 'accept' });
    const before = await promised();
    await expect(issue({ number: '99/QĐ-UBND', date: '2027-05-01' })).rejects.toMatchObject({
      findings: [expect.objectContaining({ pointer: '/reason' })],
    });
    await expect(issue({ ...first, reason: 'x' })).rejects.toMatchObject({ code: 'decision-used' });
    const amendment = { number: '99/QĐ-UBND', date: '2027-05-01', reason: 'Chậm nguồn số liệu.' };
    const version = await issue(amendment);
    const earlier = await planVersionRepository(db()).find(year, 1);

    expect(before['a']).toBe('2027-Q1 in-preparation');
    expect(version.version).toBe(2);
    const changes = compareEntries(earlier?.entries ?? [], version.entries);
    expect(changes.added.map(({ datasetId }) => datasetId)).toEqual(['c']);
    expect(changes.changed).toMatchObject([{ after: { datasetId: 'a' }, fields: ['due'] }]);
    expect((await promised())['a']).toBe('2027-Q4 in-preparation');
    expect((await planRepository(db()).find(year))?.record.decision).toEqual(first);
    await expect(
      issue({ number: '100/QĐ-UBND', date: '2027-06-01', reason: 'x' }),
    ).rejects.toMatchObject({ code: 'plan-unchanged' });
  });

  it('becomes one version of two that are issued at the same moment', async () => {
    await move('b', '2027-Q3');
    const both = await Promise.allSettled(
      ['201', '202'].map((number) => issue({ number, date: '2027-07-01', reason: 'x' })),
    );

    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await planVersionRepository(db()).heads(year)).map(({ version }) => version)).toEqual([
      3, 2, 1,
    ]);
  });

  it('takes up what was chosen of what waits, and leaves the rest waiting', async () => {
    await move('a', '2027-Q1');
    await move('c', '2027-Q4');
    const decision = { number: '301/QĐ-UBND', date: '2027-08-01', reason: 'Một phần.' };
    const amend = (chosen: readonly string[]) =>
      issuePlan(year, decision, operator, here.product, chosen);
    await expect(amend([])).rejects.toMatchObject({ findings: [{ pointer: '/changes' }] });
    await expect(amend(['b'])).rejects.toMatchObject({ findings: [{ pointer: '/changes' }] });
    const before = await planVersionRepository(db()).latest(year);
    const version = await amend(['c']);

    const taken = compareEntries(before?.entries ?? [], version.entries);
    const left = compareEntries(version.entries, await entriesToIssue(year, db()));
    expect(taken.changed.map(({ after }) => after.datasetId)).toEqual(['c']);
    expect(left.changed.map(({ after }) => after.datasetId)).toEqual(['a']);
  });
});
