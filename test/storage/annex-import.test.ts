import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import type { AnnexImport } from '../../catalog/desk/annex-import/annex-import.ts';
import { annexImportRepository } from '../../catalog/desk/annex-import/annex-import-repository.ts';
import {
  type CellCorrection,
  chooseReading,
  correctCells,
} from '../../catalog/desk/annex-import/change-import.ts';
import { commitImport } from '../../catalog/desk/annex-import/commit-import.ts';
import { judgeImport } from '../../catalog/desk/annex-import/judge-import.ts';
import { openImport } from '../../catalog/desk/annex-import/open-import.ts';
import {
  tablesThatFollow,
  tablesThatHold,
} from '../../catalog/desk/annex-import/removal-repository.ts';
import { undoImport } from '../../catalog/desk/annex-import/undo-import.ts';
import { commentOnDataset } from '../../catalog/desk/comment-on-dataset.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { mergePatch, reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import { decideProposals } from '../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { anAgency } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const header = 'STT,Tên tập dữ liệu,Đơn vị chủ trì,Lộ trình công bố';

describe.each(testDatabases())('an annex that is imported on $name', ({ create }) => {
  let test: TestProduct;
  let accountId: string;
  let editor: Actor;

  beforeAll(async () => {
    test = await startProduct(create);
    await test.product.database.transaction((tx) =>
      saveAgency(tx, anAgency({ id: 'so-y-te', name: { vi: 'Sở Y tế' } }), test.product.clock),
    );
    const grants = [{ role: 'editor', agency: 'so-xay-dung' } as const];
    const person = { email: 'lan@example.vn', name: 'Lan', grants };
    const account = await addAccount(person, 'lá rơi phố Phan Đình Phùng', operator, test.product);
    accountId = account.id;
    editor = { id: accountId, name: 'Lan', grants };
  }, 60_000);
  afterAll(() => test.close());

  const open = (rows: readonly string[], plan = '2026') =>
    openImport(
      { bytes: Buffer.from([header, ...rows].join('\n')), fileName: 'phu-luc.csv', plan },
      accountId,
      editor,
      test.product,
    );
  const reload = async ({ id }: AnnexImport) =>
    (await annexImportRepository(test.product.database.current).find(id)) as AnnexImport;
  const judged = async (draft: AnnexImport, actor = editor) =>
    judgeImport(await reload(draft), actor, test.product.database.current, test.product.clock());
  const kinds = async (draft: AnnexImport, actor = editor) =>
    (await judged(draft, actor)).rows.map(({ kind }) => kind);
  const correct = async (draft: AnnexImport, ...cells: Partial<CellCorrection>[]) =>
    correctCells(
      await reload(draft),
      cells.map((cell) => ({ line: 2, field: 'title', text: '', everywhere: false, ...cell })),
      new Map(),
      test.product,
    );
  const commit = async (draft: AnnexImport, actor = editor, withoutRefused = false) => {
    const { seal } = await judged(draft, actor);
    return commitImport(await reload(draft), { seal, withoutRefused }, actor, test.product);
  };
  const undo = async (draft: AnnexImport, actor = editor) =>
    undoImport(await reload(draft), actor, test.product);
  const datasetOf = (id: string) => datasetRepository(test.product.database.current).find(id);

  it('is judged row by row, and writes nothing before it is told to', async () => {
    const draft = await open([
      '1,Hầm đi bộ,Sở Xây dựng,Quý I/2026',
      '2,Bến xe khách,Sở Không Có,Quý I/2026',
      '3,Bệnh viện,Sở Y tế,Quý I/2026',
      '4,Vỉa hè,Sở Xây dựng,31/2/2026',
      '5,Bãi đỗ xe,Sở Xây dựng,khi nào xong',
    ]);

    const { rows, counts } = await judged(draft);

    expect(rows.map(({ kind, reason, notes }) => [kind, (reason ?? notes[0])?.field])).toEqual([
      ['create', undefined],
      ['refused', 'publisher'],
      ['refused', 'publisher'],
      ['refused', 'due'],
      ['create', 'due'],
    ]);
    expect(counts).toMatchObject({ create: 2, refused: 3 });
    expect(await datasetOf('ham-di-bo')).toBeUndefined();
    await expect(commit(draft)).rejects.toMatchObject({ code: 'import-invalid' });
    expect(await datasetOf('ham-di-bo')).toBeUndefined();
  });

  it('is corrected cell by cell, the same words in every row at once', async () => {
    const draft = await open([
      '1,Cầu bộ hành A,Sở XDựng,Quý I/2026',
      '2,Cầu bộ hành B,Sở XDựng,Quý I/2026',
      '3,Cầu bộ hành C,Sở Không Có,Quý I/2026',
    ]);
    expect(await kinds(draft)).toEqual(['refused', 'refused', 'refused']);

    await correct(draft, { field: 'publisher', text: 'Sở Xây dựng', everywhere: true });

    expect(await kinds(draft)).toEqual(['create', 'create', 'refused']);
    await correctCells(await reload(draft), [], new Map([[4, true]]), test.product);
    expect(await kinds(draft)).toEqual(['create', 'create', 'left-out']);
    await correctCells(await reload(draft), [], new Map([[4, false]]), test.product);
    expect(await kinds(draft)).toEqual(['create', 'create', 'refused']);
  });

  it('is written once, whoever asks twice, and not when it would do something else than was seen', async () => {
    const draft = await open(['1,Vòng xuyến,Sở Xây dựng,Quý I/2026']);
    const { seal } = await judged(draft);
    const stale = await reload(draft);
    await correct(draft, { text: 'Vòng xuyến và ngã tư' });

    await expect(
      commitImport(stale, { seal, withoutRefused: false }, editor, test.product),
    ).rejects.toMatchObject({ code: 'import-changed' });
    await expect(
      commitImport(await reload(draft), { seal, withoutRefused: false }, editor, test.product),
    ).rejects.toMatchObject({ code: 'import-changed' });

    const outcome = await commit(draft);
    expect(outcome.rows).toEqual([
      { line: 2, id: 'vong-xuyen-va-nga-tu', act: 'create', revision: 1 },
    ]);
    expect(await datasetOf('vong-xuyen-va-nga-tu')).toMatchObject({
      state: 'planned',
      record: { inventory: { release: { plan: '2026', due: '2026-Q1' } } },
    });
    await expect(commit(draft)).rejects.toMatchObject({ code: 'import-written' });
    expect(await kinds(await open(['1,Vòng xuyến và ngã tư,Sở Xây dựng,Quý I/2026']))).toEqual([
      'unchanged',
    ]);
  });

  it('is undone: what it created is gone, what it changed is as it was; then it can be written again', async () => {
    await commit(await open(['1,Hầm chui,Sở Xây dựng,Quý I/2026']));
    const draft = await open([
      '1,Hầm chui,Sở Xây dựng,Quý III/2026',
      '2,Hầm để xe,Sở Xây dựng,Quý III/2026',
    ]);
    await commit(draft);
    expect((await datasetOf('ham-chui'))?.record.inventory?.release?.due).toBe('2026-Q3');

    const undone = await undo(draft);

    expect(undone).toMatchObject({ removed: ['ham-de-xe'], restored: ['ham-chui'], kept: [] });
    expect(await datasetOf('ham-de-xe')).toBeUndefined();
    expect(await datasetOf('ham-chui')).toMatchObject({
      revision: 3,
      record: { inventory: { release: { due: '2026-Q1' } } },
    });
    await expect(undo(draft)).rejects.toMatchObject({ code: 'import-not-written' });
    await commit(draft);
    expect(await datasetOf('ham-de-xe')).toMatchObject({ state: 'planned', revision: 1 });
  });

  it('leaves alone what somebody has worked on, spoken of or decided since, and says so', async () => {
    const plan = '2031';
    const draft = await open(
      ['Cống', 'Kè', 'Đê', 'Mương'].map((title) => `1,${title},Sở Xây dựng,Quý I/2031`),
      plan,
    );
    await commit(draft);
    const patch = { description: { vi: 'Vị trí và cao độ.' } };
    await reviseDataset('cong', (record) => mergePatch(record, patch), 1, editor, test.product);
    await commentOnDataset('ke', { body: 'Đã đủ chưa?', pointer: '' }, operator, test.product);
    await savePlan(plan, { title: { vi: 'Kế hoạch 2031' } }, 0, operator, test.product);
    await decideProposals(
      plan,
      ['de'],
      { act: 'accept', reason: '', into: '' },
      operator,
      test.product,
    );
    await issuePlan(plan, { number: '1/QĐ-UBND', date: '2026-11-01' }, operator, test.product);

    const { removed, kept } = await undo(draft);

    expect(removed).toEqual(['muong']);
    expect(kept.map(({ id }) => id)).toEqual(['cong', 'ke', 'de']);
    expect((await datasetOf('cong'))?.record.description?.['vi']).toBe('Vị trí và cao độ.');
  });

  it('touches nothing of an agency that one does not work for any more', async () => {
    const draft = await open(['1,Trạm bơm,Sở Xây dựng,Quý I/2026']);
    await commit(draft);
    const moved: Actor = { ...editor, grants: [{ role: 'editor', agency: 'so-y-te' }] };

    const { removed, kept } = await undo(draft, moved);

    expect(removed).toEqual([]);
    expect(kept).toMatchObject([
      { id: 'tram-bom', why: { en: expect.stringContaining('agency') } },
    ]);
    expect(await datasetOf('tram-bom')).toMatchObject({ state: 'planned', revision: 1 });
  });

  it('says in the audit who imported and undid what', async () => {
    const { rows } = await sql<{ act: string; actor: string }>`
      select act, actor from audit where act like 'import.%' or act = 'dataset.remove'
      order by seq`.execute(test.product.database.current);

    expect(rows.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['import.commit', 'dataset.remove', 'import.undo']),
    );
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set(['Lan']));
  });

  it('takes the sheet, the header and the columns that one says', async () => {
    const bytes = Buffer.from(
      'Danh sách\nA,B,C\nHồ điều hòa,Sở Xây dựng,Quý I/2026\nHồ Tây,Sở Xây dựng,Quý II/2026',
    );
    const draft = await openImport(
      { bytes, fileName: 'x.csv', plan: '2026' },
      accountId,
      editor,
      test.product,
    );
    expect((await judged(draft)).table).toBeUndefined();
    const choose = async (headerRow: number, fields: readonly [number, string][]) =>
      chooseReading(
        await reload(draft),
        { sheet: 0, headerRow, fields: new Map(fields) },
        test.product,
      );

    await choose(2, []);
    await choose(2, [
      [0, 'title'],
      [1, 'publisher'],
      [2, 'due'],
    ]);

    expect(await kinds(draft)).toEqual(['create', 'create']);
    await expect(choose(9, [])).rejects.toMatchObject({ findings: [{ pointer: '/row' }] });
    await expect(
      choose(2, [
        [0, 'title'],
        [1, 'title'],
      ]),
    ).rejects.toMatchObject({ findings: [{ pointer: '/column/1' }] });
  });

  it('knows every table that refers to a dataset', async () => {
    if (!test.url.startsWith('sqlite:')) return;
    const { rows } = await sql<{ name: string }>`
      select distinct m.name from sqlite_master m, pragma_foreign_key_list(m.name) f
      where m.type = 'table' and f."table" = 'dataset'`.execute(test.product.database.current);

    for (const { name } of rows) expect([...tablesThatHold, ...tablesThatFollow]).toContain(name);
  });
});
