import { type Actor, mayAct } from '../../catalog/access/actor.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { PlanEntry } from '../../catalog/model/plan.ts';
import { type EntryChanges, isUnchanged } from '../../catalog/plan/compare-entries.ts';
import type { Plan } from '../../catalog/plan/plan-repository.ts';
import type { IssuedHead, IssuedPlan } from '../../catalog/plan/plan-version-repository.ts';
import type { Standing } from '../../catalog/plan/standings.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext } from './page-context.ts';
import { rankingInWords } from './plan-criteria-page.ts';
import { type ProposalsInput, proposalsView } from './plan-proposals-view.ts';

/** The years that have a plan, and a form to make the next. */
export function plansPage(
  input: {
    readonly plans: readonly {
      readonly year: string;
      readonly plan?: Plan;
      readonly versions: number;
    }[];
    readonly actor: Actor;
    readonly form: { readonly year: string; readonly vi: string; readonly en: string };
    readonly findings: FormFindings;
  },
  context: PageContext,
) {
  return {
    plans: input.plans.map(({ year, plan, versions }) => ({
      year,
      href: context.url(`/workspace/plans/${year}`),
      title: plan ? context.show(plan.record.title) : { text: context.t('plans.unnamed') },
      state: context.t(versions > 0 ? 'plans.issued' : 'plans.preparing'),
    })),
    mayMake: mayAct(input.actor, ['coordinator', 'administrator']),
    form: input.form,
    findings: input.findings,
  };
}

/** A version with how many entries it has. */
type CountedVersion = IssuedHead & { readonly entries: number };

export interface PlanPageInput {
  readonly year: string;
  readonly plan: Plan | undefined;
  readonly versions: readonly CountedVersion[];
  readonly proposals: Omit<ProposalsInput, 'year' | 'actor' | 'agencies'>;
  /** What an amendment of today would change; absent: nothing is issued. */
  readonly waiting?: EntryChanges | undefined;
  /** The changes that were ticked in a form that was refused. */
  readonly chosen?: readonly string[] | undefined;
  readonly standings: readonly Standing[];
  readonly agencies: ReadonlyMap<string, LangText>;
  readonly actor: Actor;
  readonly findings: FormFindings;
  /** What was typed into the form of the decision. */
  readonly form: Readonly<Record<string, string>>;
}

/** The plan of a year as those see it who make it. */
export function planPage(input: PlanPageInput, context: PageContext) {
  const { year, plan, versions, actor, agencies } = input;
  const base = context.url(`/workspace/plans/${year}`);
  const [current] = versions;
  return {
    year,
    heading: context.t('plan.heading', { year }),
    title: plan ? context.show(plan.record.title) : undefined,
    decides: mayAct(actor, ['coordinator', 'administrator']),
    isIssued: current !== undefined,
    standing: current
      ? context.t('plan.issuedBy', {
          number: current.decision.number,
          date: context.date(current.decision.date),
        })
      : context.t('plan.preparing'),
    progress: progressOf(input.standings, context),
    proposals: proposalsView({ ...input.proposals, year, actor, agencies }, context),
    here: base,
    waiting:
      input.waiting && !isUnchanged(input.waiting)
        ? changesView(input.waiting, context).map((change) => ({
            ...change,
            checked: input.chosen?.includes(change.id) ?? true,
          }))
        : [],
    versions: versions.map((version) => versionView(version, base, context)),
    decide: `${base}/proposals`,
    issue: `${base}/${current ? 'amend' : 'issue'}`,
    board: `${base}/board`,
    ...(plan &&
      mayAct(actor, ['coordinator', 'administrator']) && { criteria: `${base}/criteria` }),
    roadmap: context.url(`/roadmap?year=${year}`),
    // Of everybody's proposals, so for those alone who decide.
    ...(mayAct(actor, ['coordinator', 'administrator']) && {
      annex: annexView('plan.annexDraft', `${base}/annex`, '', context),
    }),
    findings: input.findings,
    form: input.form,
  };
}

function progressOf(standings: readonly Standing[], context: PageContext) {
  const count = (...statuses: readonly Standing['status'][]) =>
    context.number(standings.filter(({ status }) => statuses.includes(status)).length);
  return {
    all: context.number(standings.length),
    onTime: count('released-on-time'),
    late: count('released-late'),
    overdue: count('overdue'),
  };
}

/** Where the annex is, in the two forms of a decision. */
function annexView(label: string, address: string, query: string, context: PageContext) {
  return {
    label: context.t(label),
    files: ['docx', 'xlsx'].map((suffix) => ({
      label: suffix.toUpperCase(),
      href: `${address}.${suffix}${query}`,
    })),
  };
}

/** What is different, a line for each dataset. */
export function changesView(changes: EntryChanges, context: PageContext) {
  const line = (kind: 'added' | 'removed' | 'changed', entry: PlanEntry, detail: string) => ({
    id: entry.datasetId,
    kind: context.t(`plan.change.${kind}`),
    title: context.show(entry.title),
    detail,
  });
  return [
    ...changes.added.map((entry) => line('added', entry, context.due(entry.due))),
    ...changes.removed.map((entry) => line('removed', entry, context.due(entry.due))),
    ...changes.changed.map(({ before, after, fields }) =>
      line(
        'changed',
        after,
        fields.map((field) => fieldChange(field, before, after, context)).join('; '),
      ),
    ),
  ];
}

function fieldChange(
  field: keyof PlanEntry,
  before: PlanEntry,
  after: PlanEntry,
  context: PageContext,
): string {
  const words = (entry: PlanEntry) => {
    const value = entry[field];
    if (value === undefined) return context.t('revisions.empty');
    if (field === 'due') return context.due(String(value));
    if (Array.isArray(value)) return value.join(', ');
    return typeof value === 'object' ? context.show(value as LangText).text : String(value);
  };
  return context.t('plan.change.of', {
    field: context.t(`plan.field.${field}`),
    from: words(before),
    to: words(after),
  });
}

function versionView(version: CountedVersion, base: string, context: PageContext) {
  return {
    name: context.t(version.version === 1 ? 'plan.firstVersion' : 'plan.amendment', {
      number: version.version - 1,
    }),
    href: `${base}/versions/${version.version}`,
    decision: context.t('plan.issuedBy', {
      number: version.decision.number,
      date: context.date(version.decision.date),
    }),
    reason: version.reason,
    entries: context.plural('plan.entries', version.entries),
  };
}

/** A version as it was frozen, and how it differs from the one before. */
export function planVersionPage(
  input: {
    readonly version: IssuedPlan;
    readonly changes: EntryChanges | undefined;
    readonly agencies: ReadonlyMap<string, LangText>;
  },
  context: PageContext,
) {
  const { version, changes, agencies } = input;
  return {
    ...versionView(
      { ...version, entries: version.entries.length },
      context.url(`/workspace/plans/${version.year}`),
      context,
    ),
    back: context.url(`/workspace/plans/${version.year}`),
    title: context.show(version.title),
    signer: version.decision.signer,
    annex: annexView(
      'plan.annex',
      `/plan/${version.year}/annex`,
      `?version=${version.version}`,
      context,
    ),
    changes: changes ? changesView(changes, context) : [],
    ranking: version.ranking && rankingInWords(version.ranking, context),
    rows: version.entries.map((entry, index) => ({
      number: index + 1,
      priority: entry.priority === undefined ? '–' : context.number(entry.priority),
      title: context.show(entry.title),
      agency: context.show(agencies.get(entry.publisher) ?? { vi: entry.publisher }),
      field: entry.field,
      due: context.due(entry.due),
      dropped: entry.dropped,
    })),
  };
}
