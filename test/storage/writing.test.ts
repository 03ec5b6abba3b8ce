import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, operator } from '../../catalog/access/actor.ts';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { type Dataset, datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { reviseDataset } from '../../catalog/inventory/revise-dataset.ts';
import { writeDatasets } from '../../catalog/inventory/write-datasets.ts';
import type { DatasetRecord, DatasetState } from '../../catalog/model/dataset.ts';
import { type Act, datasetStates, type Role, transitions } from '../../catalog/model/lifecycle.ts';
import { commitmentRepository } from '../../catalog/plan/commitment-repository.ts';
import { planRepository } from '../../catalog/plan/plan-repository.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { exportCatalog } from '../../catalog/publication/export-catalog.ts';
import { publishedRepository } from '../../catalog/publication/published-repository.ts';
import { rebaseCatalog } from '../../catalog/publication/rebase-catalog.ts';
import { reflectPublication } from '../../catalog/publication/reflect-publication.ts';
import { aDataset, aDistribution } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const acts = Object.keys(transitions) as Act[];
const roles: readonly Role[] = ['editor', 'approver', 'coordinator', 'administrator'];

describe.each(testDatabases())('the catalogue on $name', ({ create }) => {
  let test: TestProduct;
  let serial = 0;

  beforeAll(async () => {
    test = await startProduct(create);
  });
  afterAll(() => test.close());

  const repository = () => datasetRepository(test.product.database.read);
  const nextId = () => {
    serial += 1;
    return `tap-${serial}`;
  };

  /** A dataset that stands in a state, written past the workflow. */
  async function standing(state: DatasetState, changes: Partial<DatasetRecord> = {}) {
    const record = aDataset({ id: nextId(), ...changes });
    const at = test.product.clock();
    const dataset: Dataset = { record, state, revision: 1, createdAt: at, changedAt: at };
    await test.product.database.transaction((tx) =>
      writeDatasets(tx, [{ after: dataset, act: 'test' }], operator, test.product.reflect),
    );
    return record.id;
  }

  it('gives back a record as it was put in, language tags and odd characters included', async () => {
    const record = aDataset({
      id: nextId(),
      title: { vi: 'Đường "Láng" \\ ]]> 🚌 e\u0302\u0301', 'zh-Hant': '公車' },
      version: "'; drop table dataset; --",
    });
    await registerDataset(record, operator, test.product);

    expect((await repository().find(record.id))?.record).toEqual(record);
  });

  it('lets the first of two writers through, and tells the second', async () => {
    const id = await standing('draft');
    const write = () =>
      reviseDataset(id, (record) => ({ ...record, version: '2' }), 1, operator, test.product);
    await write();

    await expect(write()).rejects.toMatchObject({ kind: 'stale', code: 'edit-conflict' });
    expect((await repository().find(id))?.revision).toBe(2);
    expect(await repository().listRevisions(id)).toHaveLength(2);
  });

  it('does not let a dataset take a distribution of another', async () => {
    await standing('draft', { distribution: [aDistribution({ id: 'chung' })] });
    const before = (await repository().countByState()).get('draft');
    const thief = aDataset({ id: nextId(), distribution: [aDistribution({ id: 'chung' })] });

    await expect(registerDataset(thief, operator, test.product)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'distribution-taken',
    });
    expect((await repository().countByState()).get('draft')).toBe(before);
  });

  it('frees the id of a distribution that was taken out', async () => {
    const id = await standing('draft', { distribution: [aDistribution({ id: 'tam' })] });
    await reviseDataset(
      id,
      (record) => ({ ...record, distribution: [aDistribution({ id: 'khac' })] }),
      1,
      operator,
      test.product,
    );
    const heir = aDataset({ id: nextId(), distribution: [aDistribution({ id: 'tam' })] });
    await registerDataset(heir, operator, test.product);

    expect((await repository().findDistribution('tam'))?.datasetId).toBe(heir.id);
  });

  it('writes all of a change or nothing of it', async () => {
    const id = await standing('approved');
    const version = await test.product.database.version();
    const failing = {
      ...test.product,
      reflect: async (...change: Parameters<typeof test.product.reflect>) => {
        await test.product.reflect(...change);
        throw new Error('the disk is full');
      },
    };

    await expect(advanceDataset(id, 'publish', undefined, operator, failing)).rejects.toThrow(
      'the disk is full',
    );
    const published = publishedRepository(test.product.database.read);
    expect((await repository().find(id))?.state).toBe('approved');
    expect(await repository().listRevisions(id)).toHaveLength(1);
    expect((await published.standingOf([id])).size).toBe(0);
    expect(await test.product.database.version()).toBe(version);
    expect(await found(id)).toBe(false);
  });

  async function found(id: string): Promise<boolean> {
    const rows = await test.product.database.read
      .selectFrom('published_facet')
      .innerJoin('published', 'published.position', 'published_facet.position')
      .select('published.dataset_id')
      .where('published.dataset_id', '=', id)
      .execute();
    return rows.length > 0;
  }

  describe.each(acts)('%s', (act) => {
    const { from, to, reason } = transitions[act];
    it.each(datasetStates)('starts from %s only if the workflow says so', async (state) => {
      const id = await standing(state);
      const done = advanceDataset(id, act, reason ? 'Vì sao' : undefined, operator, test.product);

      if (from.includes(state)) {
        expect((await done).state).toBe(to);
        expect((await repository().find(id))?.state).toBe(to);
      } else {
        await expect(done).rejects.toMatchObject({ kind: 'conflict', code: 'state-conflict' });
        expect((await repository().find(id))?.revision).toBe(1);
      }
    });

    it.each(roles)('may be done by %s of the agency only if the workflow says so', async (role) => {
      const id = await standing(from[0] ?? 'draft');
      const mine: Actor = { name: 'x', grants: [{ role, agency: 'so-xay-dung' }] };
      const others: Actor = { name: 'x', grants: [{ role, agency: 'so-khoa-hoc-va-cong-nghe' }] };
      const why = reason ? 'Vì sao' : undefined;

      await expect(advanceDataset(id, act, why, others, test.product)).rejects.toMatchObject({
        kind: expect.stringMatching(/^(forbidden|not-found)$/),
      });
      const done = advanceDataset(id, act, why, mine, test.product);
      if (transitions[act].roles.includes(role)) expect((await done).state).toBe(to);
      else await expect(done).rejects.toMatchObject({ kind: 'forbidden' });
    });
  });

  it('remembers the first release, and not the second', async () => {
    const id = await standing('approved');
    const first = await advanceDataset(id, 'publish', undefined, operator, test.product);
    await reviseDataset(id, (record) => ({ ...record, version: '2' }), 2, operator, test.product);

    expect((await repository().find(id))?.releasedAt).toBe(first.releasedAt);
  });

  it('gives ten publications at once positions without gap or double', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => standing('approved')));
    const published = publishedRepository(test.product.database.read);
    const { lastPosition } = await published.extent();
    await Promise.all(
      ids.map((id) => advanceDataset(id, 'publish', undefined, operator, test.product)),
    );
    const places = [...(await published.standingOf(ids)).values()];
    const positions = places.map(({ position }) => position).sort((a, b) => a - b);

    expect(positions).toEqual(Array.from({ length: 10 }, (_, index) => lastPosition + index + 1));
  });

  it('exports one moment while others write', async () => {
    await test.publish(aDataset({ id: nextId() }));
    const { describer, database } = test.product;
    const extent = await publishedRepository(database.read).extent();
    const texts = await database.snapshot(async (db) => {
      const before = (await publishedRepository(db).extent()).live;
      await test.publish(aDataset({ id: nextId(), title: { vi: 'Đến sau' } }));
      let text = '';
      for await (const piece of exportCatalog('nt', describer, db)) text += piece;
      return { before, text };
    });

    expect(texts.before).toBe(extent.live);
    expect(texts.text).not.toContain('Đến sau');
    expect(texts.text.match(/#type> <http:\/\/www.w3.org\/ns\/dcat#Dataset>/g)).toHaveLength(
      extent.live,
    );
  });

  it('keeps plans by year, and finds their commitments', async () => {
    const plan = { title: { vi: 'Kế hoạch 2031' } };
    await savePlan('2031', plan, 0, operator, test.product);
    const late = await standing('planned', {
      inventory: { release: { plan: '2031', due: '2031-Q4' } },
    });
    const soon = await standing('planned', {
      inventory: { release: { plan: '2031', due: '2031-Q1' } },
    });
    await standing('planned', { inventory: { release: { plan: '2031' } } });
    const plans = planRepository(test.product.database.read);

    expect((await plans.find('2031'))?.record).toEqual({ year: '2031', ...plan });
    expect(await plans.years()).toContain('2031');
    const lines = await commitmentRepository(test.product.database.read).lines('2031');
    expect(lines.map(({ datasetId }) => datasetId)).toEqual([soon, late]);
    await expect(savePlan('2031', plan, 0, operator, test.product)).rejects.toMatchObject({
      kind: 'stale',
    });
  });

  it('moves to another origin, published forms and own addresses with it, once', async () => {
    const id = nextId();
    const own = `https://data.example.vn/download/${id}-csv/x.csv`;
    await test.publish(
      aDataset({ id, distribution: [aDistribution({ id: `${id}-csv`, downloadURL: own })] }),
    );
    const deps = {
      ...test.product,
      reflect: reflectPublication(createDescriber('https://new.example.vn')),
    };

    expect(await rebaseCatalog('https://new.example.vn', deps)).toBeGreaterThan(0);
    expect(await rebaseCatalog('https://new.example.vn', deps)).toBe(0);
    const form = await publishedRepository(test.product.database.read).findForm(id, 'nt');
    expect(form?.body).toContain(`https://new.example.vn/download/${id}-csv/x.csv`);
    expect(form?.body).not.toContain('data.example.vn');
  });
});
