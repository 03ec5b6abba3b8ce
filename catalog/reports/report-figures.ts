import { getReport } from '../criteria/get-report.ts';
import type { Indicator } from '../criteria/indicators.ts';
import { readPeriod } from '../criteria/period.ts';
import { agencyRepository } from '../inventory/agency-repository.ts';
import type { LangText } from '../kernel/lang-text.ts';
import type { DatasetState } from '../model/dataset.ts';
import { commitmentRepository } from '../plan/commitment-repository.ts';
import { type Commitment, commitmentsOf } from '../plan/roadmap.ts';
import type { Queryable } from '../storage/database.ts';
import type { ScheduledReport } from './report-schedule.ts';

/** A criterion's value against its target, with what it is made from. */
export type ReportedItem = Omit<Indicator, 'trend' | 'formula' | 'formulaInWords' | 'weight'>;

/** What the criteria say of the city or of an agency. */
export interface ScopeFigures {
  /** The weighted mean of values against targets, in per cent. Absent: nothing has both. */
  readonly attainment?: number;
  readonly items: readonly ReportedItem[];
}

export interface AgencyFigures extends ScopeFigures {
  readonly agency: string;
  /** What it was called on the day. */
  readonly name: LangText;
}

export type ReportedCommitment = Pick<
  Commitment,
  | 'datasetId'
  | 'title'
  | 'publisher'
  | 'due'
  | 'dueDate'
  | 'quarter'
  | 'status'
  | 'published'
  | 'releasedOn'
  | 'reason'
> & {
  /** How far its preparation has come. */
  readonly state: DatasetState;
};

/** All that a report says in figures. What is closed is kept as this, and never changes again. */
export interface ReportFigures {
  readonly report: ScheduledReport;
  /** The day on which it stood so. */
  readonly asOf: string;
  readonly criteria: {
    readonly version: number;
    /** When they were measured. Absent: nothing was. */
    readonly takenAt?: string;
  };
  readonly city: ScopeFigures;
  /** In the order of their ids. */
  readonly agencies: readonly AgencyFigures[];
  /** Of all its years, by due time. */
  readonly commitments: readonly ReportedCommitment[];
  /** Year by year. One alone in a yearly report. */
  readonly years: readonly (ScopeFigures & { readonly year: string })[];
}

/** Gathers the figures of a report as they stand today. What is kept is read; nothing is measured. */
export async function reportFigures(
  report: ScheduledReport,
  today: string,
  db: Queryable,
): Promise<ReportFigures> {
  const found = await getReport(readPeriod(report.year), today, db);
  const names = new Map(
    (await agencyRepository(db).list()).map(({ record }) => [record.id, record.name]),
  );
  const years = [];
  for (const year of report.years.filter((each) => each <= today.slice(0, 4))) {
    const { city } = year === report.year ? found : await getReport(readPeriod(year), today, db);
    years.push({ year, ...figuresOf(city) });
  }
  const commitments = [];
  for (const year of report.years) commitments.push(...(await commitmentsIn(year, today, db)));
  return {
    report,
    asOf: today,
    criteria: {
      version: found.version,
      ...(found.takenAt !== undefined && { takenAt: found.takenAt }),
    },
    city: figuresOf(found.city),
    agencies: found.agencies.map((each) => ({
      agency: each.agency,
      name: names.get(each.agency) ?? { vi: each.agency },
      ...figuresOf(each),
    })),
    commitments,
    years,
  };
}

function figuresOf({
  attainment,
  items,
}: {
  readonly attainment?: number;
  readonly items: readonly Indicator[];
}): ScopeFigures {
  return {
    ...(attainment !== undefined && { attainment }),
    items: items.map(
      ({ trend: _t, formula: _f, formulaInWords: _w, weight: _weight, ...item }) => item,
    ),
  };
}

async function commitmentsIn(
  year: string,
  today: string,
  db: Queryable,
): Promise<readonly ReportedCommitment[]> {
  const lines = await commitmentRepository(db).lines(year);
  const states = new Map(lines.map(({ datasetId, state }) => [datasetId, state as DatasetState]));
  return (await commitmentsOf(year, today, db)).map((commitment) => ({
    datasetId: commitment.datasetId,
    title: commitment.title,
    publisher: commitment.publisher,
    due: commitment.due,
    dueDate: commitment.dueDate,
    quarter: commitment.quarter,
    status: commitment.status,
    published: commitment.published,
    ...(commitment.releasedOn !== undefined && { releasedOn: commitment.releasedOn }),
    ...(commitment.reason !== undefined && { reason: commitment.reason }),
    state: states.get(commitment.datasetId) ?? 'planned',
  }));
}
