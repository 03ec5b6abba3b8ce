import { writeXlsx } from 'hucre/xlsx';
import { toCsv } from '../kernel/csv.ts';
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

/**
 * The roadmap as a calendar: an all-day event on the last day of each commitment.
 *
 * @see RFC 5545 §3.1 (lines of at most 75 octets), §3.6.1
 */
export function writeRoadmapCalendar(
  roadmap: Roadmap,
  agencies: ReadonlyMap<string, string>,
  baseURL: string,
  stamp: string,
): string {
  const at = stamp.replace(/[-:]|\.\d{3}/g, '');
  const sorted = [...roadmap.commitments].sort((a, b) =>
    titleSortKey(pickLanguage(a.title, 'vi').text) < titleSortKey(pickLanguage(b.title, 'vi').text)
      ? -1
      : 1,
  );
  const events = sorted.flatMap((commitment) => [
    'BEGIN:VEVENT',
    `UID:${commitment.datasetId}@${new URL(baseURL).host}`,
    `DTSTAMP:${at}`,
    `DTSTART;VALUE=DATE:${commitment.dueDate.replaceAll('-', '')}`,
    `SUMMARY:${escapeText(pickLanguage(commitment.title, 'vi').text)}`,
    `DESCRIPTION:${escapeText(
      `${agencies.get(commitment.publisher) ?? commitment.publisher}. ${statusLabels[commitment.status].vi}.`,
    )}`,
    `URL:${baseURL}/roadmap#${commitment.datasetId}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Khue//Roadmap//VI',
    `X-WR-CALNAME:Lộ trình dữ liệu mở ${roadmap.year}`,
    ...events,
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, (c) => `\\${c}`).replace(/\r?\n/g, '\\n');
}

function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const char of line) {
    const size = Buffer.byteLength(char);
    if (octets + size > 75) {
      text += '\r\n ';
      octets = 1;
    }
    text += char;
    octets += size;
  }
  return text;
}
