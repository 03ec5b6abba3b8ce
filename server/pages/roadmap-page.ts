import type { Commitment, Roadmap } from '../../catalog/plan/roadmap.ts';
import type { Standing } from '../../catalog/plan/standings.ts';
import { type CommitmentView, commitmentView, countStatuses } from './commitment-view.ts';
import type { AgencyNames } from './dataset-card.ts';
import { type LongRoadmap, longRoadmap, type RoadmapPlace } from './long-roadmap-page.ts';
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
  /** In the place of the rows, when they would be too many. */
  readonly long?: LongRoadmap;
}

/** A roadmap with the commitments that a page lists. */
export interface ShownRoadmap extends Roadmap {
  /** Every promise of the year. Absent: they are all listed. */
  readonly standings?: readonly Standing[];
  /** Present: the page is one of several. */
  readonly part?: { readonly place: RoadmapPlace; readonly total: number };
}

const formatNames: Readonly<Record<string, string>> = { ics: 'iCalendar', atom: 'Atom' };

export function roadmapPage(
  roadmap: ShownRoadmap,
  agency: string | undefined,
  agencies: AgencyNames,
  today: string,
  context: PageContext,
): RoadmapPage {
  const { year, part, standings = roadmap.commitments } = roadmap;
  const isOwn = ({ publisher }: Standing) => agency === undefined || publisher === agency;
  const own = standings.filter(isOwn);
  const listed = part ? [] : roadmap.commitments.filter(isOwn);
  const view = (commitment: Commitment) => commitmentView(commitment, agencies, today, context);
  const quarters = [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`);
  const others = own.map(({ quarter }) => quarter).filter((quarter) => !quarters.includes(quarter));
  const columns = [...quarters, ...new Set(others)].sort();
  const named = (id: string) => context.show(agencies.get(id) ?? { [context.lang]: id });
  const publishersOf = (commitments: readonly Standing[]) =>
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
    agencies: publishersOf(standings).map((id) => ({
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
        commitments: listed.filter((commitment) => commitment.quarter === quarter).map(view),
      };
    }),
    rows: publishersOf(listed).map((id) => ({
      agency: { ...named(id), href: context.url(`/agency/${id}`) },
      cells: columns.map((quarter) =>
        listed.filter((c) => c.publisher === id && c.quarter === quarter).map(view),
      ),
    })),
    ...(part && {
      long: longRoadmap(
        {
          ...part,
          year,
          own,
          listed: roadmap.commitments,
          columns,
          publishers: publishersOf(own),
          agencies,
          today,
        },
        context,
      ),
    }),
  };
}
