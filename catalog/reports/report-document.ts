import type { Block, OfficialDocument } from '../documents/official-document.ts';
import { dateInWords, officialForm, roman } from '../documents/official-form.ts';
import { localDate } from '../kernel/clock.ts';
import type { ReportPaper, ReportSetting } from './report-paper.ts';
import { basisOf, dayOf, overallOf } from './report-sentences.ts';
import {
  agencyTable,
  criteriaTable,
  detailTable,
  lateTable,
  progressTable,
  yearsTable,
} from './report-tables.ts';
import { headings, inLanguage, reportTitle, shortWords } from './report-words.ts';

/** A report as a paper: for the page, the workbook and the text document alike. */
export function reportDocument(paper: ReportPaper, setting: ReportSetting): OfficialDocument {
  const { figures, closed } = paper;
  const { lang } = setting;
  const form = lang === 'vi' ? officialForm : officialForm.english;
  const day = closed ? localDate(closed.closedAt) : figures.asOf;
  const title = reportTitle(figures.report)[lang];
  return {
    lang,
    orientation: 'landscape',
    issuer: form.issuer,
    nation: form.nation,
    ...(!closed && { mark: shortWords.draft[lang] }),
    placeAndDate:
      lang === 'vi'
        ? `${officialForm.place}, ${dateInWords(day)}`
        : `${officialForm.place}, ${dayOf(day, lang)}`,
    heading: [headings.report[lang], title],
    blocks: numbered(sectionsOf(paper, setting), lang),
    recipientsLabel: 'Nơi nhận:',
    ...(lang === 'vi' && {
      signature: {
        recipients: officialForm.recipients.slice(1),
        lines: [officialForm.authority, officialForm.office],
      },
    }),
  };
}

type Section = readonly [keyof typeof headings, readonly Block[]];

function sectionsOf({ figures, closed }: ReportPaper, setting: ReportSetting): readonly Section[] {
  const { lang } = setting;
  const table = (name: keyof typeof headings, of: typeof criteriaTable): Section => {
    const made = of(figures, setting);
    return [
      name,
      made.rows.length === 0 ? [] : [{ kind: 'table', name: headings[name][lang], table: made }],
    ];
  };
  const said =
    closed?.remarks === undefined ? [] : inLanguage(closed.remarks, lang).text.split(/\n+/);
  return [
    ['overall', paragraphs(overallOf(figures, lang))],
    table('criteria', criteriaTable),
    table('progress', progressTable),
    table('late', lateTable),
    table('agencies', agencyTable),
    table('detail', detailTable),
    ...(figures.years.length > 1 ? [table('years', yearsTable)] : []),
    ['remarks', paragraphs(said)],
    ['basis', paragraphs(basisOf(figures, closed, setting))],
  ];
}

const paragraphs = (texts: readonly string[]): readonly Block[] =>
  texts.map((text) => ({ kind: 'paragraph', text }));

/** Sections that say nothing are left out; the others are counted. */
function numbered(sections: readonly Section[], lang: 'vi' | 'en'): readonly Block[] {
  return sections
    .filter(([, blocks]) => blocks.length > 0)
    .flatMap(([name, blocks], index): readonly Block[] => [
      { kind: 'heading', text: `${roman(index + 1)}. ${headings[name][lang]}` },
      ...blocks,
    ]);
}
