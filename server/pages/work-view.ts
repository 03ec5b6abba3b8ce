import { dueDate } from '../../catalog/model/calendar.ts';
import { type Milestone, type TickedKind, tickedKinds } from '../../catalog/model/milestone.ts';
import { datedKinds } from '../../catalog/plan/days-amiss.ts';
import type { WorkInput } from '../../catalog/plan/plan-work.ts';
import type { PlannedWork, Prerequisite } from '../../catalog/plan/planned-work.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext } from './page-context.ts';

/** The work on the promise of one dataset, for its desk. */
export interface DeskWork {
  readonly due: string;
  readonly work: PlannedWork;
  /** Whether somebody may still plan it. */
  readonly isOpen: boolean;
  /** Datasets of the same agency and plan, to choose from. */
  readonly candidates: readonly { readonly id: string; readonly title: string }[];
  /** What was typed, when it was refused. */
  readonly sent: WorkInput | undefined;
}

/** The steps to a release with what has to be there before, and the form that plans them. */
export function workView(
  { due, work, isOpen, candidates, sent }: DeskWork,
  here: string,
  findings: FormFindings,
  context: PageContext,
) {
  return {
    milestones: work.milestones.map((milestone) => milestoneView(milestone, context)),
    prerequisites: work.prerequisites.map((one) => prerequisiteView(one, context)),
    form: isOpen ? formView({ due, work, candidates, sent }, here, findings, context) : undefined,
  };
}

/** One step: its name, and its day with what has become of it. */
export function milestoneView(
  { kind, due, doneOn, isPassed, isLate }: Milestone,
  context: PageContext,
) {
  const standing =
    doneOn !== undefined
      ? context.t('work.done', { date: context.date(doneOn) })
      : isPassed
        ? context.t('work.passed')
        : context.t(isLate ? 'work.late' : 'work.due', { date: context.date(due) });
  return {
    kind,
    label: context.t(`work.kind.${kind}`),
    standing,
    isDone: doneOn !== undefined || isPassed,
    isLate,
  };
}

/** What has to be released before, and whether it comes in time. */
export function prerequisiteView(one: Prerequisite, context: PageContext) {
  const { datasetId, title, due, isReleased, isTooLate } = one;
  return {
    id: datasetId,
    title: context.show(title),
    standing: isReleased
      ? context.t('work.released')
      : due === undefined
        ? context.t('work.unplanned')
        : context.due(due),
    warning: isTooLate && due !== undefined ? context.t('work.tooLate') : '',
    isTooLate,
  };
}

function formView(
  { due, work, candidates, sent }: Omit<DeskWork, 'isOpen'>,
  here: string,
  findings: FormFindings,
  context: PageContext,
) {
  const byKind = new Map(work.milestones.map((milestone) => [milestone.kind, milestone]));
  const known = new Set(work.prerequisites.map(({ datasetId }) => datasetId));
  const dates = datedKinds.map((kind) => {
    const milestone = byKind.get(kind);
    const isTicked = sent ? sent.done.includes(kind) : milestone?.doneOn !== undefined;
    return {
      kind,
      label: context.t('work.dueOf', { kind: context.t(`work.kind.${kind}`) }),
      value: sent?.due[kind] ?? milestone?.due ?? '',
      problem: findings.at(`/due/${kind}`),
      tick: tickedKinds.includes(kind as TickedKind) ? { checked: isTicked } : undefined,
    };
  });
  const dependsOn = {
    kept: work.prerequisites.map(({ datasetId, title }) => ({
      id: datasetId,
      title: context.show(title),
      checked: sent ? sent.dependsOn.includes(datasetId) : true,
    })),
    also: sent?.dependsOn.find((id) => !known.has(id)) ?? '',
    problem: findings.at('/dependsOn'),
    candidates: candidates,
  };
  return {
    action: `${here}/work`,
    help: context.t('work.help', { date: context.date(dueDate(due)) }),
    dates,
    dependsOn,
    isTried: sent !== undefined,
  };
}
