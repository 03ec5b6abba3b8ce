import type { LangText, Message } from '../kernel/lang-text.ts';
import type { CommitmentStatus } from '../model/calendar.ts';
import type { DatasetState } from '../model/dataset.ts';
import type { ReportKind, ScheduledReport } from './report-schedule.ts';

/*
 * The words of a report. It is one paper whether it is read as a page, a workbook or a text document, so they stand
 * here and not among the messages of the pages.
 */

export const headings = {
  report: { vi: 'BÁO CÁO', en: 'REPORT' },
  overall: { vi: 'Kết quả chung', en: 'Overall result' },
  criteria: { vi: 'Kết quả theo tiêu chí', en: 'Result by criterion' },
  progress: { vi: 'Tiến độ kế hoạch', en: 'Progress of the plan' },
  late: { vi: 'Trễ hạn và lý do', en: 'What is late, and why' },
  agencies: { vi: 'Kết quả theo cơ quan', en: 'Result by agency' },
  detail: { vi: 'Tiêu chí từng cơ quan', en: 'Criteria of each agency' },
  years: { vi: 'So sánh qua các năm', en: 'Year by year' },
  remarks: { vi: 'Nhận xét, kiến nghị', en: 'Remarks and proposals' },
  basis: { vi: 'Căn cứ số liệu', en: 'What the figures rest on' },
} as const satisfies Readonly<Record<string, Message>>;

export const columnNames = {
  ordinal: { vi: 'STT', en: 'No.' },
  criterion: { vi: 'Tiêu chí', en: 'Criterion' },
  value: { vi: 'Kết quả', en: 'Result' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  target: { vi: 'Mục tiêu', en: 'Target' },
  reached: { vi: 'Đạt mục tiêu', en: 'Target met' },
  counted: { vi: 'Số liệu gốc', en: 'Made from' },
  evidence: { vi: 'Bằng chứng', en: 'Evidence' },
  agency: { vi: 'Cơ quan', en: 'Agency' },
  attainment: { vi: 'Mức đạt chung (%)', en: 'Attainment (%)' },
  targetsMet: { vi: 'Tiêu chí đạt', en: 'Targets met' },
  commitments: { vi: 'Cam kết', en: 'Commitments' },
  onTime: { vi: 'Đúng hạn', en: 'On time' },
  late: { vi: 'Trễ hạn', en: 'Late' },
  overdue: { vi: 'Quá hạn', en: 'Overdue' },
  dropped: { vi: 'Đưa ra khỏi kế hoạch', en: 'Dropped' },
  ahead: { vi: 'Chưa đến hạn', en: 'Not due yet' },
  quarter: { vi: 'Quý', en: 'Quarter' },
  dataset: { vi: 'Tập dữ liệu', en: 'Dataset' },
  due: { vi: 'Hạn công bố', en: 'Due' },
  standing: { vi: 'Tình trạng', en: 'Standing' },
  why: { vi: 'Lý do', en: 'Why' },
} as const satisfies Readonly<Record<string, Message>>;

export const units = {
  percent: { vi: '%', en: '%' },
  points: { vi: 'điểm (tối đa 100)', en: 'points of 100' },
  change: { vi: '% thay đổi', en: '% of change' },
  count: { vi: 'số lượng', en: 'number' },
} as const satisfies Readonly<Record<string, Message>>;

export const shortWords = {
  yes: { vi: 'Đạt', en: 'Yes' },
  no: { vi: 'Chưa đạt', en: 'No' },
  records: { vi: 'Hồ sơ', en: 'Records' },
  draft: { vi: 'DỰ THẢO', en: 'DRAFT' },
  total: { vi: 'Toàn thành phố', en: 'The city' },
} as const satisfies Readonly<Record<string, Message>>;

/** Why a release that was due is not there: how far its preparation has come. */
export const hindrances: Readonly<Record<DatasetState, Message>> = {
  planned: { vi: 'Chưa bắt đầu chuẩn bị', en: 'Preparation has not begun' },
  draft: { vi: 'Đang hoàn thiện mô tả, dữ liệu', en: 'Description and data are being completed' },
  'in-review': { vi: 'Đang chờ phê duyệt', en: 'Waiting for approval' },
  approved: { vi: 'Đã duyệt, chưa công bố', en: 'Approved, not released' },
  published: { vi: 'Đã công bố', en: 'Released' },
  withdrawn: { vi: 'Đã thu hồi', en: 'Withdrawn' },
};

export const standings: Readonly<Record<CommitmentStatus, Message>> = {
  planned: columnNames.ahead,
  'in-preparation': columnNames.ahead,
  'released-on-time': columnNames.onTime,
  'released-late': columnNames.late,
  overdue: columnNames.overdue,
  dropped: columnNames.dropped,
};

/** What a report is called. */
export function reportTitle({ kind, year, years }: ScheduledReport): Message {
  return titles[kind](year, years[0] ?? year);
}

const titles: Readonly<Record<ReportKind, (year: string, first: string) => Message>> = {
  yearly: (year) => ({
    vi: `Kết quả thực hiện kế hoạch công bố dữ liệu mở năm ${year}`,
    en: `How the open-data plan of ${year} was carried out`,
  }),
  interim: (year, first) => ({
    vi: `Sơ kết thực hiện chiến lược dữ liệu mở giai đoạn ${first}–${year}`,
    en: `Interim report on the open-data strategy, ${first}–${year}`,
  }),
  final: (year, first) => ({
    vi: `Tổng kết thực hiện chiến lược dữ liệu mở giai đoạn ${first}–${year}`,
    en: `Final report on the open-data strategy, ${first}–${year}`,
  }),
};

export function inLanguage(text: LangText, lang: 'vi' | 'en'): { text: string; lang?: string } {
  const own = text[lang];
  if (own !== undefined) return { text: own };
  const [other = lang, words = ''] = Object.entries(text)[0] ?? [];
  return text['vi'] === undefined ? { text: words, lang: other } : { text: text['vi'], lang: 'vi' };
}
