import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { auditRepository } from '../../catalog/audit/audit-repository.ts';
import { recordAct } from '../../catalog/audit/record-act.ts';
import { verifyAudit } from '../../catalog/audit/verify-audit.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { mergePatch, reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { examine } from '../../server/commands/maintain.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

describe.each(testDatabases())('the audit on $name', ({ name, create }) => {
  let test: TestProduct;

  beforeAll(async () => {
    test = await startProduct(create);
  });
  afterAll(() => test.close());

  const verify = () => test.product.database.snapshot(verifyAudit);
  const latest = async (count: number) =>
    auditRepository(test.product.database.read).list({}, undefined, count);

  it('tells each act upon a dataset, and what it changed', async () => {
    const { product } = test;
    await registerDataset(aDataset(), operator, product);
    const change = (record: unknown) => mergePatch(record, { title: { en: 'Buses' }, theme: null });
    await reviseDataset('tuyen-xe-buyt', change, 1, operator, product);
    const [revise] = await latest(1);

    expect(revise).toMatchObject({
      actor: 'khue',
      act: 'dataset.revise',
      subject: 'dataset/tuyen-xe-buyt',
      agency: 'so-xay-dung',
      detail: {
        changes: [
          { pointer: '/title/en', from: 'Bus routes', to: 'Buses' },
          { pointer: '/theme', from: ['TRAN'] },
        ],
      },
    });
  });

  it('tells the reason of a withdrawal, and the change of a plan', async () => {
    const { product } = test;
    await test.publish(aDataset({ id: 'rut' }));
    await advanceDataset('rut', 'withdraw', 'Trùng', operator, product);
    await savePlan('2031', { title: { vi: 'Kế hoạch' } }, 0, operator, product);
    const [plan, withdraw] = await latest(2);

    expect(plan).toMatchObject({ act: 'plan.register', subject: 'plan/2031' });
    expect(withdraw).toMatchObject({
      act: 'dataset.withdraw',
      detail: {
        reason: 'Trùng',
        changes: [{ pointer: '/state', from: 'published', to: 'withdrawn' }],
      },
    });
  });

  it('says nothing of an act that failed', async () => {
    const before = await verify();
    await expect(
      test.product.database.transaction(async (tx) => {
        await recordAct(tx, { at: test.product.clock(), by: operator, act: 'a.b', subject: 'a/1' });
        throw new Error('and then it failed');
      }),
    ).rejects.toThrow('and then it failed');

    expect(await verify()).toEqual(before);
  });

  it('is one chain, also when many act at once', async () => {
    const before = await verify();
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        registerDataset(aDataset({ id: `cung-luc-${at}` }), operator, test.product),
      ),
    );
    const after = await verify();

    expect(after.broken).toBeUndefined();
    expect(after.acts).toBe(before.acts + 20);
  });

  it.each(['update audit set actor = $$', 'delete from audit', 'truncate audit'])(
    'is not changed by “%s”',
    async (statement) => {
      if (name === 'SQLite' && statement.startsWith('truncate')) return;
      const run = sql.raw(statement.replace('$$', "'x'"));
      await expect(test.product.database.transaction((tx) => run.execute(tx))).rejects.toThrow(
        'append-only',
      );
    },
  );

  it.each([
    ['another name in act 3', "update audit set actor = 'x' where seq = 3", 3, 'content'],
    ['act 4 removed', 'delete from audit where seq = 4', 4, 'gap'],
    [
      'act 5 written anew with a hash of its own',
      "update audit set actor = 'x', hash = 'y' where seq = 5",
      5,
      'content',
    ],
    [
      'the last one removed',
      'delete from audit where seq = (select max(seq) from audit)',
      0,
      'end',
    ],
  ])(
    'shows %s, although somebody switched the guard off',
    async (_what, statement, seq, because) => {
      const other = await startProduct(create);
      try {
        for (let at = 0; at < 6; at += 1) {
          await registerDataset(aDataset({ id: `tap-${at}` }), operator, other.product);
        }
        const { database } = other.product;
        const { acts } = await database.snapshot(verifyAudit);
        await database.transaction(async (tx) => {
          const guards =
            name === 'SQLite'
              ? ['drop trigger audit_no_update', 'drop trigger audit_no_delete']
              : ['alter table audit disable trigger all'];
          for (const line of [...guards, statement]) await sql.raw(line).execute(tx);
        });

        expect((await database.snapshot(verifyAudit)).broken).toEqual({
          seq: seq || acts,
          because,
        });
        expect(await examine(other.product)).toEqual([
          expect.stringContaining(`broken at act ${seq || acts}`),
        ]);
      } finally {
        await other.close();
      }
    },
  );
});
