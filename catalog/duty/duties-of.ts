import type { Dataset } from '../inventory/dataset-repository.ts';
import { daysBetweenUpdates, dueDate, nextUpdateDue } from '../model/calendar.ts';

/**
 * What has to be done to a dataset by a day: its data updated, the dataset released as the plan promises, or the reason
 * for keeping it closed looked at again.
 */
export type DutyKind = 'update' | 'release' | 'review';

export const dutyKinds: readonly DutyKind[] = ['update', 'release', 'review'];

/** One duty. A dataset has always one to update, so that its officer can be found; without a day nothing is due. */
export interface Duty {
  readonly datasetId: string;
  readonly kind: DutyKind;
  /** Whose it is. */
  readonly agency: string;
  /** The e-mail of the officer, as accounts keep theirs. Absent: nobody is named. */
  readonly officer?: string;
  /** A date. */
  readonly due?: string;
  /** About how many days after the one before; absent for what happens once. */
  readonly periodDays?: number;
}

/** What a dataset asks of somebody, as it stands. */
export function dutiesOf(dataset: Dataset): readonly Duty[] {
  const { record } = dataset;
  const responsible = record.inventory?.updateResponsibility;
  const officer = responsible?.officerEmail?.trim().normalize('NFC').toLowerCase();
  const of = (kind: DutyKind, agency: string, due: string | undefined): Duty => ({
    datasetId: record.id,
    kind,
    agency,
    ...(officer !== undefined && { officer }),
    ...(due !== undefined && { due }),
  });
  const periodDays = daysBetweenUpdates(record.accrualPeriodicity);
  const update = {
    ...of('update', responsible?.agency ?? record.publisher, updateDue(dataset)),
    ...(periodDays !== undefined && { periodDays }),
  };
  const others = [
    of('release', record.publisher, releaseDue(dataset)),
    of('review', record.publisher, reviewDue(dataset)),
  ];
  return [update, ...others.filter(({ due }) => due !== undefined)];
}

function updateDue({ state, record }: Dataset): string | undefined {
  if (state !== 'published') return undefined;
  return nextUpdateDue(record.modified, record.accrualPeriodicity);
}

/** A promise is kept by the first release, and given up in words. */
function releaseDue({ state, record, releasedAt }: Dataset): string | undefined {
  const release = record.inventory?.release;
  if (release?.due === undefined || release.dropped !== undefined) return undefined;
  if (releasedAt !== undefined || state === 'withdrawn') return undefined;
  return dueDate(release.due);
}

function reviewDue({ state, record: { inventory } }: Dataset): string | undefined {
  if (state === 'withdrawn' || inventory?.openness === 'open') return undefined;
  return inventory?.reviewDate;
}
