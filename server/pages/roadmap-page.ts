import type { Commitment, Roadmap } from '../../catalog/plan/roadmap.ts';
import { type CommitmentView, commitmentView, countStatuses } from './commitment-view.ts';
import type { AgencyNames } from './dataset-card.ts';
import type { PageContext, Shown } from './page-context.ts';

export interface RoadmapPage {
  readonly year: string;
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
    readonly commitments: readonly CommitmentView[];
  }[];
  /** Agencies as rows, quarters as columns. */
  readonly rows: readonly {
    readonly agency: Shown & { readonly href: string };
    readonly cells: readonly (readonly CommitmentView[])[];
  }[];
}

export function roadmapPage(
  roadmap: Roadmap,
  agency: string | undefined,
  agencies: AgencyNames,
  context: PageContext,
): RoadmapPage {
  const { year } = roadmap;
  const own = roadmap.commitments.filter(
    ({ publisher }) => agency === undefined || publisher === agency,
  );
  const view = (commitment: Commitment) => commitmentView(commitment, agencies, context);
  const quarters = [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`);
  const others = own.map(({ quarter }) => quarter).filter((quarter) => !quarters.includes(quarter));
  const columns = [...quarters, ...new Set(others)].sort();
  const publishers = [...new Set(own.map(({ publisher }) => publisher))];
  const named = (id: string) => context.show(agencies.get(id) ?? { [context.lang]: id });
  const everyone = [...new Set(roadmap.commitments.map(({ publisher }) => publisher))];
  return {
    year,
    years: roadmap.years.map((other) => ({
      year: other,
      href: context.url(`/roadmap?year=${other}`),
      selected: other === year,
    })),
    statuses: countStatuses(own, context),
    agencies: everyone.map((id) => ({ id, name: named(id), selected: id === agency })),
    quarters: columns.map((quarter) => ({
      id: quarter,
      label: context.due(quarter),
      commitments: own.filter((commitment) => commitment.quarter === quarter).map(view),
    })),
    rows: publishers.map((id) => ({
      agency: { ...named(id), href: context.url(`/agency/${id}`) },
      cells: columns.map((quarter) =>
        own.filter((c) => c.publisher === id && c.quarter === quarter).map(view),
      ),
    })),
  };
}
