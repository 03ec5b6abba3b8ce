import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { milestonesOfAccount } from '../../catalog/desk/my-milestones.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { startOfDay } from '../../catalog/kernel/clock.ts';
import type { Role } from '../../catalog/model/lifecycle.ts';
import { planWork } from '../../catalog/plan/plan-work.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset, anAgency } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const lan = 'lan@example.vn';

/** On the 10th of July, what is promised for the third quarter has one step in each half of a month. */
describe.each(testDatabases())('the next milestones of somebody on $name', ({ create }) => {
  let here: TestProduct;
  const deps = () => ({ ...here.product, clock: () => startOfDay('2026-07-10') });

  beforeAll(async () => {
    here = await startProduct(create);
    const { database, clock } = here.product;
    const health = anAgency({ id: 'so-y-te', name: { vi: 'Sở Y tế' } });
    await database.transaction((tx) => saveAgency(tx, health, clock));
    await savePlan('2026', { title: { vi: 'Kế hoạch 2026' } }, 0, operator, deps());
    for (const [id, due, officerEmail, publisher] of [
      ['cua-lan', '2026-08-31', lan, 'so-y-te'],
      ['tre', '2026-07-31', lan, 'so-y-te'],
      ['con-xa', '2026-Q4', lan, 'so-y-te'],
      ['chua-co-nguoi', '2026-08-20', undefined, 'so-xay-dung'],
      ['nguoi-khac', '2026-08-20', 'minh@example.vn', 'so-xay-dung'],
      ['cho-duyet', '2026-07-25', undefined, 'so-xay-dung'],
    ] as const) {
      const inventory = {
        release: { plan: '2026', due },
        ...(officerEmail && { updateResponsibility: { officerEmail } }),
      };
      await registerDataset(aDataset({ id, publisher, inventory }), operator, deps());
    }
    const prepared = { due: {}, done: ['prepare', 'clean'], dependsOn: [] };
    await planWork('cho-duyet', prepared, operator, deps());
    const waiting = { due: {}, done: ['prepare'], dependsOn: ['con-xa'] };
    await planWork('cua-lan', waiting, operator, deps());
  }, 60_000);
  afterAll(() => here.close());

  const of = async (email: string, role: Role, agency?: string) => {
    const account = { email, grants: [{ role, ...(agency && { agency }) }] };
    const found = await milestonesOfAccount(account, '2026-07-10', here.product.database.read);
    return found.map(
      ({ promise, next, waitsFor }) =>
        `${promise.datasetId} ${next.kind} ${next.due}${next.isLate ? ' late' : ''}` +
        waitsFor.map(({ datasetId }) => ` after ${datasetId}`).join(''),
    );
  };

  it('are an officer’s own, the latest first, and none that is far away', async () => {
    expect(await of(lan, 'approver', 'so-xay-dung')).toEqual([
      'tre prepare 2026-06-01 late',
      'cua-lan clean 2026-08-01 after con-xa',
    ]);
  });

  it('are an editor’s where there is no officer, until it is with who approves', async () => {
    expect(await of('e@example.vn', 'editor', 'so-xay-dung')).toEqual([
      'chua-co-nguoi prepare 2026-06-21 late',
      'cho-duyet approve 2026-07-11',
    ]);
    expect(await of('p@example.vn', 'approver', 'so-xay-dung')).toEqual([]);

    await advanceDataset('cho-duyet', 'submit', undefined, operator, deps());

    expect(await of('e@example.vn', 'editor', 'so-xay-dung')).toEqual([
      'chua-co-nguoi prepare 2026-06-21 late',
    ]);
    expect(await of('p@example.vn', 'approver', 'so-xay-dung')).toEqual([
      'cho-duyet approve 2026-07-11',
    ]);
  });

  it('are nobody’s elsewhere, and nobody’s once it is given up or approved', async () => {
    expect(await of('x@example.vn', 'editor', 'so-y-te')).toEqual([]);
    expect(await of('d@example.vn', 'coordinator')).toEqual([]);

    await advanceDataset('cho-duyet', 'approve', undefined, operator, deps());

    expect(await of('p@example.vn', 'approver', 'so-xay-dung')).toEqual([]);
  });
});
