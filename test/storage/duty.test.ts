import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { auditRepository } from '../../catalog/audit/audit-repository.ts';
import { dutyRepository } from '../../catalog/duty/duty-repository.ts';
import { type HandoverInput, handOver } from '../../catalog/duty/hand-over.ts';
import { fillDuties } from '../../catalog/duty/reflect-duties.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { aDataset, anAgency } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const lan = 'lan@example.vn';
const ofLan = { updateResponsibility: { officerEmail: lan } };

describe.each(testDatabases())('what is due on $name', ({ create }) => {
  let test: TestProduct;

  beforeAll(async () => {
    test = await startProduct(create);
    const health = anAgency({ id: 'so-y-te', name: { vi: 'Sở Y tế' } });
    await test.product.database.transaction((tx) => saveAgency(tx, health, test.product.clock));
    await addAccount(
      { email: 'quan@example.vn', name: 'Quản', grants: [{ role: 'administrator' }] },
      'bốn mùa hoa nở ven hồ',
      operator,
      test.product,
    );
    await test.publish(aDataset({ id: 'buyt', inventory: ofLan }));
    await test.publish(aDataset({ id: 'cau', modified: '2026-10-15' }));
    const release = { plan: '2026', due: '2026-Q4' };
    await registerDataset(
      aDataset({ id: 'den', inventory: { ...ofLan, release } }),
      operator,
      test.product,
    );
  }, 60_000);
  afterAll(() => test.close());

  const person = async (email: string, agency: string) => {
    const grants = [{ role: 'editor', agency }];
    const input = { email, name: email, grants };
    return (await addAccount(input, 'bốn mùa hoa nở ven hồ', operator, test.product)).id;
  };
  const duties = () => dutyRepository(test.product.database.read);
  const told = async (filter: Parameters<ReturnType<typeof duties>['list']>[0]) =>
    (await duties().list(filter)).map(({ datasetId, kind, due }) =>
      [datasetId, kind, due].join(' '),
    );

  it('is listed between two days, for whom it is', async () => {
    expect(await told({})).toEqual([
      'cau update 2026-11-15',
      'buyt update 2026-12-01',
      'den release 2026-12-31',
    ]);
    expect(await told({ from: '2026-11-16', to: '2026-12-01' })).toEqual([
      'buyt update 2026-12-01',
    ]);
    expect(await told({ officer: '' })).toEqual(['cau update 2026-11-15']);
    expect(await told({ agencies: ['so-y-te'] })).toEqual([]);
    const concerns = [{ officer: lan, to: '2026-12-05' }, { agencies: ['so-y-te'] }];
    expect(await told({ concerns })).toEqual(['buyt update 2026-12-01']);
    expect(await duties().count({ officer: lan })).toBe(2);
  });

  it('goes on from a place in the list', async () => {
    const [first] = await duties().list({}, { limit: 1 });
    const rest = await duties().list({}, { after: first });

    expect(rest.map(({ datasetId }) => datasetId)).toEqual(['buyt', 'den']);
  });

  it('knows an officer by all their datasets, due or not', async () => {
    await registerDataset(aDataset({ id: 'ao-ho', inventory: ofLan }), operator, test.product);

    expect((await duties().datasetsOf(lan)).map(({ id }) => id).sort()).toEqual([
      'ao-ho',
      'buyt',
      'den',
    ]);
    expect(await duties().officers('all')).toEqual([{ officer: lan, datasets: 3 }]);
    expect(await duties().officers(['so-y-te'])).toEqual([]);
  });

  it('passes from who leaves to who stays, with the reason, in one act', async () => {
    const stays = await person('mai@example.vn', 'so-xay-dung');
    const elsewhere = await person('tu@example.vn', 'so-y-te');
    const input = { from: lan, to: stays, datasets: ['buyt', 'den'], reason: 'Chuyển công tác.' };
    const refused = (change: Partial<HandoverInput>, by: Actor = operator) =>
      handOver({ ...input, ...change }, by, test.product).then(
        () => [],
        (error: unknown) =>
          error instanceof CatalogError
            ? [error.code, ...error.findings.map((f) => f.pointer)]
            : [],
      );

    expect(await refused({ to: 'x' })).toEqual(['handover-invalid', '/to']);
    expect(await refused({ to: elsewhere })).toEqual(['handover-invalid', '/to']);
    expect(await refused({ reason: ' ' })).toEqual(['handover-invalid', '/reason']);
    expect(await refused({ datasets: [] })).toEqual(['handover-invalid', '/datasets']);
    const editor = { name: 'x', grants: [{ role: 'editor' as const, agency: 'so-xay-dung' }] };
    expect(await refused({}, editor)).toEqual(['not-permitted']);
    const other = { name: 'x', grants: [{ role: 'approver' as const, agency: 'so-y-te' }] };
    expect(await refused({}, other)).toEqual(['officer-not-found']);

    expect(await handOver(input, operator, test.product)).toBe(2);
    expect(await duties().officers('all')).toEqual([
      { officer: lan, datasets: 1 },
      { officer: 'mai@example.vn', datasets: 2 },
    ]);
    const [act] = await auditRepository(test.product.database.read).list({}, undefined, 1);
    expect(act).toMatchObject({
      act: 'dataset.hand-over',
      detail: { reason: 'Chuyển công tác.', ids: ['buyt', 'den'] },
    });
  });

  it('changes with the dataset, in its transaction', async () => {
    await reviseDataset(
      'cau',
      (record) => ({ ...record, modified: '2026-11-20' }),
      undefined,
      operator,
      test.product,
    );
    expect(await told({ officer: '' })).toEqual(['cau update 2026-12-20']);
    await advanceDataset('cau', 'withdraw', 'Trùng.', operator, test.product);
    expect(await told({ officer: '' })).toEqual([]);
  });

  it('is written for datasets that were there before it was kept', async () => {
    const before = await told({});
    await test.product.database.transaction((tx) => tx.deleteFrom('duty').execute());

    expect(await fillDuties(test.product.database)).toBe(4);
    expect(await told({})).toEqual(before);
    expect(await fillDuties(test.product.database)).toBe(0);
  });
});
