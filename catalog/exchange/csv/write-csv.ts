import { type Cell, toCsv, toCsvRows } from '../../kernel/csv.ts';
import { pickLanguage } from '../../kernel/lang-text.ts';
import type { AgencyRecord } from '../../model/agency.ts';
import type { DatasetRecord } from '../../model/dataset.ts';
import { keywordsOf, licencesOf } from '../distribution-facts.ts';

export interface CsvSource {
  readonly baseURL: string;
  readonly agencies: ReadonlyMap<string, AgencyRecord>;
  readonly batches: AsyncIterable<
    readonly { readonly record: DatasetRecord; readonly changedAt: string }[]
  >;
}

interface Column {
  /** The property, by its name in a record; a language behind a text's. */
  readonly name: string;
  read(record: DatasetRecord, source: CsvSource): Cell;
}

const severalIn = (values: readonly (string | undefined)[] | undefined): string =>
  [...new Set((values ?? []).filter((value) => value !== undefined))].join(' ');

const columns: readonly Column[] = [
  { name: 'id', read: ({ id }) => id },
  { name: 'title.vi', read: ({ title }) => title['vi'] },
  { name: 'title.en', read: ({ title }) => title['en'] },
  { name: 'description.vi', read: ({ description }) => description?.['vi'] },
  { name: 'description.en', read: ({ description }) => description?.['en'] },
  { name: 'publisher', read: ({ publisher }) => publisher },
  {
    name: 'publisher.name',
    read: ({ publisher }, { agencies }) =>
      pickLanguage(agencies.get(publisher)?.name, 'vi').text || publisher,
  },
  { name: 'theme', read: ({ theme }) => severalIn(theme) },
  { name: 'keyword', read: (record) => keywordsOf(record).join('; ') },
  { name: 'accessRights', read: ({ accessRights }) => accessRights },
  { name: 'accrualPeriodicity', read: ({ accrualPeriodicity }) => accrualPeriodicity },
  { name: 'issued', read: ({ issued }) => issued },
  { name: 'modified', read: ({ modified }) => modified },
  { name: 'license', read: (record) => severalIn(licencesOf(record).map(({ code }) => code)) },
  {
    name: 'format',
    read: ({ distribution }) => severalIn(distribution?.map(({ format }) => format)),
  },
  {
    name: 'downloadURL',
    read: ({ distribution }) => severalIn(distribution?.map(({ downloadURL }) => downloadURL)),
  },
  { name: 'page', read: ({ id }, { baseURL }) => `${baseURL}/dataset/${id}` },
];

/** Writes a catalogue as a table, a dataset a row, piece by piece. Several values of a cell stand with spaces between. */
export async function* writeCsv(source: CsvSource): AsyncGenerator<string> {
  yield toCsv([columns.map(({ name }) => name)]);
  for await (const batch of source.batches) {
    yield toCsvRows(batch.map(({ record }) => columns.map(({ read }) => read(record, source))));
  }
}
