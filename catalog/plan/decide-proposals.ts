import { type Actor, assertMay } from '../access/actor.ts';
import { recordAct, recordActs } from '../audit/record-act.ts';
import { datasetRepository } from '../inventory/dataset-repository.ts';
import type { InventoryDeps } from '../inventory/register-dataset.ts';
import { writeDatasets } from '../inventory/write-datasets.ts';
import { CatalogError } from '../kernel/errors.ts';
import { isText } from '../kernel/formats.ts';
import type { Message } from '../kernel/lang-text.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { roles } from '../model/lifecycle.ts';
import type { Tx } from '../storage/database.ts';
import { proposalLines } from './plan-entries.ts';
import { type ProposalState, proposalRepository } from './proposal-repository.ts';

/**
 * What the coordinator says to proposals: accepts them, returns them with a reason, or makes them part of another.
 *
 * @throws {CatalogError} `invalid` / `reason-missing`, `merge-target-missing`; `not-found` / `proposal-not-found`
 * @throws {CatalogError} `forbidden`
 */
export async function decideProposals(
  year: string,
  datasetIds: readonly string[],
  verdict: {
    readonly act: 'accept' | 'return' | 'merge';
    readonly reason?: string;
    readonly into?: string;
  },
  actor: Actor,
  deps: InventoryDeps,
): Promise<void> {
  assertMay(actor, ['coordinator', 'administrator']);
  const { act, into } = verdict;
  const reason = verdict.reason?.trim();
  if (act === 'return' && (!reason || !isText(reason))) throw wrong('/reason', reasonMissing);
  await deps.database.transaction(async (tx) => {
    const known = new Set((await proposalLines(year, tx)).map(({ datasetId }) => datasetId));
    const unknown = datasetIds.find((id) => !known.has(id));
    if (unknown !== undefined) throw notProposed(unknown, year);
    if (act === 'merge' && (!into || !known.has(into) || datasetIds.includes(into))) {
      throw wrong('/into', targetMissing);
    }
    if (act === 'merge' && into) await dropInto(tx, datasetIds, into, actor, deps);
    const state: ProposalState =
      act === 'accept' ? 'accepted' : act === 'return' ? 'returned' : 'merged';
    const at = deps.clock();
    await proposalRepository(tx).save(
      year,
      datasetIds.map((datasetId) => ({
        datasetId,
        state,
        ...(reason && { reason }),
        ...(act === 'merge' && into && { into }),
        decidedBy: actor.name,
      })),
      at,
    );
    await recordActs(
      tx,
      datasetIds.map((id) => ({
        at,
        by: actor,
        act: `plan.${act}`,
        subject: `dataset/${id}`,
        reason,
        after: { year, into },
      })),
    );
  });
}

/**
 * What an agency does once it has mended what was returned: it proposes it again.
 *
 * @throws {CatalogError} `not-found` / `proposal-not-found`, `forbidden`
 */
export async function proposeAgain(
  year: string,
  datasetId: string,
  actor: Actor,
  deps: InventoryDeps,
): Promise<void> {
  await deps.database.transaction(async (tx) => {
    const proposal = (await proposalLines(year, tx)).find((one) => one.datasetId === datasetId);
    if (!proposal) throw notProposed(datasetId, year);
    assertMay(actor, roles, proposal.publisher);
    const at = deps.clock();
    await proposalRepository(tx).save(
      year,
      [{ datasetId, state: 'proposed', decidedBy: actor.name }],
      at,
    );
    await recordAct(tx, {
      at,
      by: actor,
      act: 'plan.propose',
      subject: `dataset/${datasetId}`,
      after: { year },
    });
  });
}

/** What becomes part of another is out of the plan, and says into what it went. */
async function dropInto(
  tx: Tx,
  datasetIds: readonly string[],
  into: string,
  actor: Actor,
  deps: InventoryDeps,
): Promise<void> {
  const datasets = await datasetRepository(tx).findMany([...datasetIds, into]);
  const target = datasets.get(into);
  const title = target ? pickLanguage(target.record.title, 'vi').text : into;
  const changes = datasetIds.flatMap((id) => {
    const before = datasets.get(id);
    if (!before) return [];
    const record = withDropped(before.record, `Gộp vào “${title}” (${into}).`);
    const after = { ...before, record, revision: before.revision + 1, changedAt: deps.clock() };
    return [{ before, after, act: 'revise' }];
  });
  await writeDatasets(tx, changes, actor, deps.reflect);
}

function withDropped(record: DatasetRecord, dropped: string): DatasetRecord {
  const { inventory } = record;
  return { ...record, inventory: { ...inventory, release: { ...inventory?.release, dropped } } };
}

function wrong(pointer: string, message: Message): CatalogError {
  return new CatalogError('invalid', 'proposal-invalid', message, {
    findings: [{ pointer, keyword: 'required', message }],
  });
}

const reasonMissing: Message = {
  vi: 'Trả lại phải nêu lý do; hãy ghi điều cơ quan cần sửa.',
  en: 'Returning takes a reason; say what the agency is to mend.',
};
const targetMissing: Message = {
  vi: 'Gộp phải nêu tập dữ liệu khác trong cùng kế hoạch; hãy chọn một tập.',
  en: 'Merging takes another dataset of the same plan; choose one.',
};

function notProposed(id: string, year: string): CatalogError {
  return new CatalogError('not-found', 'proposal-not-found', {
    vi: `"${id}" không được đề xuất cho kế hoạch ${year}.`,
    en: `"${id}" is not proposed for the plan of ${year}.`,
  });
}
