import type { Request } from 'express';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { ReportPaper, ReportSetting } from '../../catalog/reports/report-paper.ts';
import { type ClosedReport, reportRepository } from '../../catalog/reports/report-repository.ts';
import { scheduledReport } from '../../catalog/reports/report-schedule.ts';
import { writeReportDocx, writeReportXlsx } from '../../catalog/reports/write-report.ts';
import type { Queryable } from '../../catalog/storage/database.ts';
import { documentTypes, readDocumentSuffix } from './document-suffix.ts';
import { readVersion } from './read-version.ts';

/**
 * The closed version of a report that a request asks for; without `version`, the last.
 *
 * @throws {CatalogError} `not-found` / `report-not-found`, `report-not-closed`, `version-not-found`; `malformed` /
 * `parameter-malformed`
 */
export async function closedReportOf(request: Request, db: Queryable): Promise<ClosedReport> {
  const { id } = scheduledReport(String(request.params['id']));
  const version = readVersion(request);
  const closed = await reportRepository(db).find(id, version);
  if (closed) return closed;
  throw version === undefined ? notClosed(id) : versionNotFound(id, version);
}

/** What was said when it was closed belongs to it; who closed it stays inside. */
export function closedPaper({
  figures,
  closedBy: _by,
  id: _id,
  ...closed
}: ClosedReport): ReportPaper {
  return { figures, closed };
}

/** @throws {Refusal} 404 `suffix-unknown` */
export async function reportFile(paper: ReportPaper, written: unknown, setting: ReportSetting) {
  const suffix = readDocumentSuffix(written);
  const { report } = paper.figures;
  const write = suffix === 'xlsx' ? writeReportXlsx : writeReportDocx;
  return {
    fileName: `bao-cao-${report.id}.${suffix}`,
    mediaType: documentTypes[suffix],
    body: Buffer.from(await write(paper, setting)),
  };
}

const notClosed = (id: string): CatalogError =>
  new CatalogError('not-found', 'report-not-closed', {
    vi: `Báo cáo "${id}" chưa được chốt; các báo cáo đã có ở /report.`,
    en: `The report "${id}" has not been closed; those that are there are at /report.`,
  });

const versionNotFound = (id: string, version: number): CatalogError =>
  new CatalogError('not-found', 'version-not-found', {
    vi: `Báo cáo "${id}" không có bản ${version}; hãy bỏ "version" để xem bản mới nhất.`,
    en: `The report "${id}" has no version ${version}; leave "version" out for the last one.`,
  });
