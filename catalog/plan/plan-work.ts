import { type Actor, actsFor, assertMay } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import { type Dataset, datasetRepository } from '../inventory/dataset-repository.ts';
import { type Clock, localDate } from '../kernel/clock.ts';
import { CatalogError, type Finding } from '../kernel/errors.ts';
import type { Message } from '../kernel/lang-text.ts';
import { cycleThrough } from '../model/dependencies.ts';
import { roles } from '../model/lifecycle.ts';
import { proposedDays, type TickedKind, tickedKinds } from '../model/milestone.ts';
import type { Database, Tx } from '../storage/database.ts';
import { datedKinds, daysAmiss } from './days-amiss.ts';
import { type MilestoneEntry, milestoneRepository } from './milestone-repository.ts';
import { commitmentsOf } from './roadmap.ts';

/** What somebody says of the work on a promise; it takes the place of what was said before. */
export interface WorkInput {
  /** Dates by milestone; empty or absent: as proposed. */
  readonly due: Readonly<Record<string, string>>;
  /** The milestones that are ticked. */
  readonly done: readonly string[];
  /** Ids of the datasets that have to be released before. */
  readonly dependsOn: readonly string[];
}

const mostDependencies = 20;

/**
 * Says by when the steps to a promised release are to be done, which of them are, and what has to be released before.
 *
 * @throws {CatalogError} `invalid` / `work-invalid` with every finding; `conflict` / `not-promised`;
 *   `not-found` / `dataset-not-found`; `forbidden`
 */
export async function planWork(
  id: string,
  input: WorkInput,
  actor: Actor,
  { database, clock }: { readonly database: Database; readonly clock: Clock },
): Promise<void> {
  await database.transaction(async (tx) => {
    const dataset = await datasetRepository(tx).find(id);
    if (!dataset) throw notFound(id);
    assertMay(actor, roles, dataset.record.publisher);
    const due = dataset.record.inventory?.release?.due;
    if (due === undefined) throw notPromised(id);
    const repository = milestoneRepository(tx);
    const today = localDate(clock());
    const dependsOn = [...new Set(input.dependsOn.map((one) => one.trim()).filter(Boolean))];
    const findings = [
      ...daysAmiss(input.due, due),
      ...(await dependenciesAmiss(dataset, dependsOn, today, actor, tx)),
    ];
    if (findings.length > 0) throw invalidWork(findings);
    const before = (await repository.entriesOf([id])).get(id) ?? [];
    const entries = entriesOf(input, due, before, { today, by: actor.name });
    const waitedFor = (await repository.dependencies([id])).get(id) ?? [];
    await repository.replace(id, entries, dependsOn);
    await recordAct(tx, {
      at: clock(),
      by: actor,
      act: 'dataset.plan-work',
      subject: `dataset/${id}`,
      agency: dataset.record.publisher,
      before: { milestones: before, dependsOn: waitedFor },
      after: { milestones: entries, dependsOn },
    });
    // Asked once the audit lets nobody else write: two who each add one half of a circle are both seen.
    const cycle = cycleThrough(id, await repository.dependencies());
    if (cycle)
      throw invalidWork([{ pointer: '/dependsOn', keyword: 'cycle', message: inCircle(cycle) }]);
  });
}

/** What is as proposed needs no row; what was ticked before keeps its day and its name. */
function entriesOf(
  { due: wanted, done }: WorkInput,
  promised: string,
  before: readonly MilestoneEntry[],
  now: { readonly today: string; readonly by: string },
): readonly MilestoneEntry[] {
  const proposed = proposedDays(promised);
  return datedKinds.flatMap((kind): MilestoneEntry[] => {
    const due = wanted[kind];
    const isChosen = due !== undefined && due !== '' && due !== proposed[kind];
    const isTicked = tickedKinds.includes(kind as TickedKind) && done.includes(kind);
    if (!isChosen && !isTicked) return [];
    const known = before.find((entry) => entry.kind === kind);
    return [
      {
        kind,
        ...(isChosen && { due }),
        ...(isTicked && { doneOn: known?.doneOn ?? now.today, doneBy: known?.doneBy ?? now.by }),
      },
    ];
  });
}

/** One waits for what one may know of: one's own, what is published, and what the public roadmap promises. */
async function dependenciesAmiss(
  { record }: Dataset,
  dependsOn: readonly string[],
  today: string,
  actor: Actor,
  tx: Tx,
): Promise<readonly Finding[]> {
  const finding = (message: Message): Finding => ({
    pointer: '/dependsOn',
    keyword: 'reference',
    message,
  });
  if (dependsOn.length > mostDependencies) return [finding(tooMany)];
  if (dependsOn.includes(record.id)) return [finding(inCircle([record.id, record.id]))];
  const found = await datasetRepository(tx).findMany(dependsOn);
  const year = record.inventory?.release?.plan;
  const hidden = dependsOn.filter((id) => {
    const other = found.get(id);
    return !other || !(actsFor(actor, other.record.publisher) || other.state === 'published');
  });
  if (hidden.length === 0) return [];
  const promised = year === undefined ? [] : await commitmentsOf(year, today, tx);
  const known = new Set(promised.map(({ datasetId }) => datasetId));
  return hidden.filter((id) => !known.has(id)).map((id) => finding(unknown(id)));
}

function invalidWork(findings: readonly Finding[]): CatalogError {
  const detail = {
    vi: 'Chưa ghi được mốc công việc; hãy sửa từng chỗ được nêu.',
    en: 'The work was not planned; correct each place named.',
  };
  return new CatalogError('invalid', 'work-invalid', detail, { findings });
}

function notFound(id: string): CatalogError {
  return new CatalogError('not-found', 'dataset-not-found', {
    vi: `Không có tập dữ liệu "${id}"; hãy tìm ở /workspace/datasets.`,
    en: `There is no dataset "${id}"; search at /workspace/datasets.`,
  });
}

function notPromised(id: string): CatalogError {
  return new CatalogError('conflict', 'not-promised', {
    vi: `"${id}" chưa có thời hạn công bố; hãy ghi kế hoạch và quý trong bản ghi trước.`,
    en: `"${id}" has no due time for its release; give its record a plan and a quarter first.`,
  });
}

const tooMany: Message = {
  vi: `Nhiều nhất ${mostDependencies} tập dữ liệu phải có trước; hãy giữ những tập cần nhất.`,
  en: `At most ${mostDependencies} datasets may be needed before; keep those that matter most.`,
};

function unknown(id: string): Message {
  return {
    vi: `Không có tập dữ liệu "${id}" trong lộ trình; hãy nhập mã như trên trang của nó.`,
    en: `There is no dataset "${id}" on the roadmap; enter the id as its page shows it.`,
  };
}

function inCircle(way: readonly string[]): Message {
  const circle = way.join(' → ');
  return {
    vi: `Các tập dữ liệu chờ nhau thành vòng: ${circle}; hãy bỏ một chỗ.`,
    en: `Datasets wait for each other in a circle: ${circle}; leave one out.`,
  };
}
