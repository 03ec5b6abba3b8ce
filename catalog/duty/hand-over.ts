import { type Account, accountRepository } from '../access/account-repository.ts';
import { type Actor, agenciesOf, assertMay, mayAct } from '../access/actor.ts';
import { actorOfAccount } from '../access/sessions.ts';
import { type Dataset, datasetRepository } from '../inventory/dataset-repository.ts';
import type { InventoryDeps } from '../inventory/register-dataset.ts';
import { type DatasetChange, writeDatasets } from '../inventory/write-datasets.ts';
import { CatalogError, type Finding } from '../kernel/errors.ts';
import { isText } from '../kernel/formats.ts';
import type { Message } from '../kernel/lang-text.ts';
import { type Role, roles } from '../model/lifecycle.ts';
import { dutyRepository, type OwnedDataset } from './duty-repository.ts';

/** Who may have datasets pass from one officer to another. */
export const handoverRoles: readonly Role[] = ['approver', 'coordinator', 'administrator'];

/** What passes from whom to whom, as a form writes it. */
export interface HandoverInput {
  /** The e-mail of who had them. */
  readonly from: string;
  /** The account that has them from now on. */
  readonly to: string;
  /** Absent: all that the actor may hand over. */
  readonly datasets?: readonly string[] | undefined;
  readonly reason: string;
}

const batch = 200;

/** The agencies of which the actor may hand datasets over. @throws {CatalogError} `forbidden` / `not-permitted` */
export function handoverAgencies(actor: Actor): readonly string[] | 'all' {
  const grants = actor.grants.filter(({ role }) => handoverRoles.includes(role));
  if (grants.length === 0) assertMay(actor, handoverRoles);
  return agenciesOf({ ...actor, grants });
}

/** The datasets of an officer that the actor may hand over, by their titles. */
export async function datasetsToHandOver(
  from: string,
  actor: Actor,
  { database }: Pick<InventoryDeps, 'database'>,
): Promise<readonly OwnedDataset[]> {
  const agencies = handoverAgencies(actor);
  const owned = await dutyRepository(database.current).datasetsOf(from);
  return owned.filter(({ publisher }) => agencies === 'all' || agencies.includes(publisher));
}

/**
 * Makes somebody else the officer of datasets, in batches that are a transaction and a row of the audit each.
 *
 * @returns how many were handed over
 * @throws {CatalogError} `invalid` / `handover-invalid` naming the field; `not-found` / `officer-not-found`, also for who
 *   has datasets of other agencies alone; `forbidden`
 */
export async function handOver(
  input: HandoverInput,
  actor: Actor,
  deps: InventoryDeps,
): Promise<number> {
  const owned = await datasetsToHandOver(input.from, actor, deps);
  if (owned.length === 0) throw officerNotFound(input.from);
  const chosen = owned.filter(({ id }) => input.datasets?.includes(id) ?? true);
  const to = await accountRepository(deps.database.current).find(input.to);
  const findings = findingsOf(input, chosen, to);
  if (!to || findings.length > 0) throw handoverInvalid(findings);
  for (let at = 0; at < chosen.length; at += batch) {
    const ids = chosen.slice(at, at + batch).map(({ id }) => id);
    await handOverBatch(ids, to, input, actor, deps);
  }
  return chosen.length;
}

async function handOverBatch(
  ids: readonly string[],
  to: Account,
  { from, reason }: HandoverInput,
  actor: Actor,
  { database, clock, reflect }: InventoryDeps,
): Promise<void> {
  await database.transaction(async (tx) => {
    // Read again where it is written: what changed hands meanwhile stays where it is.
    const datasets = await datasetRepository(tx).findMany(ids);
    const changes = [...datasets.values()]
      .filter((dataset) => officerOf(dataset) === from && dataset.state !== 'withdrawn')
      .map((dataset) => change(dataset, to, reason.trim(), clock()));
    if (changes.length > 0) await writeDatasets(tx, changes, actor, reflect);
  });
}

function change(before: Dataset, to: Account, reason: string, at: string): DatasetChange {
  const { inventory } = before.record;
  const updateResponsibility = {
    ...inventory?.updateResponsibility,
    officer: to.name,
    officerEmail: to.email,
  };
  const record = { ...before.record, inventory: { ...inventory, updateResponsibility } };
  const after = { ...before, record, revision: before.revision + 1, changedAt: at };
  return { before, after, act: 'hand-over', reason };
}

function officerOf({ record }: Dataset): string | undefined {
  return record.inventory?.updateResponsibility?.officerEmail?.normalize('NFC').toLowerCase();
}

/** Whether somebody works for the agency of a dataset, or for the city. */
export function mayTakeOver(account: Account, publisher: string): boolean {
  return account.disabledAt === undefined && mayAct(actorOfAccount(account), roles, publisher);
}

function findingsOf(
  { from, reason }: HandoverInput,
  chosen: readonly OwnedDataset[],
  to: Account | undefined,
): readonly Finding[] {
  const stranger = to && chosen.find(({ publisher }) => !mayTakeOver(to, publisher));
  const wrong: readonly (Finding | false | undefined)[] = [
    chosen.length === 0 &&
      finding('/datasets', {
        vi: 'Chưa chọn tập dữ liệu nào để bàn giao; hãy đánh dấu ít nhất một.',
        en: 'No dataset is chosen to hand over; tick at least one.',
      }),
    !to &&
      finding('/to', {
        vi: 'Hãy chọn người nhận trong danh sách.',
        en: 'Choose who is to have them from the list.',
      }),
    to?.email === from &&
      finding('/to', {
        vi: `${to.name} đang phụ trách những tập dữ liệu này; hãy chọn người khác.`,
        en: `${to.name} has these datasets already; choose somebody else.`,
      }),
    stranger &&
      finding('/to', {
        vi: `${to.name} không làm việc cho cơ quan của "${stranger.title}"; hãy giao vai trò trước hoặc chọn người khác.`,
        en: `${to.name} does not work for the agency of "${stranger.title}"; give them a role first, or choose somebody else.`,
      }),
    (reason.trim() === '' || !isText(reason)) &&
      finding('/reason', {
        vi: 'Hãy ghi lý do bàn giao; lịch sử của từng tập dữ liệu sẽ giữ lý do này.',
        en: 'Say why they are handed over; the history of each dataset keeps it.',
      }),
  ];
  return wrong.filter((one) => one !== false && one !== undefined);
}

function finding(pointer: string, message: Message): Finding {
  return { pointer, keyword: 'handover', message };
}

function officerNotFound(email: string): CatalogError {
  return new CatalogError('not-found', 'officer-not-found', {
    vi: `"${email.slice(0, 80)}" không phụ trách tập dữ liệu nào mà bạn được bàn giao.`,
    en: `"${email.slice(0, 80)}" answers for no dataset that you may hand over.`,
  });
}

function handoverInvalid(findings: readonly Finding[]): CatalogError {
  return new CatalogError(
    'invalid',
    'handover-invalid',
    {
      vi: 'Chưa bàn giao được; hãy sửa từng chỗ được nêu.',
      en: 'Nothing was handed over; correct each place named.',
    },
    { findings },
  );
}
