import type { Commitment, Roadmap } from '../../catalog/plan/roadmap.ts';
import { type CommitmentView, commitmentView, countStatuses } from './commitment-view.ts';
import type { AgencyNames } from './dataset-card.ts';
import type { PageContext, Shown } from './page-context.ts';

export interface RoadmapPage {
  readonly year: string;
  /** Absent: nobody has planned anything for that year. */
  readonly plan: { readonly label: string; readonly href: string } | undefined;
  /** To take away or to follow, of the agency that is shown. */
  readonly files: readonly { readonly label: string; readonly href: string }[];
  readonly years: readonly {
    readonly year: string;
    readonly href: string;
    readonly selected: boolean;
  }[];
  readonly statuses: ReturnType<typeof countStatuses>;
  readonly agencies: readonly {
    readonly id: string;
    readonly name: Shown;
    readonly selected: boolean;
  }[];
  readonly quarters: readonly {
    readonly id: string;
    readonly label: string;
    /** `3/8`: how many of its commitments have been released. */
    readonly kept: string;
    readonly commitments: readonly CommitmentView[];
  }[];
  /** Agencies as rows, quarters as columns. */
  readonly rows: readonly {
    readonly agency: Shown & { readonly href: string };
    readonly cells: readonly (readonly CommitmentView[])[];
  }[];
}

const formatNames: Readonly<Record<string, string>> = { ics: 'iCalendar', atom: 'Atom' };

export function roadmapPage(
  roadmap: Roadmap,
  agency: string | undefined,
  agencies: AgencyNames,
  today: string,
  context: PageContext,
): RoadmapPage {
  const { year } = roadmap;
  const own = roadmap.commitments.filter(
    ({ publisher }) => agency === undefined || publisher === agency,
  );
  const view = (commitment: Commitment) => commitmentView(commitment, agencies, today, context);
  const quarters = [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`);
  const others = own.map(({ quarter }) => quarter).filter((quarter) => !quarters.includes(quarter));
  const columns = [...quarters, ...new Set(others)].sort();
  const named = (id: string) => context.show(agencies.get(id) ?? { [context.lang]: id });
  const publishersOf = (commitments: readonly Commitment[]) =>
    [...new Set(commitments.map(({ publisher }) => publisher))].sort((a, b) =>
      context.compare(named(a).text, named(b).text),
    );
  const files = new URLSearchParams({ year, ...(agency !== undefined && { agency }) });
  return {
    year,
    plan: roadmap.years.includes(year)
      ? { label: context.t('publicPlan.link', { year }), href: context.url(`/plan/${year}`) }
      : undefined,
    files: ['ics', 'atom', 'xlsx', 'csv', 'json'].map((ending) => ({
      label: formatNames[ending] ?? ending.toUpperCase(),
      href: `/roadmap.${ending}?${files}`,
    })),
    years: roadmap.years.map((other) => ({
      year: other,
      href: context.url(`/roadmap?year=${other}`),
      selected: other === year,
    })),
    statuses: countStatuses(own, context),
    agencies: publishersOf(roadmap.commitments).map((id) => ({
      id,
      name: named(id),
      selected: id === agency,
    })),
    quarters: columns.map((quarter) => {
      const due = own.filter((commitment) => commitment.quarter === quarter);
      const released = due.filter(({ releasedOn }) => releasedOn !== undefined).length;
      return {
        id: quarter,
        label: context.due(quarter),
        kept: context.plural('roadmap.kept', due.length, { released: context.number(released) }),
        commitments: due.map(view),
      };
    }),
    rows: publishersOf(own).map((id) => ({
      agency: { ...named(id), href: context.url(`/agency/${id}`) },
      cells: columns.map((quarter) =>
        own.filter((c) => c.publisher === id && c.quarter === quarter).map(view),
      ),
    })),
  };
}
