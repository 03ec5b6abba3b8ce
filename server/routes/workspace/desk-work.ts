import { type Actor, mayAct } from '../../../catalog/access/actor.ts';
import { type Dataset, datasetRepository } from '../../../catalog/inventory/dataset-repository.ts';
import { localDate } from '../../../catalog/kernel/clock.ts';
import { roles } from '../../../catalog/model/lifecycle.ts';
import { milestoneKinds } from '../../../catalog/model/milestone.ts';
import type { WorkInput } from '../../../catalog/plan/plan-work.ts';
import { plannedWork } from '../../../catalog/plan/planned-work.ts';
import type { Queryable } from '../../../catalog/storage/database.ts';
import type { DeskWork } from '../../pages/work-view.ts';

const mostCandidates = 200;

/** The work on a dataset's promise; absent: nothing is promised, or not any more. */
export async function deskWork(
  { record, state, releasedAt }: Dataset,
  today: string,
  actor: Actor,
  form: URLSearchParams | undefined,
  db: Queryable,
): Promise<DeskWork | undefined> {
  const release = record.inventory?.release;
  if (release?.due === undefined || release.dropped !== undefined || state === 'withdrawn') {
    return undefined;
  }
  const released = releasedAt !== undefined && { releasedOn: localDate(releasedAt) };
  const promise = { datasetId: record.id, due: release.due, state, ...released };
  const work = (await plannedWork([promise], today, db)).get(record.id);
  if (!work) return undefined;
  const isOpen = releasedAt === undefined && mayAct(actor, roles, record.publisher);
  const others =
    isOpen && release.plan !== undefined
      ? await datasetRepository(db).titlesInPlan(record.publisher, release.plan, mostCandidates)
      : [];
  return {
    due: release.due,
    work,
    isOpen,
    candidates: others.filter(({ id }) => id !== record.id),
    sent: form?.has('planning') ? readWork(form) : undefined,
  };
}

/** What the form of the work says. */
export function readWork(form: URLSearchParams): WorkInput {
  return {
    due: Object.fromEntries(
      milestoneKinds.map((kind) => [kind, form.get(`due.${kind}`)?.trim() ?? '']),
    ),
    done: form.getAll('done'),
    dependsOn: form.getAll('dependsOn').flatMap((id) => id.trim() || []),
  };
}
