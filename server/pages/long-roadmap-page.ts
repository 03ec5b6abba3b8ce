import type { Commitment } from '../../catalog/plan/roadmap.ts';
import type { Standing } from '../../catalog/plan/standings.ts';
import { type CommitmentView, commitmentView } from './commitment-view.ts';
import type { AgencyNames } from './dataset-card.ts';
import type { PageContext, Shown } from './page-context.ts';
import { type Pager, pager } from './pager.ts';

/** Up to so many promises are one table; more are counted first, and listed on pages of so many. */
export const roadmapPageSize = 100;

/** Which promises of a long roadmap are listed. */
export interface RoadmapPlace {
  readonly agency?: string | undefined;
  readonly quarter?: string | undefined;
  readonly page: number;
}

/** A roadmap of many promises: how many of each quarter and agency, then page by page which. */
export interface LongRoadmap {
  /** The whole year, and its quarters. */
  readonly quarters: readonly {
    readonly label: string;
    readonly kept: string;
    readonly href: string;
    readonly selected: boolean;
  }[];
  /** Agencies as rows, quarters as columns. Empty: the list is of one agency or quarter, or goes on. */
  readonly counts: readonly {
    readonly agency: Shown & { readonly href: string };
    readonly cells: readonly (
      | { readonly text: string; readonly words: string; readonly href: string }
      | undefined
    )[];
  }[];
  readonly columns: readonly string[];
  readonly showsAgency: boolean;
  readonly sections: readonly {
    readonly label: string;
    readonly kept: string;
    readonly commitments: readonly CommitmentView[];
  }[];
  /** Present: the list is shorter than that. */
  readonly beyond: { readonly href: string } | undefined;
  readonly pager: Pager;
}

/** The promises that a page lists, and how many there are to be paged. */
export function selectRoadmap(
  standings: readonly Standing[],
  { agency, quarter, page }: RoadmapPlace,
): { readonly listed: readonly Standing[]; readonly total: number } {
  const found = standings.filter(isIn({ agency, quarter }));
  const begin = (page - 1) * roadmapPageSize;
  return { listed: found.slice(begin, begin + roadmapPageSize), total: found.length };
}

/** The page on which a dataset is listed; absent: on none. */
export function pageOf(
  datasetId: string,
  standings: readonly Standing[],
  place: Omit<RoadmapPlace, 'page'>,
): number | undefined {
  const at = standings.filter(isIn(place)).findIndex((one) => one.datasetId === datasetId);
  return at < 0 ? undefined : Math.floor(at / roadmapPageSize) + 1;
}

function isIn({ agency, quarter }: Omit<RoadmapPlace, 'page'>): (one: Standing) => boolean {
  return (one) =>
    (agency === undefined || one.publisher === agency) &&
    (quarter === undefined || one.quarter === quarter);
}

/**
 * @param input.own every promise of the year, or of the agency that is shown
 * @param input.listed those of the page
 */
export function longRoadmap(
  input: {
    readonly year: string;
    readonly place: RoadmapPlace;
    readonly own: readonly Standing[];
    readonly listed: readonly Commitment[];
    readonly total: number;
    readonly columns: readonly string[];
    readonly publishers: readonly string[];
    readonly agencies: AgencyNames;
    readonly today: string;
  },
  context: PageContext,
): LongRoadmap {
  const { year, place, own, columns, agencies } = input;
  const hrefOf = ({ agency = place.agency ?? '', quarter = '' }) =>
    context.url(
      `/roadmap?${new URLSearchParams({ year, ...(agency && { agency }), ...(quarter && { quarter }) })}`,
    );
  const keptOf = (some: readonly Standing[]) =>
    context.plural('roadmap.kept', some.length, { released: context.number(releasedOf(some)) });
  const inQuarter = new Map(
    columns.map((quarter) => [quarter, own.filter((one) => one.quarter === quarter)]),
  );
  const isWhole = place.agency === undefined && place.quarter === undefined && place.page === 1;
  const asked = new URLSearchParams({
    year,
    agency: place.agency ?? '',
    quarter: place.quarter ?? '',
  });
  return {
    quarters: [
      {
        label: context.t('roadmap.wholeYear'),
        kept: keptOf(own),
        href: hrefOf({}),
        selected: place.quarter === undefined,
      },
      ...columns.map((quarter) => ({
        label: context.due(quarter),
        kept: keptOf(inQuarter.get(quarter) ?? []),
        href: hrefOf({ quarter }),
        selected: place.quarter === quarter,
      })),
    ],
    columns: columns.map((quarter) => context.due(quarter)),
    showsAgency: place.agency === undefined,
    counts: isWhole
      ? input.publishers.map((agency) => ({
          agency: {
            ...context.show(agencies.get(agency) ?? { [context.lang]: agency }),
            href: hrefOf({ agency }),
          },
          cells: columns.map((quarter) => {
            const some = inQuarter.get(quarter)?.filter((one) => one.publisher === agency) ?? [];
            if (some.length === 0) return undefined;
            return {
              text: `${context.number(releasedOf(some))}/${context.number(some.length)}`,
              words: keptOf(some),
              href: hrefOf({ agency, quarter }),
            };
          }),
        }))
      : [],
    sections: columns.flatMap((quarter) => {
      const commitments = input.listed
        .filter((one) => one.quarter === quarter)
        .map((one) => commitmentView(one, agencies, input.today, context));
      const kept = keptOf(inQuarter.get(quarter) ?? []);
      return commitments.length === 0 ? [] : [{ label: context.due(quarter), kept, commitments }];
    }),
    beyond:
      input.listed.length === 0 && input.total > 0
        ? { href: hrefOf({ quarter: place.quarter ?? '' }) }
        : undefined,
    pager: pager(
      '/roadmap',
      asked,
      { page: place.page, pageSize: roadmapPageSize, total: input.total },
      context,
    ),
  };
}

function releasedOf(standings: readonly Standing[]): number {
  return standings.filter(({ releasedOn }) => releasedOn !== undefined).length;
}
