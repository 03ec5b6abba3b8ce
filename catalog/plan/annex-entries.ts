import { CatalogError } from '../kernel/errors.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import { titleSortKey } from '../kernel/vietnamese-order.ts';
import { dueDate } from '../model/calendar.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import type { PlanRecord } from '../model/plan.ts';
import type { Queryable } from '../storage/database.ts';
import { planRepository } from './plan-repository.ts';

/** The decision that a plan was issued with, and what it promises. */
export interface AnnexEntries {
  readonly decision?: NonNullable<PlanRecord['decision']>;
  /** By section, then by due time, then by title. */
  readonly entries: readonly DatasetRecord[];
}

/** What the annex of a year's plan lists today: every commitment that stands. */
export async function annexEntries(year: string, db: Queryable): Promise<AnnexEntries> {
  const repository = planRepository(db);
  const [plan, rows] = await Promise.all([repository.find(year), repository.commitments(year)]);
  const entries = rows
    .filter(({ state }) => state !== 'withdrawn')
    .map(({ record_json }) => JSON.parse(record_json) as DatasetRecord)
    .filter(({ inventory }) => inventory?.release?.dropped === undefined)
    .map((record) => ({ record, key: orderOf(record) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const decision = plan?.record.decision;
  return { ...(decision && { decision }), entries: entries.map(({ record }) => record) };
}

/**
 * The same for the public: only of a plan that a decision issued, and without notes, which officers write for each
 * other.
 *
 * @throws {CatalogError} `not-found` / `plan-not-issued`
 */
export async function publicAnnexEntries(year: string, db: Queryable): Promise<AnnexEntries> {
  const { decision, entries } = await annexEntries(year, db);
  if (!decision) {
    throw new CatalogError('not-found', 'plan-not-issued', {
      vi: `Kế hoạch năm ${year} chưa được ban hành; phụ lục có sau khi có quyết định.`,
      en: `The plan of ${year} has not been issued; its annex is here once there is a decision.`,
    });
  }
  return { decision, entries: entries.map(withoutNote) };
}

function withoutNote(record: DatasetRecord): DatasetRecord {
  const { note: _note, ...inventory } = record.inventory ?? {};
  return { ...record, inventory };
}

/** Entries without a section come last. */
function orderOf({ title, inventory = {} }: DatasetRecord): string {
  const section = inventory.field === undefined ? '\uffff' : titleSortKey(inventory.field);
  const due = dueDate(inventory.release?.due ?? '');
  return [section, due, titleSortKey(pickLanguage(title, 'vi').text)].join('\u0000');
}
