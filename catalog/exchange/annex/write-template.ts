import { type DataValidation, writeXlsx } from 'hucre/xlsx';
import { pickLanguage } from '../../kernel/lang-text.ts';
import type { AgencyRecord } from '../../model/agency.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import { type AnnexField, headerOf } from './columns.ts';
import { opennessLabels } from './labels.ts';

const columns: readonly (readonly [AnnexField, number])[] = [
  ['stt', 6],
  ['title', 44],
  ['description', 54],
  ['publisher', 34],
  ['coordinatingAgency', 30],
  ['theme', 24],
  ['format', 20],
  ['accrualPeriodicity', 22],
  ['due', 20],
  ['accessMethods', 24],
  ['openness', 20],
  ['legalBasis', 34],
  ['priority', 16],
  ['note', 30],
];
const lists = 'Danh sách chọn';
const lastRow = 2000;

/**
 * Writes an empty annex for who has none yet: the columns that an import knows, and lists to choose agencies,
 * frequencies, themes and degrees of openness from.
 *
 * @returns the bytes of an XLSX file
 */
export async function writeAnnexTemplate(agencies: readonly AgencyRecord[]): Promise<Uint8Array> {
  const choices: readonly (readonly [AnnexField, readonly string[]])[] = [
    ['publisher', agencies.map(({ id, name }) => pickLanguage(name, 'vi').text || id)],
    ['accrualPeriodicity', labelsOf('frequency')],
    ['theme', labelsOf('data-theme')],
    ['openness', Object.values(opennessLabels).map(({ vi }) => vi)],
  ];
  const longest = Math.max(...choices.map(([, labels]) => labels.length));
  const heading = { font: { bold: true }, alignment: { wrapText: true } };
  return writeXlsx({
    sheets: [
      {
        name: 'Phụ lục',
        rows: [columns.map(([field]) => headerOf(field))],
        cells: new Map(
          columns.map(([field], at) => [`0,${at}`, { value: headerOf(field), style: heading }]),
        ),
        columns: columns.map(([, width]) => ({ width })),
        freezePane: { rows: 1 },
        dataValidations: choices.map(([field, labels], at) => listFor(field, at, labels.length)),
      },
      {
        name: lists,
        rows: [
          choices.map(([field]) => headerOf(field)),
          ...Array.from({ length: longest }, (_, row) =>
            choices.map(([, labels]) => labels[row] ?? null),
          ),
        ],
        columns: choices.map(() => ({ width: 40 })),
      },
    ],
  });
}

const labelsOf = (name: 'frequency' | 'data-theme'): readonly string[] => {
  const known = vocabulary(name);
  return known.concepts.map(({ code }) => known.labelOf(code, 'vi'));
};

/** What the list offers is a help; other words are read as well. */
function listFor(field: AnnexField, at: number, length: number): DataValidation {
  const column = letter(columns.findIndex(([known]) => known === field));
  const from = letter(at);
  return {
    type: 'list',
    formula1: `'${lists}'!$${from}$2:$${from}$${length + 1}`,
    allowBlank: true,
    showErrorMessage: false,
    range: `${column}2:${column}${lastRow}`,
  };
}

const letter = (column: number): string => String.fromCharCode(65 + column);
