import { writeXlsx } from 'hucre/xlsx';
import { toCsv } from '../kernel/csv.ts';
import { writeCalendar } from '../kernel/icalendar.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import { titleSortKey } from '../kernel/vietnamese-order.ts';
import { type CommitmentStatus, quarterInWords } from '../model/calendar.ts';
import { vocabulary } from '../model/vocabularies.ts';
import type { Commitment, Roadmap } from './roadmap.ts';

/*
 * The roadmap for those who take it away: a table as CSV and XLSX, and a calendar.
 */

export const statusLabels: Readonly<Record<CommitmentStatus, { vi: string; en: string }>> = {
  planned: { vi: 'Theo kế hoạch', en: 'Planned' },
  'in-preparation': { vi: 'Đang chuẩn bị', en: 'In preparation' },
  'released-on-time': { vi: 'Đã công bố đúng hạn', en: 'Released on time' },
  'released-late': { vi: 'Đã công bố trễ hạn', en: 'Released late' },
  overdue: { vi: 'Quá hạn', en: 'Overdue' },
  dropped: { vi: 'Đưa ra khỏi kế hoạch', en: 'Dropped' },
};

const columns = [
  'STT',
  'Mã',
  'Tên tập dữ liệu',
  'Đơn vị chủ trì',
  'Định dạng',
  'Tần suất cập nhật',
  'Lộ trình công bố',
  'Hạn công bố',
  'Tình trạng',
  'Ngày công bố',
] as const;

function toRow(
  commitment: Commitment,
  index: number,
  agencies: ReadonlyMap<string, string>,
): readonly (string | number)[] {
  const { due } = commitment;
  return [
    index + 1,
    commitment.datasetId,
    pickLanguage(commitment.title, 'vi').text,
    agencies.get(commitment.publisher) ?? commitment.publisher,
    commitment.formats.join(', '),
    vocabulary('frequency').labelOf(commitment.accrualPeriodicity ?? '', 'vi'),
    quarterInWords(due),
    commitment.dueDate,
    statusLabels[commitment.status].vi,
    commitment.releasedOn ?? '',
  ];
}

/** A cell that a spreadsheet would run is written as text. OWASP, CSV injection. */
function inert(cell: string | number): string | number {
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function table(
  roadmap: Roadmap,
  agencies: ReadonlyMap<string, string>,
): readonly (readonly (string | number)[])[] {
  return roadmap.commitments.map((commitment, index) => toRow(commitment, index, agencies));
}

/** The roadmap as CSV. */
export function writeRoadmapCsv(roadmap: Roadmap, agencies: ReadonlyMap<string, string>): string {
  return toCsv([columns, ...table(roadmap, agencies)]);
}

/** The roadmap as a workbook with one sheet. */
export async function writeRoadmapXlsx(
  roadmap: Roadmap,
  agencies: ReadonlyMap<string, string>,
): Promise<Uint8Array> {
  const rows = table(roadmap, agencies).map((row) => row.map(inert));
  return writeXlsx({
    sheets: [{ name: `Lộ trình ${roadmap.year}`, rows: [[...columns], ...rows] }],
  });
}

/** The roadmap as a calendar: an event on the last day of each commitment. */
export function writeRoadmapCalendar(
  roadmap: Roadmap,
  agencies: ReadonlyMap<string, string>,
  baseURL: string,
  stamp: string,
): string {
  const sorted = [...roadmap.commitments].sort((a, b) =>
    titleSortKey(pickLanguage(a.title, 'vi').text) < titleSortKey(pickLanguage(b.title, 'vi').text)
      ? -1
      : 1,
  );
  const host = new URL(baseURL).host;
  return writeCalendar({
    name: `Lộ trình dữ liệu mở ${roadmap.year}`,
    product: 'Roadmap',
    stamp,
    events: sorted.map(({ datasetId, dueDate, title, publisher, status }) => ({
      uid: `${datasetId}@${host}`,
      day: dueDate,
      summary: pickLanguage(title, 'vi').text,
      description: `${agencies.get(publisher) ?? publisher}. ${statusLabels[status].vi}.`,
      url: `${baseURL}/roadmap?dataset=${datasetId}#${datasetId}`,
    })),
  });
}
