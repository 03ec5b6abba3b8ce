import { CatalogError } from '../../catalog/kernel/errors.ts';
import { daysFrom } from '../../catalog/model/calendar.ts';
import { schemas } from '../../catalog/model/schemas.ts';
import { reportDocument } from '../../catalog/reports/report-document.ts';
import type { ReportPaper } from '../../catalog/reports/report-paper.ts';
import type { ClosedReport } from '../../catalog/reports/report-repository.ts';
import type { ScheduledReport } from '../../catalog/reports/report-schedule.ts';
import { reportTitle } from '../../catalog/reports/report-words.ts';
import { type FormFindings, findingsOf } from './findings.ts';
import type { PageContext } from './page-context.ts';
import { type BlockView, paperView } from './paper-view.ts';

/** What is known of a closed version without its figures. */
export type ClosedHead = Omit<ClosedReport, 'figures'>;

/** A report in a list. */
export interface ReportLine {
  readonly title: string;
  readonly href: string;
  readonly due: string;
  readonly standing: string;
  readonly isLate: boolean;
}

/**
 * A report in a list of those that are owed.
 *
 * @param closed its last version. Absent: it is open
 */
export function reportLine(
  report: ScheduledReport,
  closed: ClosedHead | undefined,
  today: string,
  context: PageContext,
): ReportLine {
  const days = daysFrom(today, report.due);
  const isLate = !closed && days < 0;
  return {
    title: reportTitle(report)[context.lang],
    href: context.url(`/workspace/reports/${report.id}`),
    due: context.date(report.due),
    standing: closed
      ? closedStanding(closed, context)
      : context.plural(isLate ? 'reports.late' : 'reports.daysLeft', Math.abs(days)),
    isLate,
  };
}

function closedStanding({ version, closedAt }: ClosedHead, context: PageContext): string {
  return context.t('reports.closed', { version, date: context.date(closedAt) });
}

/** The reports that the public may read, the newest first. */
export function publicReportsPage(
  closed: readonly (ClosedHead & { readonly report: ScheduledReport })[],
  context: PageContext,
) {
  return {
    reports: closed.map(({ report, ...head }) => ({
      title: reportTitle(report)[context.lang],
      href: context.url(`/report/${report.id}`),
      standing: closedStanding(head, context),
      files: filesOf(context.url(`/report/${report.id}`), ''),
    })),
  };
}

export interface ReportPage {
  readonly title: string;
  readonly standing: string;
  readonly files: readonly { readonly label: string; readonly href: string }[];
  /** The others too, when there are several. */
  readonly versions: readonly {
    readonly label: string;
    readonly href: string;
    readonly current: boolean;
  }[];
  readonly blocks: readonly BlockView[];
}

/** @param address of the report, without the language */
export function reportPage(
  paper: ReportPaper,
  versions: readonly ClosedHead[],
  address: string,
  context: PageContext,
): ReportPage {
  const { figures, closed } = paper;
  const path = context.url(address);
  const query = closed ? `?version=${closed.version}` : '';
  return {
    title: reportTitle(figures.report)[context.lang],
    standing: closed
      ? context.t('reports.closed', {
          version: closed.version,
          date: context.date(closed.closedAt),
        })
      : context.t('reports.draft', { date: context.date(figures.asOf) }),
    files: filesOf(path, query),
    versions: versions.map((head) => ({
      label: closedStanding(head, context),
      href: `${path}?version=${head.version}`,
      current: head.version === closed?.version,
    })),
    blocks: paperView(reportDocument(paper, context).blocks, context),
  };
}

function filesOf(path: string, query: string) {
  return ['docx', 'xlsx'].map((suffix) => ({
    label: suffix.toUpperCase(),
    href: `${path}.${suffix}${query}`,
  }));
}

/** The form that closes a report: its words are the schema's. */
export function closingForm(
  input: {
    readonly version: number;
    /** Why it could not be closed. Absent: nobody has tried. */
    readonly error: unknown;
    readonly typed: { readonly remarks: string; readonly reason: string };
  },
  context: PageContext,
) {
  const findings = findingsOfClosing(input.error, context);
  const field = (name: 'remarks' | 'reason', pointer: string) => {
    const node = schemas.get('report-closing.schema.json')?.properties?.[name];
    const own = context.lang === 'vi' ? node : node?.['x-en'];
    return {
      label: own?.title ?? name,
      help: own?.description ?? '',
      value: input.typed[name],
      problem: findings.at(pointer),
    };
  };
  return {
    version: input.version,
    problems: findings.problems,
    remarks: field('remarks', '/remarks/vi'),
    ...(input.version > 0 && { reason: field('reason', '/reason') }),
  };
}

/** Somebody else was faster: what was typed stays, and the form is of the version after theirs. */
function findingsOfClosing(error: unknown, context: PageContext): FormFindings {
  return error instanceof CatalogError && error.kind === 'stale'
    ? { problems: [context.t('reports.stale')], at: () => undefined }
    : findingsOf(error, context.lang);
}
