import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, operator } from '../../catalog/access/actor.ts';
import { auditRepository } from '../../catalog/audit/audit-repository.ts';
import { actOnMany } from '../../catalog/desk/act-on-many.ts';
import { commentOnDataset } from '../../catalog/desk/comment-on-dataset.ts';
import { commentRepository } from '../../catalog/desk/comment-repository.ts';
import type { LineOrder } from '../../catalog/desk/inventory-line-repository.ts';
import { fillLines } from '../../catalog/desk/reflect-lines.ts';
import { type InventoryQuery, searchInventory } from '../../catalog/desk/search-inventory.ts';
import { similarDatasets } from '../../catalog/desk/similar-datasets.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { mergePatch, reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { aDataset, anAgency } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const editor: Actor = {
  name: 'Lan',
  id: 'a1',
  grants: [{ role: 'editor', agency: 'so-xay-dung' }],
};
const other: Actor = { name: 'Nam', grants: [{ role: 'approver', agency: 'so-y-te' }] };
const nobody: Actor = { name: 'Ai đó', grants: [] };

describe.each(testDatabases())('the inventory’s table on $name', ({ create }) => {
  let test: TestProduct;

  beforeAll(async () => {
    test = await startProduct(create);
    await test.product.database.transaction((tx) =>
      saveAgency(tx, anAgency({ id: 'so-y-te', name: { vi: 'Sở Y tế' } }), test.product.clock),
    );
    await test.publish(aDataset({ id: 'buyt', modified: '2026-10-15' }));
    const release = { plan: '2026', due: '2026-Q3' };
    const updateResponsibility = { officer: 'Phạm Lan', officerEmail: 'Lan@Example.vn' };
    await registerDataset(
      aDataset({
        id: 'cau',
        title: { vi: 'Danh mục cầu đường bộ' },
        theme: ['TRAN', 'REGI'],
        inventory: { release, updateResponsibility },
      }),
      operator,
      test.product,
    );
    const { description, keyword, distribution, ...bare } = aDataset({
      id: 'den',
      title: { vi: 'Ảnh đèn chiếu sáng' },
      publisher: 'so-y-te',
    });
    expect([description, keyword, distribution]).not.toContain(undefined);
    await registerDataset(bare, operator, test.product);
  }, 60_000);
  afterAll(() => test.close());

  const found = async (query: InventoryQuery, actor = operator, order: LineOrder = 'title') => {
    const place = { limit: 10, offset: 0 };
    const page = await searchInventory(query, order, place, actor, test.product.database.read);
    return page.lines.map(({ id }) => id);
  };

  it.each<[string, InventoryQuery, string[]]>([
    ['everything, by title', {}, ['den', 'cau', 'buyt']],
    ['a state', { state: 'published' }, ['buyt']],
    ['a theme', { theme: 'REGI' }, ['cau']],
    ['a publisher', { publisher: 'so-y-te' }, ['den']],
    ['a year of the plan', { planYear: '2026' }, ['cau']],
    ['a quarter', { quarter: '2026-Q3' }, ['cau']],
    ['an officer', { officer: 'lan@example.vn' }, ['cau']],
    ['those without an officer', { officer: '' }, ['den', 'buyt']],
    ['a mandatory field that is missing', { missing: 'distribution' }, ['den']],
    ['any such', { missing: 'any' }, ['den']],
    ['an advised field that is empty', { missing: 'keyword' }, ['den']],
    ['what is due for an update', { dueKind: 'update', dueTo: '2026-11-27' }, ['buyt']],
    ['what is due for release', { dueKind: 'release', dueTo: '2026-11-27' }, ['cau']],
    ['words without their marks', { words: ['cau', 'duo'] }, ['cau']],
    ['words that it does not hold', { words: ['au'] }, []],
    ['several at once', { theme: 'TRAN', state: 'draft', words: ['cau'] }, ['cau']],
  ])('finds %s', async (_what, query, ids) => {
    expect(await found(query)).toEqual(ids);
  });

  it.each<[LineOrder, string[]]>([
    ['changed', ['den', 'cau', 'buyt']],
    ['due', ['cau', 'buyt', 'den']],
    ['missing', ['den', 'buyt', 'cau']],
    ['quality', ['buyt', 'cau', 'den']],
  ])('stands in the order of %s', async (order, ids) => {
    expect(await found({}, operator, order)).toEqual(ids);
  });

  it('shows people their own agencies alone, whatever they ask for', async () => {
    expect(await found({}, editor)).toEqual(['cau', 'buyt']);
    expect(await found({ publisher: 'so-y-te' }, editor)).toEqual([]);
    expect(await found({}, nobody)).toEqual([]);
  });

  it('counts every state, whichever is asked for', async () => {
    const place = { limit: 1, offset: 0 };
    const { read } = test.product.database;
    const page = await searchInventory({ state: 'draft' }, 'title', place, operator, read);

    expect([page.total, Object.fromEntries(page.counts)]).toEqual([2, { draft: 2, published: 1 }]);
  });

  it('follows the dataset, in its transaction', async () => {
    const { product } = test;
    await reviseDataset(
      'den',
      (record) => mergePatch(record, { description: { vi: 'Có.' } }),
      undefined,
      operator,
      product,
    );
    expect(await found({ missing: 'description' })).toEqual([]);
    expect(await found({ missing: 'any' })).toEqual(['den']);
    await advanceDataset('cau', 'submit', undefined, operator, product);
    await advanceDataset('cau', 'return', 'Thiếu bản đồ.', operator, product);
    expect(await found({ returned: true })).toEqual(['cau']);
  });

  it('is written for datasets that were there before it was kept, and anew for other schemas', async () => {
    const { database } = test.product;
    const before = await found({});
    expect(await fillLines(database)).toBe(0);
    await database.transaction((tx) =>
      tx
        .updateTable('setting')
        .set({ value: 'of an older version' })
        .where('name', '=', 'inventory-line.schemas')
        .execute(),
    );

    expect(await fillLines(database)).toBe(3);
    expect(await found({})).toEqual(before);
  });

  it('does the same to several, and says of each what became of it', async () => {
    const { product } = test;
    const outcomes = await actOnMany(
      ['cau', 'den', 'buyt', 'cau'],
      { kind: 'advance', act: 'submit' },
      editor,
      product,
    );

    expect(outcomes.map(({ id, error }) => [id, error?.code])).toEqual([
      ['cau', undefined],
      ['den', 'dataset-not-found'],
      ['buyt', 'state-conflict'],
    ]);
    expect(await found({ state: 'in-review' })).toEqual(['cau']);
    const patch = { inventory: { release: { due: '2026-Q4' } } };
    await actOnMany(['cau'], { kind: 'revise', patch }, editor, product);
    expect(await found({ quarter: '2026-Q4' })).toEqual(['cau']);
    await expect(actOnMany([], { kind: 'revise', patch }, editor, product)).rejects.toMatchObject({
      code: 'nothing-selected',
    });
    const many = Array.from({ length: 1001 }, (_, at) => `x-${at}`);
    await expect(actOnMany(many, { kind: 'revise', patch }, editor, product)).rejects.toMatchObject(
      { code: 'too-many' },
    );
  });

  it.each<[string, string, Actor, unknown]>([
    ['the same title, without its marks', 'cau duong bo', editor, 'cau'],
    ['a title with a slip of the pen', 'Các cầu đường bộp', editor, 'cau'],
    ['a title of another agency that is published', 'Tuyến xe buýt', other, 'buyt'],
    ['a draft of another agency', 'Ảnh đèn chiếu sáng', editor, undefined],
  ])('tells of %s', async (_what, title, actor, id) => {
    const similar = await similarDatasets(title, undefined, actor, test.product.database.read);

    expect(similar.map(({ known }) => known?.id)).toEqual([id]);
  });

  it('finds nothing similar to what is alone, to itself, or to no words at all', async () => {
    const { read } = test.product.database;
    for (const title of ['Danh mục trường mầm non', 'Danh mục', '…']) {
      expect(await similarDatasets(title, undefined, operator, read)).toEqual([]);
    }
    expect(await similarDatasets('Danh mục cầu đường bộ', 'cau', operator, read)).toEqual([]);
  });

  it('keeps what is said about a dataset, with its row in the audit', async () => {
    const { database, clock } = test.product;
    await commentOnDataset(
      'cau',
      { body: ' Xem lại\r\ntệp này. ', pointer: '/distribution/0' },
      editor,
      { database, clock },
    );
    const [comment] = await commentRepository(database.read).list('cau');

    expect(comment).toMatchObject({
      body: 'Xem lại\ntệp này.',
      pointer: '/distribution/0',
      author: 'Lan',
      authorId: 'a1',
    });
    const [entry] = await auditRepository(database.read).list(
      { act: 'dataset.comment' },
      undefined,
      1,
    );
    expect(entry).toMatchObject({ subject: 'dataset/cau', agency: 'so-xay-dung' });
  });

  it.each([
    ['nothing', editor, { body: ' \n', pointer: '' }, 'comment-invalid'],
    ['too much', editor, { body: 'a'.repeat(5001), pointer: '' }, 'comment-invalid'],
    ['something about no field', editor, { body: 'a', pointer: 'title' }, 'comment-invalid'],
    ['something about another agency’s', other, { body: 'a', pointer: '' }, 'dataset-not-found'],
  ])('refuses to keep %s', async (_what, actor, input, code) => {
    const { database, clock } = test.product;
    const comment = commentOnDataset('cau', input, actor, { database, clock });

    await expect(comment).rejects.toMatchObject({ code });
    expect(await commentRepository(database.read).list('cau')).toHaveLength(1);
  });

  it('moves only the revision that was looked at', async () => {
    const stale = advanceDataset('cau', 'approve', undefined, operator, test.product, 1);

    await expect(stale).rejects.toMatchObject({ kind: 'stale', code: 'edit-conflict' });
  });
});
