import { setImmediate as pause } from 'node:timers/promises';
import type { Describer } from '../dcat/record-forms.ts';
import { type Dataset, datasetRepository } from '../inventory/dataset-repository.ts';
import { qualityFacts } from '../inventory/quality-facts.ts';
import type { ReflectChanges } from '../inventory/write-datasets.ts';
import { type Clock, localDate, startOfDay } from '../kernel/clock.ts';
import { averageRepository } from '../quality/average-repository.ts';
import { qualityRepository } from '../quality/quality-repository.ts';
import { scoreDataset } from '../quality/score-dataset.ts';
import { sameFigures, toFarewellRow, toHistoryRow, toRow } from '../quality/score-row.ts';
import { bumpCatalogVersion } from '../storage/catalog-version.ts';
import type { Database, Tx } from '../storage/database.ts';
import { figuresKey } from './measured-record.ts';
import { publishedRepository } from './published-repository.ts';
import { writeForms } from './reflect-publication.ts';

export interface MeasureDeps {
  readonly database: Database;
  readonly describer: Describer;
  readonly clock: Clock;
  /** Takes the new figures into the search, which filters by them. */
  readonly index: ReflectChanges;
}

/** What a round of measuring did. */
export interface Measured {
  readonly scored: number;
  /** Datasets whose feed says other figures now. */
  readonly rewritten: number;
}

/** So many at once that a request never waits long for its turn. */
const batch = 20;

/**
 * Scores every published dataset that was never scored, has changed, or was not yet scored today, keeps the history,
 * and publishes the figures that changed: the score and the downloads. Repeated, it does nothing until the next day.
 *
 * Writing a dataset does not wait for this: a score is a fact about a moment, as an address that answers is one.
 *
 * @param isStopped asked between batches; what is left is done the next time
 */
export async function measurePublished(
  deps: MeasureDeps,
  isStopped: () => boolean = () => false,
): Promise<Measured> {
  let scored = 0;
  let rewritten = 0;
  const gone = await forgetWithdrawn(deps);
  let last: string | undefined = '';
  while (!isStopped()) {
    const today = localDate(deps.clock());
    const { read } = deps.database;
    const ids = await qualityRepository(read).due(startOfDay(today), last, batch);
    last = ids.at(-1);
    if (last === undefined) break;
    const datasets = [...(await datasetRepository(read).findMany(ids)).values()];
    await deps.database.transaction((tx) => keepScores(tx, datasets, today, deps));
    rewritten += await publishFigures(ids, deps);
    scored += ids.length;
    await pause();
  }
  if (scored + gone > 0) {
    const today = localDate(deps.clock());
    await deps.database.transaction((tx) => averageRepository(tx).take(today));
  }
  return { scored, rewritten };
}

async function keepScores(
  tx: Tx,
  datasets: readonly Dataset[],
  today: string,
  { describer: { baseURL }, clock }: MeasureDeps,
): Promise<void> {
  const repository = qualityRepository(tx);
  const records = datasets.map(({ record }) => record);
  const facts = await qualityFacts(records, tx, { baseURL, today });
  const before = await repository.figuresOf(records.map(({ id }) => id));
  const at = clock();
  const rows = datasets.map(({ record, revision }) => {
    const score = scoreDataset(record, facts);
    const made = { datasetId: record.id, publisher: record.publisher, revision, at, score };
    const row = toRow(made, at);
    const old = before.get(record.id);
    return old && sameFigures(old, row)
      ? { row: { ...row, changed_at: old.changed_at }, isNew: false }
      : { row, isNew: true };
  });
  await repository.save(rows.map(({ row }) => row));
  const news = rows.filter(({ isNew }) => isNew);
  await repository.saveHistory(news.map(({ row }) => toHistoryRow(row, today)));
}

/** Writes the forms of those datasets anew whose published figures are not the measured ones. Gives how many. */
async function publishFigures(ids: readonly string[], deps: MeasureDeps): Promise<number> {
  const stale = await staleOf(ids, deps.database.read);
  if (stale.length === 0) return 0;
  return deps.database.transaction(async (tx) => {
    // The lock on the version comes first: whoever publishes one of these meanwhile waits, or is seen here.
    const version = await bumpCatalogVersion(tx);
    const still = await staleOf(stale, tx);
    const datasets = [...(await datasetRepository(tx).findMany(still)).values()];
    const live = datasets.filter(({ state }) => state === 'published');
    await writeForms(tx, live, version, deps.describer);
    await deps.index(
      tx,
      live.map((dataset) => ({ before: dataset, after: dataset, act: 'measure' })),
    );
    return live.length;
  });
}

async function staleOf(ids: readonly string[], db: Database['read']): Promise<readonly string[]> {
  const totals = await qualityRepository(db).totalsOf(ids);
  const standing = await publishedRepository(db).standingOf(ids);
  return [...standing].flatMap(([id, { downloads, measured }]) =>
    figuresKey({ quality: totals.get(id), downloads }) === measured ? [] : [id],
  );
}

/** Ends the history of what was withdrawn. Gives how many. */
async function forgetWithdrawn({ database, clock }: MeasureDeps): Promise<number> {
  const today = localDate(clock());
  const left = await qualityRepository(database.read).left();
  if (left.length === 0) return 0;
  await database.transaction(async (tx) => {
    await qualityRepository(tx).saveHistory(
      left.map(({ id, publisher }) => toFarewellRow(id, publisher, today)),
    );
    await qualityRepository(tx).remove(left.map(({ id }) => id));
  });
  return left.length;
}
