import { writeOfficialDocx } from '../documents/write-official-docx.ts';
import { writeOfficialXlsx } from '../documents/write-official-xlsx.ts';
import { reportDocument } from './report-document.ts';
import type { ReportPaper, ReportSetting } from './report-paper.ts';

/** A report as a workbook, a sheet for each of its tables. */
export function writeReportXlsx(paper: ReportPaper, setting: ReportSetting): Promise<Uint8Array> {
  return writeOfficialXlsx(reportDocument(paper, setting));
}

/** A report as a text document. */
export function writeReportDocx(paper: ReportPaper, setting: ReportSetting): Promise<Uint8Array> {
  return writeOfficialDocx(reportDocument(paper, setting));
}
