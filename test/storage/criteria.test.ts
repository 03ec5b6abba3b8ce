import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { bundledCriteria } from '../../catalog/criteria/bundled-criteria.ts';
import { criteriaRepository } from '../../catalog/criteria/criteria-repository.ts';
import { getEvidence } from '../../catalog/criteria/get-evidence.ts';
import { getReport } from '../../catalog/criteria/get-report.ts';
import { getIndicators, type Indicator } from '../../catalog/criteria/indicators.ts';
import { recordlessMeasures } from '../../catalog/criteria/measures/registry.ts';
import { readPeriod } from '../../catalog/criteria/period.ts';
import { recomputeIndicators } from '../../catalog/criteria/recompute-indicators.ts';
import { saveCriteria } from '../../catalog/criteria/save-criteria.ts';
import { takeIndicators } from '../../catalog/criteria/take-indicators.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import type { Instant } from '../../catalog/kernel/clock.ts';
import type { CriterionRecord } from '../../catalog/model/criterion.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { measurePublished } from '../../catalog/publication/measure-published.ts';
import { usefulnessRepository } from '../../catalog/reuse/usefulness-repository.ts';
import { rollupRepository } from '../../catalog/usage/rollup-repository.ts';
import { sketchRepository } from '../../catalog/usage/sketch-repository.ts';
import { aDataset, anAgency } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

const on = (day: string) => () => `${day}T05:00:00.000Z` as Instant;

describe.each(testDatabases())('the criteria of a small world on $name', ({ create }) => {
  let test: TestProduct;

  /** What the catalogue would be at noon of a day. */
  const at = (day: string) => ({ ...test.product, clock: on(day) });

  async function release(record: DatasetRecord, day: string): Promise<void> {
    await registerDataset(record, operator, at(day));
    for (const act of ['submit', 'approve', 'publish'] as const) {
      await advanceDataset(record.id, act, undefined, operator, at(day));
    }
  }

  async function promise(id: string, due: string): Promise<void> {
    const { distribution: _none, ...bare } = aDataset({ id });
    const inventory = { openness: 'open' as const, release: { plan: '2026', due } };
    await registerDataset({ ...bare, inventory }, operator, at('2026-01-05'));
  }

  async function use(datasetId: string, day: string, count: number): Promise<void> {
    const change = {
      kind: 'download' as const,
      datasetId,
      distributionId: '',
      day,
      count,
      raw: count,
    };
    const { database } = test.product;
    await database.transaction((tx) => rollupRepository(tx, database).add([change]));
  }

  async function visit(day: string, people: number): Promise<void> {
    const visitors = new Set(
      Array.from({ length: people }, (_, who) =>
        createHash('sha256').update(`${day} ${who}`).digest('base64url'),
      ),
    );
    const { database } = test.product;
    await database.transaction((tx) =>
      sketchRepository(tx, database).add([{ datasetId: '', period: day, visitors }]),
    );
  }

  async function reuse(
    id: string,
    type: string,
    datasets: readonly string[],
    deadSince: string | null = null,
  ) {
    const at = '2026-11-01T03:00:00.000Z';
    await test.product.database.transaction(async (tx) => {
      const row = {
        id,
        type,
        state: 'published',
        url: `https://example.vn/${id}`,
        record_json: '{}',
        revision_json: null,
      };
      const times = {
        submitted_at: at,
        changed_at: at,
        published_at: at,
        withdrawn_at: null,
        checked_at: null,
      };
      await tx
        .insertInto('reuse')
        .values({
          ...row,
          ...times,
          email: 'a@example.vn',
          key_hash: id,
          reason: null,
          failures: 0,
          dead_since: deadSince,
          proven_at: null,
        })
        .execute();
      await tx
        .insertInto('reuse_dataset')
        .values(datasets.map((dataset_id) => ({ reuse_id: id, dataset_id })))
        .execute();
    });
  }

  async function ask(
    id: string,
    kind: string,
    due: string,
    answered: string | undefined,
    agency: string | undefined,
  ) {
    const at = '2026-11-01T03:00:00.000Z';
    const row = {
      id,
      kind,
      state: answered === undefined ? 'assigned' : 'answered',
      shown: 1,
      record_json: '{}',
      folded: '',
      email: null,
    };
    const standing = {
      agency_id: agency ?? null,
      dataset_id: null,
      supporters: 0,
      answer_json: null,
      reason: null,
    };
    const times = {
      received_at: at,
      due,
      answered_at: answered === undefined ? null : `${answered}T03:00:00.000Z`,
      changed_at: at,
    };
    await test.product.database.transaction((tx) =>
      tx
        .insertInto('inquiry')
        .values({ ...row, ...standing, ...times })
        .execute(),
    );
  }

  async function rate(datasetId: string, useful: number, useless: number): Promise<void> {
    await test.product.database.transaction((tx) =>
      usefulnessRepository(tx).add(datasetId, '2026-11-05', { useful, useless }),
    );
  }

  async function score(id: string, points: readonly number[]): Promise<void> {
    const [correct, complete, clean, live, unified, shared] = points as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    await test.product.database.transaction((tx) =>
      tx
        .updateTable('quality')
        .set({ correct, complete, clean, live, unified, shared })
        .where('dataset_id', '=', id)
        .execute(),
    );
  }

  async function indicators(scope: string, period: string) {
    return getIndicators(scope, readPeriod(period), '2026-11-24', test.product.database.read);
  }

  async function indicatorOf(code: string, scope: string, period: string): Promise<Indicator> {
    const found = (await indicators(scope, period)).items.find((item) => item.code === code);
    if (!found) throw new Error(`no criterion ${code}`);
    return found;
  }

  /*
   * The Department of Construction (so-xay-dung) promised four datasets for 2026: `a` came on time, `b` late, `c` is
   * missing, `d` is due at the end of the year. The Department of Health (so-y-te) published `e`, which it had not
   * promised, without saying how open it is; its record does not conform any more. The coordinator has nothing.
   */
  beforeAll(async () => {
    test = await startProduct(create);
    await test.product.database.transaction(async (tx) => {
      await saveAgency(
        tx,
        anAgency({ id: 'so-y-te', name: { vi: 'Sở Y tế' }, altName: [] }),
        on('2026-01-01'),
      );
      const foreign = {
        id: 'bo-y-te',
        iri: 'https://moh.example.vn/',
        name: { vi: 'Bộ Y tế' },
        altName: [],
      };
      await saveAgency(tx, anAgency(foreign), on('2026-01-01'));
    });
    const inventory = (due: string) => ({
      openness: 'open' as const,
      release: { plan: '2026', due },
    });
    await release(
      aDataset({
        id: 'a',
        theme: ['TRAN'],
        accrualPeriodicity: 'MONTHLY',
        modified: '2026-11-01',
        inventory: inventory('2026-Q1'),
      }),
      '2026-03-20',
    );
    await release(
      aDataset({
        id: 'b',
        theme: ['REGI'],
        accrualPeriodicity: 'QUARTERLY',
        modified: '2026-06-30',
        inventory: inventory('2026-Q2'),
      }),
      '2026-07-10',
    );
    await promise('c', '2026-Q3');
    await promise('d', '2026-Q4');
    await release(
      aDataset({ id: 'e', publisher: 'so-y-te', theme: ['HEAL'], accrualPeriodicity: 'IRREG' }),
      '2026-10-15',
    );
    await test.product.database.transaction(async (tx) => {
      const row = await tx
        .selectFrom('dataset')
        .select('record_json')
        .where('id', '=', 'e')
        .executeTakeFirstOrThrow();
      const { description: _gone, ...broken } = JSON.parse(row.record_json) as DatasetRecord;
      await tx
        .updateTable('dataset')
        .set({ record_json: JSON.stringify(broken) })
        .where('id', '=', 'e')
        .execute();
    });
    await measurePublished(at('2026-11-24'));
    await score('a', [100, 100, 100, 100, 100, 100]);
    await score('b', [80, 80, 80, 80, 80, 80]);
    await score('e', [100, 90, 80, 70, 60, 50]);
    await use('a', '2026-10-10', 100);
    await use('b', '2026-10-20', 58);
    await use('a', '2026-11-02', 180);
    await use('e', '2026-11-20', 36);
    await reuse('u1', 'application', ['a', 'e']);
    await reuse('u2', 'study', ['a']);
    await reuse('u3', 'article', ['b'], '2026-11-10T00:00:00.000Z');
    await ask('q1', 'request', '2026-11-10', '2026-11-09', 'so-y-te');
    await ask('q2', 'feedback', '2026-11-12', '2026-11-15', 'so-y-te');
    await ask('q3', 'request', '2026-11-20', undefined, undefined);
    await ask('q4', 'request', '2026-11-28', undefined, 'so-y-te');
    await rate('a', 4, 1);
    await rate('e', 2, 0);
    await visit('2026-11-02', 3);
    await visit('2026-11-20', 2);
    await takeIndicators(at('2026-11-24'));
  });
  afterAll(() => test.close());

  /** The arithmetic stands beside each value. */
  const byHand: readonly {
    readonly code: string;
    readonly period: string;
    readonly scope?: string;
    readonly value: number | undefined;
    readonly how: string;
  }[] = [
    {
      code: 'inventory-coverage',
      period: '2026',
      value: 33.3,
      how: 'so-xay-dung of 3 agencies; the foreign one is not the city’s',
    },
    {
      code: 'inventory-coverage',
      period: '2026',
      scope: 'publisher/so-y-te',
      value: 0,
      how: 'e does not say how open it is',
    },
    { code: 'plan-released', period: '2026', value: 50, how: 'a, b of a, b, c, d' },
    { code: 'plan-released', period: '2026-Q4', value: 0, how: 'none of d' },
    {
      code: 'plan-released',
      period: '2026-11',
      value: undefined,
      how: 'nothing is due in November',
    },
    {
      code: 'released-on-time',
      period: '2026',
      value: 33.3,
      how: 'a of a, b, c; d is not due yet',
    },
    {
      code: 'released-on-time',
      period: '2026',
      scope: 'theme/TRAN',
      value: 50,
      how: 'a of a, c; d is not due yet',
    },
    { code: 'released-on-time', period: '2026', scope: 'dataset/b', value: 0, how: 'b was late' },
    {
      code: 'updated-on-time',
      period: '2026-11',
      value: 50,
      how: 'a of a, b; e has no definite frequency',
    },
    {
      code: 'standards-conformance',
      period: '2026-11',
      value: 50,
      how: 'so-xay-dung of it and so-y-te',
    },
    { code: 'quality', period: '2026-11', value: 85, how: '(100 + 80 + 75) ÷ 3' },
    {
      code: 'quality',
      period: '2026-11',
      scope: 'publisher/so-xay-dung',
      value: 90,
      how: '(100 + 80) ÷ 2',
    },
    {
      code: 'use-trend',
      period: '2026-11',
      value: 50,
      how: '216 ÷ (3 × 24 days) = 3 against 158 ÷ (31 + 31 + 17 days) = 2',
    },
    {
      code: 'use-trend',
      period: '2026-11',
      scope: 'dataset/b',
      value: -100,
      how: '0 ÷ 24 against 58 ÷ 31',
    },
    { code: 'use-trend', period: '2026', value: undefined, how: 'nothing was open in 2025' },
    { code: 'use-breadth', period: '2026-11', value: 66.7, how: 'a, e of a, b, e' },
    { code: 'visitors', period: '2026-11', value: 5, how: '3 and 2 on two days' },
    {
      code: 'visitors',
      period: '2026-11',
      scope: 'publisher/so-y-te',
      value: undefined,
      how: 'known of the city alone',
    },
    { code: 'visitors', period: '2026-10', value: 0, how: 'nobody came' },
    {
      code: 'reuse',
      period: '2026-11',
      value: 66.7,
      how: 'a and e of a, b, e; what was made of b is dead',
    },
    { code: 'reuse', period: '2026-10', value: 0, how: 'nothing was published yet' },
    {
      code: 'reuse-by-type',
      period: '2026-11',
      value: 2,
      how: 'an application and a study; the article is dead',
    },
    {
      code: 'requests-answered',
      period: '2026-11',
      value: 33.3,
      how: 'q1 of q1, q2 (late), q3 (missing); q4 is not due',
    },
    {
      code: 'requests-answered',
      period: '2026-11',
      scope: 'publisher/so-y-te',
      value: 50,
      how: 'q1 of q1, q2',
    },
    { code: 'satisfaction', period: '2026-11', value: 85.7, how: '6 of 7' },
    {
      code: 'satisfaction',
      period: '2026-11',
      scope: 'dataset/e',
      value: undefined,
      how: 'two ratings are too few',
    },
    { code: 'use-breadth', period: '2026-10', value: 66.7, how: 'a, b of a, b, e' },
  ];

  it.each(byHand)(
    '$code of $scope in $period is $value: $how',
    async ({ code, period, scope = 'city', value }) => {
      expect((await indicatorOf(code, scope, period)).value).toBe(value);
    },
  );

  it('computes every bundled criterion', () => {
    const codes = new Set(byHand.map(({ code }) => code));

    expect(bundledCriteria.map(({ code }) => code).filter((code) => !codes.has(code))).toEqual([]);
  });

  it('says what each value is made from, down to the records', async () => {
    const { evidence } = await indicatorOf('released-on-time', 'city', '2026');
    expect(evidence).toEqual({
      counted: 1,
      of: 3,
      measures: { releasesOnTime: 1, releasesDue: 3 },
      against: 'releasesNotOnTime',
      missing: ['dataset/b', 'dataset/c'],
    });
    const { read } = test.product.database;
    expect(await getEvidence('releasesDue', 'city', readPeriod('2026'), read)).toEqual([
      { kind: 'dataset', id: 'a', agency: 'so-xay-dung', amount: 1 },
      { kind: 'dataset', id: 'b', agency: 'so-xay-dung', amount: 1 },
      { kind: 'dataset', id: 'c', agency: 'so-xay-dung', amount: 1 },
    ]);
    expect(await getEvidence('uses', 'theme/HEAL', readPeriod('2026-11'), read)).toEqual([
      { kind: 'dataset', id: 'e', agency: 'so-y-te', amount: 36 },
    ]);
    expect(await getEvidence('agenciesNotConforming', 'city', readPeriod('2026-11'), read)).toEqual(
      [{ kind: 'agency', id: 'so-y-te', agency: 'so-y-te', amount: 1 }],
    );
    await expect(getEvidence('rubbish', 'city', readPeriod('2026'), read)).rejects.toMatchObject({
      code: 'measure-not-found',
    });
  });

  it('gives the sum of the records as every measure of the city', async () => {
    const { read } = test.product.database;
    for (const { evidence } of (await indicators('city', '2026-11')).items) {
      for (const [measure, amount] of Object.entries(evidence.measures)) {
        if (recordlessMeasures.has(measure)) continue;
        const records = await getEvidence(measure, 'city', readPeriod('2026-11'), read);
        expect([measure, records.reduce((sum, each) => sum + each.amount, 0)]).toEqual([
          measure,
          amount,
        ]);
      }
    }
  });

  it('gathers a report of the year', async () => {
    const report = await getReport(readPeriod('2026'), '2026-11-24', test.product.database.read);
    expect(report).toMatchObject({
      period: '2026',
      version: 1,
      isClosed: false,
      city: { scope: 'city' },
    });
    expect(report.city.items).toEqual((await indicators('city', '2026')).items);
    const own = report.agencies.find(({ agency }) => agency === 'so-xay-dung');
    expect(own?.items).toEqual((await indicators('publisher/so-xay-dung', '2026')).items);
    expect(report.groups.map(({ code, isRanked }) => [code, isRanked])).toEqual([
      ['small', false],
      ['too-few', false],
    ]);
  });

  it('takes the target of the year, and of one to come while there is none', async () => {
    expect(await indicatorOf('released-on-time', 'city', '2026')).toMatchObject({
      target: 100,
      targetYear: '2026',
      isReached: false,
    });
    expect(await indicatorOf('standards-conformance', 'city', '2026')).toMatchObject({
      target: 100,
      targetYear: '2028',
    });
  });

  it('writes nothing when nothing has changed', async () => {
    const rows = () =>
      test.product.database.read
        .selectFrom('indicator')
        .selectAll()
        .orderBy('period')
        .orderBy('scope')
        .execute();
    const before = await rows();
    expect(await takeIndicators(at('2026-11-24'))).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  it('closes a month with what its records say, and leaves it alone from then on', async () => {
    // Late in November e is used again; in December b is brought up to date, and everything changes.
    await use('e', '2026-11-30', 54);
    expect(await takeIndicators(at('2026-12-02'))).toEqual(['2026-11']);
    const closed = await indicators('city', '2026-11');
    expect(closed).toMatchObject({ isClosed: true, version: 1 });
    // 270 uses ÷ (3 × 30 days) = 3 against 2.
    expect((await indicatorOf('use-trend', 'city', '2026-11')).value).toBe(50);
    // Not dated: as it was last measured in November.
    expect((await indicatorOf('updated-on-time', 'city', '2026-11')).value).toBe(50);

    await use('e', '2026-11-30', 1000);
    await takeIndicators(at('2026-12-03'));
    expect(await indicators('city', '2026-11')).toEqual(closed);
    // Not even when the clock jumps back.
    await takeIndicators(at('2026-11-30'));
    expect(await indicators('city', '2026-11')).toEqual(closed);
    await takeIndicators(at('2026-12-03'));
    expect((await indicatorOf('released-on-time', 'city', '2026')).trend.at(-1)?.period).toBe(
      '2026',
    );
  });

  describe('in a second version', () => {
    const stricter = (): readonly CriterionRecord[] =>
      bundledCriteria.map((criterion) =>
        criterion.code === 'use-breadth'
          ? { ...criterion, formula: 'percent(datasetsUsed, 2 * datasetsOpen)' }
          : criterion,
      );

    it('is a draft that may be changed, until the day it comes into force', async () => {
      const deps = at('2026-12-03');
      const draft = { plan: '2027', criteria: stricter() };
      expect(await saveCriteria(2, draft, 0, operator, deps)).toMatchObject({
        version: 2,
        revision: 1,
      });
      await expect(saveCriteria(2, draft, 7, operator, deps)).rejects.toMatchObject({
        code: 'edit-conflict',
      });
      await expect(saveCriteria(4, draft, 0, operator, deps)).rejects.toMatchObject({
        code: 'version-out-of-order',
      });
      const past = { ...draft, inForceFrom: '2026-12-01' };
      await expect(saveCriteria(2, past, 1, operator, deps)).rejects.toMatchObject({
        code: 'criteria-invalid',
      });
      await saveCriteria(2, { ...draft, inForceFrom: '2026-12-10' }, 1, operator, deps);
      await expect(saveCriteria(2, draft, 2, operator, at('2026-12-10'))).rejects.toMatchObject({
        code: 'criteria-in-force',
      });
      expect(
        (await criteriaRepository(deps.database.read).list()).map(({ version }) => version),
      ).toEqual([1, 2]);
    });

    it('measures from then on, and the past only when somebody says so, saying which version', async () => {
      await takeIndicators(at('2026-12-11'));
      expect((await indicators('city', '2026-12')).version).toBe(2);
      expect(await indicatorOf('use-breadth', 'city', '2026-11')).toMatchObject({ value: 66.7 });

      const done = await recomputeIndicators('2026-10-01', 2, operator, at('2026-12-11'));
      expect(done).toEqual({
        version: 2,
        periods: [
          { period: '2026-10', from: 'kept' },
          { period: '2026-11', from: 'kept' },
        ],
      });
      expect(await indicators('city', '2026-11')).toMatchObject({ version: 2, isClosed: true });
      expect((await indicatorOf('use-breadth', 'city', '2026-11')).value).toBe(33.3);
      // What was measured stays: only the formula is another.
      expect((await indicatorOf('use-trend', 'city', '2026-11')).value).toBe(50);
      const trend = (await indicatorOf('use-breadth', 'city', '2026-11')).trend;
      expect(trend.map(({ version }) => version)).toEqual([2, 2]);
    });

    it('refuses what cannot be computed, with the place of it', async () => {
      const [first] = bundledCriteria as [CriterionRecord];
      const wrong = {
        criteria: [
          first,
          { ...first, formula: 'percent(agencies,' },
          { ...first, code: 'x', formula: 'agencies / rubbish' },
        ],
      };
      await expect(saveCriteria(3, wrong, 0, operator, at('2026-12-11'))).rejects.toMatchObject({
        code: 'criteria-invalid',
        findings: [
          { pointer: '/criteria/1/code', keyword: 'uniqueItems' },
          {
            pointer: '/criteria/1/formula',
            keyword: 'formula',
            message: { en: expect.stringContaining('Character 18') },
          },
          {
            pointer: '/criteria/2/formula',
            keyword: 'measure',
            message: { en: expect.stringContaining('"rubbish"') },
          },
        ],
      });
    });
  });
});
