import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { Figures, PlanProgress, PublicVersion } from '../../catalog/plan/plan-progress.ts';
import { countStatuses } from './commitment-view.ts';
import type { AgencyNames } from './dataset-card.ts';
import type { PageContext } from './page-context.ts';
import { changesView } from './plan-pages.ts';
import { punctualityView } from './punctuality-view.ts';

/** The plan of a year for the public: the decision, how far it is, and what was changed. */
export function publicPlanPage(
  input: {
    readonly progress: PlanProgress;
    readonly versions: readonly PublicVersion[];
    /** The sections of the version that counts, with how many promises each holds; empty: in none. */
    readonly fields: readonly { readonly field: string; readonly count: number }[];
    /** The plan's own title, which it has before it is issued. */
    readonly title: LangText | undefined;
    readonly agencies: AgencyNames;
    readonly today: string;
  },
  context: PageContext,
) {
  const { progress, versions, agencies, today } = input;
  const { year, at, version, total } = progress;
  const { t, url, date, number } = context;
  const shown = versions.find((one) => one.version === version?.number);
  const title = shown?.title ?? input.title;
  const isToday = at === today;
  const query = isToday ? '' : `?at=${at}`;
  return {
    year,
    heading: t('publicPlan.heading', { year }),
    title: title && context.show(title),
    standing: version
      ? t('plan.issuedBy', {
          number: version.decision.number,
          date: date(version.decision.date),
        })
      : t(versions.length > 0 ? 'publicPlan.notIssuedThen' : 'plan.preparing'),
    signer: version?.decision.signer,
    at,
    today,
    asOf: isToday ? undefined : t('publicPlan.then', { date: date(at) }),
    now: url(`/plan/${year}`),
    statuses: countStatuses(progress.commitments, context),
    summary: punctualityView(progress.commitments, context),
    agencies: progress.agencies
      .map(({ agency, ...figures }) => ({
        name: context.show(agencies.get(agency) ?? { [context.lang]: agency }),
        href: url(`/agency/${agency}`),
        ...inNumbers(figures, context),
      }))
      .sort((a, b) => context.compare(a.name.text, b.name.text)),
    total: inNumbers(total, context),
    fields: input.fields.map(({ field, count }) => ({
      name: field === '' ? { text: t('publicPlan.noField') } : context.official(field),
      count: number(count),
    })),
    versions: versions.map((one) => ({
      name: t(one.version === 1 ? 'plan.firstVersion' : 'plan.amendment', {
        number: one.version - 1,
      }),
      decision: t('plan.issuedBy', {
        number: one.decision.number,
        date: date(one.decision.date),
      }),
      entries: context.plural('plan.entries', one.entries),
      reason: one.reason,
      changes: one.changes ? changesView(one.changes, context) : [],
      annex: annexFiles(`/plan/${year}/annex`, `?version=${one.version}`),
      isShown: one.version === version?.number,
    })),
    annex: version
      ? {
          label: t('plan.annex'),
          files: annexFiles(`/plan/${year}/annex`, `?version=${version.number}`),
        }
      : undefined,
    csv: `/plan/${year}/progress.csv${query}`,
    json: `/api/v1/plans/${year}/progress${query}`,
    roadmap: url(`/roadmap?year=${year}`),
    reports: url('/report'),
    indicators: url('/indicators'),
    counted: number(total.promised),
  };
}

function inNumbers({ promised, due, statuses, punctuality }: Figures, context: PageContext) {
  const { number } = context;
  return {
    promised: number(promised),
    due: number(due),
    onTime: number(statuses['released-on-time']),
    late: number(statuses['released-late']),
    overdue: number(statuses.overdue),
    isLate: statuses.overdue > 0,
    toCome: number(statuses.planned + statuses['in-preparation']),
    punctuality: punctuality === undefined ? '–' : context.percent(punctuality),
  };
}

function annexFiles(address: string, query: string) {
  return ['docx', 'xlsx'].map((suffix) => ({
    label: suffix.toUpperCase(),
    href: `${address}.${suffix}${query}`,
  }));
}
