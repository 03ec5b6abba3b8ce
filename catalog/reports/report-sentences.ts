import { countBy } from './count-commitments.ts';
import type { ReportFigures, ScopeFigures } from './report-figures.ts';
import type { ReportPaper, ReportSetting } from './report-paper.ts';

type Language = 'vi' | 'en';

const numbers: Readonly<Record<Language, Intl.NumberFormat>> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
};

/** How many criteria can be held against a target, and how many have reached it. */
export function targetsMet({ items }: ScopeFigures): { readonly met: number; readonly of: number } {
  const told = items.filter(({ isReached }) => isReached !== undefined);
  return { met: told.filter(({ isReached }) => isReached).length, of: told.length };
}

/** The report in a few sentences. */
export function overallOf(figures: ReportFigures, lang: Language): readonly string[] {
  const { city, commitments, asOf } = figures;
  const n = (value: number) => numbers[lang].format(value);
  const { met, of } = targetsMet(city);
  const count = countBy(commitments);
  const { attainment } = city;
  const day = dayOf(asOf, lang);
  if (lang === 'vi') {
    const reached =
      attainment === undefined ? '' : ` Mức đạt chung so với mục tiêu: ${n(attainment)}%.`;
    return [
      `Tính đến ngày ${day}, ${n(met)} trong ${n(of)} tiêu chí có mục tiêu đã đạt.${reached}`,
      `Kế hoạch có ${n(commitments.length)} cam kết công bố: ${n(count.onTime)} công bố đúng hạn, ${n(count.late)} công bố trễ hạn, ${n(count.overdue)} quá hạn chưa công bố, ${n(count.dropped)} đưa ra khỏi kế hoạch, ${n(count.ahead)} chưa đến hạn.`,
    ];
  }
  const reached =
    attainment === undefined ? '' : ` Overall attainment against targets: ${n(attainment)}%.`;
  return [
    `By ${day}, ${n(met)} of the ${n(of)} criteria that have a target had reached it.${reached}`,
    `The plan holds ${n(commitments.length)} commitments: ${n(count.onTime)} released on time, ${n(count.late)} released late, ${n(count.overdue)} overdue, ${n(count.dropped)} dropped, ${n(count.ahead)} not due yet.`,
  ];
}

/** Where the figures come from, and how to follow them to the records. */
export function basisOf(
  { criteria, report, asOf }: ReportFigures,
  closed: ReportPaper['closed'],
  { lang, baseURL }: ReportSetting,
): readonly string[] {
  const day = dayOf(asOf, lang);
  const address = `${baseURL}/indicators?period=${report.year}`;
  if (lang === 'vi') {
    return [
      `Số liệu tính theo phiên bản ${criteria.version} của bộ tiêu chí, lấy ngày ${day}. Mỗi kết quả có đường dẫn tới công thức, số đo và từng hồ sơ tạo nên nó, tại ${address}.`,
      ...(closed
        ? [
            `Báo cáo này là bản ${closed.version}; số liệu trong bản này không đổi. Bằng chứng trên mạng có thể đã mới hơn ngày lấy số liệu.`,
          ]
        : ['Đây là dự thảo: số liệu còn thay đổi cho tới khi báo cáo được chốt.']),
      ...(closed?.reason === undefined ? [] : [`Lý do đính chính bản trước: ${closed.reason}`]),
    ];
  }
  return [
    `The figures follow version ${criteria.version} of the criteria, as of ${day}. Each leads to its formula, its measures and every record behind it, at ${address}.`,
    ...(closed
      ? [
          `This is version ${closed.version} of the report; its figures do not change. The evidence on the web may be newer.`,
        ]
      : ['This is a draft: its figures change until the report is closed.']),
    ...(closed?.reason === undefined
      ? []
      : [`Why the version before was corrected: ${closed.reason}`]),
  ];
}

/** 27/11/2026, or 27 November 2026 in English. */
export function dayOf(date: string, lang: Language): string {
  return lang === 'vi' ? date.split('-').reverse().join('/') : englishDay.format(new Date(date));
}

const englishDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
