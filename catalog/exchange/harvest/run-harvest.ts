import { type Actor, assertMay } from '../../access/actor.ts';
import { recordAct } from '../../audit/record-act.ts';
import { advanceDataset } from '../../inventory/advance-dataset.ts';
import { agencyRepository } from '../../inventory/agency-repository.ts';
import { type InventoryDeps, unknownAgency } from '../../inventory/register-dataset.ts';
import { later } from '../../kernel/clock.ts';
import { CatalogError } from '../../kernel/errors.ts';
import type { IncomingItem } from '../import-item.ts';
import { graphPolicy, sourcePolicy } from '../import-policy.ts';
import { type ImportReport, importRecords } from '../import-records.ts';
import { type HarvestReport, type HarvestState, harvestRepository } from './harvest-repository.ts';
import { decodeHarvestSource, type HarvestSource, hoursBetween } from './harvest-source.ts';

const hourMs = 3_600_000;
/** A round that has not ended by then has died with its process. */
const longestHours = 12;

/**
 * Writes down another catalogue to be read.
 *
 * @throws {CatalogError} `invalid` / `harvest-source-invalid`, `conflict` / `harvest-source-exists`, `forbidden`
 */
export async function addHarvestSource(
  input: unknown,
  actor: Actor,
  deps: InventoryDeps,
): Promise<HarvestSource> {
  assertMay(actor, ['administrator']);
  const source = decodeHarvestSource(input);
  const at = deps.clock();
  await deps.database.transaction(async (tx) => {
    await assertAgencyKnown(source, tx);
    const repository = harvestRepository(tx);
    if (await repository.find(source.name)) {
      throw new CatalogError('conflict', 'harvest-source-exists', {
        vi: `Đã có nguồn "${source.name}"; hãy chọn tên khác, hoặc xóa nguồn đó trước.`,
        en: `There is a source "${source.name}" already; choose another name, or remove that one first.`,
      });
    }
    await repository.insert(source, at, hoursBetween(source) === undefined ? undefined : at);
    const subject = `harvest/${source.name}`;
    await recordAct(tx, { at, by: actor, act: 'harvest.add', subject, after: source });
  });
  return source;
}

async function assertAgencyKnown(
  { publisher }: HarvestSource,
  db: Parameters<typeof agencyRepository>[0],
): Promise<void> {
  if (publisher === undefined || (await agencyRepository(db).find(publisher))) return;
  const finding = unknownAgency('/publisher', publisher);
  throw new CatalogError('invalid', 'harvest-source-invalid', finding.message, {
    findings: [finding],
  });
}

/**
 * Forgets a source; what came from it stays.
 *
 * @throws {CatalogError} `not-found` / `harvest-source-unknown`, `forbidden`
 */
export async function removeHarvestSource(
  name: string,
  actor: Actor,
  deps: InventoryDeps,
): Promise<void> {
  assertMay(actor, ['administrator']);
  await deps.database.transaction(async (tx) => {
    const { source } = await getHarvest(name, deps);
    await harvestRepository(tx).remove(name);
    const subject = `harvest/${name}`;
    await recordAct(tx, {
      at: deps.clock(),
      by: actor,
      act: 'harvest.remove',
      subject,
      before: source,
    });
  });
}

/** @throws {CatalogError} `not-found` / `harvest-source-unknown` */
export async function getHarvest(
  name: string,
  { database }: Pick<InventoryDeps, 'database'>,
): Promise<HarvestState> {
  const state = await harvestRepository(database.current).find(name);
  if (state) return state;
  throw new CatalogError('not-found', 'harvest-source-unknown', {
    vi: `Không có nguồn thu thập "${name}"; xem khue harvest list.`,
    en: `There is no harvest source "${name}"; see khue harvest list.`,
  });
}

/**
 * Reads a source once more: what is new there is published, what changed is changed, and what is gone is withdrawn. A
 * round that breaks off, or in which half of the source has vanished, withdraws nothing.
 *
 * @param read gives the source's datasets
 * @throws {CatalogError} `conflict` / `harvest-running` while another process reads it; what `read` throws
 */
export async function runHarvest(
  name: string,
  read: (source: HarvestSource) => AsyncIterable<IncomingItem>,
  actor: Actor,
  deps: InventoryDeps,
): Promise<{ readonly harvest: HarvestReport; readonly report: ImportReport }> {
  const { source } = await getHarvest(name, deps);
  const round = await beginRound(source, deps);
  const end = (report: HarvestReport) =>
    deps.database.transaction((tx) => harvestRepository(tx).end(name, round, report, deps.clock()));
  try {
    const report = await importRecords(
      read(source),
      source.format === 'dcat' ? graphPolicy : sourcePolicy,
      {
        ...deps,
        actor,
        dryRun: false,
        onStored: (tx, ids) => harvestRepository(tx).seen(name, round, ids),
      },
    );
    const harvest = {
      ...countsOf(report),
      ...(await withdrawGone(name, round, report, actor, deps)),
    };
    await end(harvest);
    return { harvest, report };
  } catch (error) {
    await end({ ...nothing, error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

async function beginRound(source: HarvestSource, deps: InventoryDeps): Promise<number> {
  const at = deps.clock();
  const hours = hoursBetween(source);
  const round = await deps.database.transaction((tx) =>
    harvestRepository(tx).begin(source.name, {
      at,
      abandoned: later(at, -longestHours * hourMs),
      dueAt: hours === undefined ? undefined : later(at, hours * hourMs),
    }),
  );
  if (round !== undefined) return round;
  throw new CatalogError('conflict', 'harvest-running', {
    vi: `Nguồn "${source.name}" đang được đọc; hãy đợi lượt đó xong.`,
    en: `The source "${source.name}" is being read; wait until that round is over.`,
  });
}

async function withdrawGone(
  name: string,
  round: number,
  report: ImportReport,
  actor: Actor,
  deps: InventoryDeps,
): Promise<{ readonly withdrawn: number; readonly withheld: number }> {
  const refused = new Set(report.rejected.map(({ id }) => id));
  const gone = (await harvestRepository(deps.database.current).gone(name, round)).filter(
    (id) => !refused.has(id),
  );
  const there = report.created + report.updated + report.unchanged;
  // Who cannot be told apart from what was refused, or half a catalogue, is rather kept.
  if (refused.has(undefined) || gone.length > there) return { withdrawn: 0, withheld: gone.length };
  const reason = `Nguồn ${name} không còn tập dữ liệu này. The source ${name} has it no more.`;
  for (const id of gone) await advanceDataset(id, 'withdraw', reason, actor, deps);
  return { withdrawn: gone.length, withheld: 0 };
}

const nothing: HarvestReport = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  withdrawn: 0,
  withheld: 0,
};

function countsOf({ read, created, updated, unchanged, rejected }: ImportReport) {
  return { read, created, updated, unchanged, rejected: rejected.length };
}
