import type { Cell, Column, Row, Table } from '../documents/official-document.ts';
import { roman } from '../documents/official-form.ts';
import { quarterInWords } from '../model/calendar.ts';
import { countBy } from './count-commitments.ts';
import type { ReportedCommitment, ReportedItem, ReportFigures } from './report-figures.ts';
import type { ReportSetting } from './report-paper.ts';
import { dayOf, targetsMet } from './report-sentences.ts';
import {
  columnNames,
  hindrances,
  inLanguage,
  shortWords,
  standings,
  units,
} from './report-words.ts';

type MakeTable = (figures: ReportFigures, setting: ReportSetting) => Table;
type ColumnName = keyof typeof columnNames;

const absent = '–';

/** The city by criterion: value, target, what the value is made from, and where its evidence is. */
export const criteriaTable: MakeTable = ({ city, report }, setting) => ({
  columns: columnsOf(
    setting,
    ['criterion', 60],
    ['value', 20],
    ['unit', 30],
    ['target', 20],
    ['reached', 24],
    ['counted', 30],
    ['evidence', 26],
  ),
  rows: city.items.map((item) => ({
    cells: [
      { text: item.name[setting.lang], href: criterionAddress(item, report.year, setting) },
      ...resultCells(item, setting),
      countedOf(item),
      evidenceCell(item, report.year, setting),
    ],
  })),
});

/** Commitments by the quarter in which they are due. */
export const progressTable: MakeTable = ({ commitments }, setting) => {
  const quarters = [...new Set(commitments.map(({ quarter }) => quarter))].sort();
  const line = (name: string, own: readonly ReportedCommitment[]): Row => {
    const { onTime, late, overdue, dropped, ahead } = countBy(own);
    return { cells: [name, own.length, onTime, late, overdue, dropped, ahead] };
  };
  return {
    columns: columnsOf(
      setting,
      ['quarter', 40],
      ['commitments', 24],
      ['onTime', 24],
      ['late', 24],
      ['overdue', 24],
      ['dropped', 30],
      ['ahead', 26],
    ),
    rows:
      quarters.length === 0
        ? []
        : [
            ...quarters.map((quarter) =>
              line(
                quarterName(quarter, setting),
                commitments.filter((each) => each.quarter === quarter),
              ),
            ),
            line(shortWords.total[setting.lang], commitments),
          ],
  };
};

function addressOf({
  datasetId,
  published,
}: Pick<ReportedCommitment, 'datasetId' | 'published'>): string {
  return published ? `/dataset/${datasetId}` : `/roadmap?dataset=${datasetId}#${datasetId}`;
}

/** Every commitment that was not kept, and why. */
export const lateTable: MakeTable = ({ commitments, agencies }, setting) => {
  const { lang, baseURL } = setting;
  const names = new Map(agencies.map(({ agency, name }) => [agency, inLanguage(name, lang)]));
  return {
    columns: columnsOf(
      setting,
      ['dataset', 70],
      ['agency', 50],
      ['due', 26],
      ['standing', 28],
      ['why', 60],
    ),
    rows: commitments
      .filter(({ status }) => ['overdue', 'released-late', 'dropped'].includes(status))
      .map((commitment) => ({
        cells: [
          {
            ...inLanguage(commitment.title, lang),
            href: baseURL + addressOf(commitment),
          },
          names.get(commitment.publisher) ?? commitment.publisher,
          commitment.due.includes('Q')
            ? quarterName(commitment.due, setting)
            : dayOf(commitment.due, lang),
          standings[commitment.status][lang],
          whyOf(commitment, lang),
        ],
      })),
  };
};

function whyOf({ status, state, reason, releasedOn }: ReportedCommitment, lang: 'vi' | 'en'): Cell {
  if (status === 'dropped') return reason ?? absent;
  if (releasedOn === undefined) return hindrances[state][lang];
  const day = dayOf(releasedOn, lang);
  return lang === 'vi' ? `Công bố ngày ${day}` : `Released on ${day}`;
}

/** Each agency in a line: how far it has come, and how it keeps its commitments. */
export const agencyTable: MakeTable = ({ agencies, commitments }, setting) => ({
  columns: columnsOf(
    setting,
    ['agency', 60],
    ['attainment', 28],
    ['targetsMet', 26],
    ['commitments', 22],
    ['onTime', 22],
    ['late', 20],
    ['overdue', 20],
    ['dropped', 26],
    ['ahead', 22],
  ),
  rows: agencies.map((each) => {
    const own = commitments.filter(({ publisher }) => publisher === each.agency);
    const { onTime, late, overdue, dropped, ahead } = countBy(own);
    const { met, of } = targetsMet(each);
    return {
      cells: [
        {
          ...inLanguage(each.name, setting.lang),
          href: `${setting.baseURL}/agency/${each.agency}`,
        },
        each.attainment ?? absent,
        of === 0 ? absent : `${met}/${of}`,
        own.length,
        onTime,
        late,
        overdue,
        dropped,
        ahead,
      ],
    };
  }),
});

/** Each agency by criterion, a section for each. */
export const detailTable: MakeTable = ({ agencies, report }, setting) => ({
  columns: columnsOf(
    setting,
    ['ordinal', 12],
    ['criterion', 80],
    ['value', 22],
    ['unit', 32],
    ['target', 22],
    ['reached', 26],
    ['evidence', 28],
  ),
  rows: agencies.flatMap((each, index): readonly Row[] => [
    { ordinal: roman(index + 1), section: inLanguage(each.name, setting.lang).text },
    ...each.items
      .filter(({ value }) => value !== undefined)
      .map((item, at) => ({
        cells: [
          at + 1,
          item.name[setting.lang],
          ...resultCells(item, setting),
          evidenceCell(item, report.year, setting, each.agency),
        ],
      })),
  ]),
});

/** Each criterion over the years of the strategy. */
export const yearsTable: MakeTable = ({ years, city }, setting) => ({
  columns: [
    ...columnsOf(setting, ['criterion', 70], ['unit', 34]),
    ...years.map(({ year }): Column => ({ header: year, width: 24, align: 'right' })),
  ],
  rows: city.items.map(({ code, name, unit }) => ({
    cells: [
      name[setting.lang],
      units[unit][setting.lang],
      ...years.map(({ items }) => items.find((item) => item.code === code)?.value ?? absent),
    ],
  })),
});

const numeric: readonly ColumnName[] = [
  'value',
  'target',
  'attainment',
  'targetsMet',
  'commitments',
  'onTime',
  'late',
  'overdue',
  'dropped',
  'ahead',
];

function columnsOf(
  { lang }: ReportSetting,
  ...columns: readonly (readonly [ColumnName, number])[]
): readonly Column[] {
  return columns.map(([name, width]) => ({
    header: columnNames[name][lang],
    width,
    ...(numeric.includes(name) && { align: 'right' as const }),
  }));
}

function resultCells(
  { value, unit, target, isReached }: ReportedItem,
  { lang }: ReportSetting,
): readonly Cell[] {
  return [
    value ?? absent,
    units[unit][lang],
    target ?? absent,
    isReached === undefined ? absent : shortWords[isReached ? 'yes' : 'no'][lang],
  ];
}

/** The part and the whole of a share: 12/30. */
function countedOf({ evidence: { counted, of } }: ReportedItem): Cell {
  return counted === undefined || of === undefined ? absent : `${counted}/${of}`;
}

function criterionAddress(
  { code }: ReportedItem,
  year: string,
  { lang, baseURL }: ReportSetting,
): string {
  return `${baseURL}${lang === 'vi' ? '' : '/en'}/indicators/${code}?period=${year}`;
}

/** The records that keep a value from its target; without such a measure, the value as data. */
function evidenceCell(
  { code, evidence: { against } }: ReportedItem,
  year: string,
  { lang, baseURL }: ReportSetting,
  agency?: string,
): Cell {
  const whose = agency === undefined ? '' : `&agency=${agency}`;
  const question =
    against === undefined ? `indicators?criterion=${code}` : `evidence?measure=${against}`;
  return {
    text: shortWords.records[lang],
    href: `${baseURL}/api/v1/${question}${whose}&period=${year}&format=csv`,
  };
}

function quarterName(quarter: string, { lang }: ReportSetting): string {
  return lang === 'vi' ? quarterInWords(quarter) : quarter.replace(/^(\d{4})-(Q\d)$/, '$2 $1');
}
