import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localDate, systemClock } from '../../catalog/kernel/clock.ts';
import { proposalsOf } from '../../catalog/plan/plan-entries.ts';
import { planVersionRepository } from '../../catalog/plan/plan-version-repository.ts';
import { fillCommitments } from '../../catalog/plan/reflect-commitments.ts';
import { commitmentsOf } from '../../catalog/plan/roadmap.ts';
import { waitingChanges } from '../../catalog/plan/waiting-changes.ts';
import { type Database, openDatabase } from '../../catalog/storage/database.ts';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';

const year = '2026';
const at = '2026-01-02T03:04:05.000Z';

describe.each(testDatabases())('a plan from before it had rows, on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let database: Database;

  beforeAll(async () => {
    fresh = await create();
    database = openDatabase(fresh.url);
    await database.migrate('0074-inventory-priority');
    const record = aDataset({ id: 'xe', inventory: { release: { plan: year, due: '2026-Q3' } } });
    const entry = {
      datasetId: 'xe',
      field: 'Giao thông',
      title: record.title,
      publisher: record.publisher,
      due: '2026-Q2',
    };
    const version = {
      year,
      version: 1,
      decision: { number: '1/QĐ', date: '2026-01-02' },
      title: { vi: 'Kế hoạch' },
      entries: [entry],
    };
    const changed = { changed_at: at, revision: 1 };
    await database.transaction(async (tx) => {
      const agency = { id: record.publisher, name: 'Sở', record_json: '{}', ...changed };
      await tx.insertInto('agency').values(agency).execute();
      const dataset = {
        id: 'xe',
        publisher_id: record.publisher,
        state: 'draft',
        title: 'Xe',
        record_json: JSON.stringify(record),
        plan_year: year,
        release_due: '2026-Q3',
        created_at: at,
        ...changed,
      };
      await tx.insertInto('dataset').values(dataset).execute();
      await tx
        .insertInto('plan')
        .values({ year, record_json: JSON.stringify({ year, title: version.title }), ...changed })
        .execute();
      await tx
        .insertInto('plan_version')
        .values({
          year,
          version: 1,
          record_json: JSON.stringify(version),
          issued_at: at,
          issued_by: 'Điều phối',
        })
        .execute();
      const decided = { state: 'accepted', decided_by: 'Điều phối', decided_at: at };
      await tx
        .insertInto('plan_proposal')
        .values({ year, dataset_id: 'xe', ...decided })
        .execute();
    });
    await database.migrate();
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  it('keeps what its decisions froze', async () => {
    const issued = await planVersionRepository(database.current).latest(year);

    expect(issued).toMatchObject({ version: 1, decision: { number: '1/QĐ' }, issuedAt: at });
    expect(issued?.entries).toMatchObject([
      { datasetId: 'xe', field: 'Giao thông', due: '2026-Q2' },
    ]);
  });

  it('gets the rows of its datasets once, when the product starts', async () => {
    expect(await fillCommitments(database)).toBe(1);
    expect(await fillCommitments(database)).toBe(0);

    const db = database.current;
    expect(await proposalsOf(year, db)).toMatchObject([
      { entry: { datasetId: 'xe', due: '2026-Q3' }, decision: { state: 'accepted' } },
    ]);
    expect(await commitmentsOf(year, localDate(systemClock()), db)).toMatchObject([
      { datasetId: 'xe', due: '2026-Q2', title: aDataset().title },
    ]);
    const { changed } = await waitingChanges(year, 1, db);
    expect(changed.map(({ fields }) => fields)).toEqual([['field', 'accrualPeriodicity', 'due']]);
  });
});
