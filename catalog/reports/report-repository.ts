import type { LangText } from '../kernel/lang-text.ts';
import type { Queryable, Tables } from '../storage/database.ts';
import type { ReportFigures } from './report-figures.ts';

/** A version of a report that was closed. */
export interface ClosedReport {
  readonly id: string;
  /** Counts from 1; each after the first corrects the one before. */
  readonly version: number;
  readonly closedAt: string;
  readonly closedBy: string;
  /** What the coordinator says to the figures. */
  readonly remarks?: LangText;
  /** Why a version before it was corrected. */
  readonly reason?: string;
  readonly figures: ReportFigures;
}

/** Every SQL statement that touches table `report`. Rows are added; nothing changes or removes one. */
export function reportRepository(db: Queryable) {
  return {
    /** @param version absent: the last one */
    async find(id: string, version?: number): Promise<ClosedReport | undefined> {
      let query = db.selectFrom('report').selectAll().where('id', '=', id);
      if (version !== undefined) query = query.where('version', '=', version);
      const row = await query.orderBy('version', 'desc').limit(1).executeTakeFirst();
      return row && fromRow(row);
    },

    /** The closed versions without their figures: by report, the last version first. */
    async list(): Promise<readonly Omit<ClosedReport, 'figures'>[]> {
      const rows = await db
        .selectFrom('report')
        .select(['id', 'version', 'closed_at', 'closed_by', 'remarks_json', 'reason'])
        .orderBy('id')
        .orderBy('version', 'desc')
        .execute();
      return rows.map(headOf);
    },

    async add(report: ClosedReport): Promise<void> {
      await db
        .insertInto('report')
        .values({
          id: report.id,
          version: report.version,
          closed_at: report.closedAt,
          closed_by: report.closedBy,
          remarks_json: report.remarks ? JSON.stringify(report.remarks) : null,
          reason: report.reason ?? null,
          figures_json: JSON.stringify(report.figures),
        })
        .execute();
    },
  };
}

function fromRow(row: Tables['report']): ClosedReport {
  return { ...headOf(row), figures: JSON.parse(row.figures_json) as ReportFigures };
}

function headOf(row: Omit<Tables['report'], 'figures_json'>): Omit<ClosedReport, 'figures'> {
  return {
    id: row.id,
    version: row.version,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    ...(row.remarks_json !== null && { remarks: JSON.parse(row.remarks_json) as LangText }),
    ...(row.reason !== null && { reason: row.reason }),
  };
}
