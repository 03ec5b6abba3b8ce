import type { Milestone } from '../../catalog/model/milestone.ts';
import type { Proposal } from '../../catalog/plan/plan-entries.ts';
import type { PlannedWork } from '../../catalog/plan/planned-work.ts';
import type { PageContext, Shown } from './page-context.ts';
import { milestoneView, prerequisiteView } from './work-view.ts';

/** How wide a year is drawn, in units of the drawing. */
const width = 366;
const dayMs = 86_400_000;

/** A dataset of the plan as a line along the year, with a mark on the day of each of its milestones. */
export function timelineRow(
  { entry }: Proposal,
  work: PlannedWork | undefined,
  { year, agency }: { readonly year: string; readonly agency: Shown },
  context: PageContext,
) {
  const milestones = work?.milestones ?? [];
  return {
    id: entry.datasetId,
    title: context.show(entry.title),
    agency,
    href: context.url(`/workspace/datasets/${entry.datasetId}`),
    marks: milestones.map((milestone) => ({
      ...milestoneView(milestone, context),
      x: placeOf(milestone, year),
    })),
    next: nextView(work, context),
    warnings: warningsOf(work, context),
  };
}

/** The quarters as lines across the drawing, and the day of today when it is in the year. */
export function timelineFrame(year: string, today: string) {
  return {
    width,
    quarters: [1, 4, 7, 10].map((month) =>
      dayOfYear(`${year}-${String(month).padStart(2, '0')}-01`),
    ),
    today: today.startsWith(year) ? dayOfYear(today) : undefined,
  };
}

/** What is to be done next. */
export function nextView(work: PlannedWork | undefined, context: PageContext) {
  if (!work?.next) return undefined;
  const { label, standing, isLate } = milestoneView(work.next, context);
  return { text: context.t('work.next', { kind: label, standing }), isLate };
}

/** What has to be there before and will not be. */
export function warningsOf(work: PlannedWork | undefined, context: PageContext): readonly string[] {
  return (work?.prerequisites ?? [])
    .filter(({ isTooLate }) => isTooLate)
    .map((one) => {
      const { title, standing } = prerequisiteView(one, context);
      return context.t('work.waits', { title: title.text, standing });
    });
}

/** A day outside of the year is drawn at its edge. */
function placeOf({ due, doneOn }: Milestone, year: string): number {
  const day = doneOn ?? due;
  if (day < `${year}-01-01`) return 4;
  return day > `${year}-12-31` ? width - 4 : Math.min(Math.max(dayOfYear(day), 4), width - 4);
}

function dayOfYear(date: string): number {
  return Math.round((Date.parse(date) - Date.parse(`${date.slice(0, 4)}-01-01`)) / dayMs);
}
