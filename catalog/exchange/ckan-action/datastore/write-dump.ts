import { stringify } from 'csv-stringify/sync';
import { xmlAttribute, xmlText } from '../../../kernel/xml.ts';
import type { NumberedRow } from './select-rows.ts';
import type { TableField } from './table.ts';

export const dumpFormats = ['csv', 'tsv', 'json', 'xml'] as const;
export type DumpFormat = (typeof dumpFormats)[number];

export interface Dump {
  readonly format: DumpFormat;
  /** Whether a byte order mark goes first, by which Excel knows UTF-8. */
  readonly withMark: boolean;
  readonly fields: readonly TableField[];
  /** Values in the order of the fields. */
  readonly rows: AsyncIterable<NumberedRow>;
}

export const dumpMediaTypes: Readonly<Record<DumpFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
};

const batch = 500;

/** Writes a table as CKAN's DataStore dumps it, piece by piece. */
export async function* writeDump({ format, withMark, fields, rows }: Dump): AsyncGenerator<string> {
  if (withMark) yield '\ufeff';
  const names = fields.map(({ id }) => id);
  const { head, foot, write } = writers[format](fields, names);
  yield head;
  let waiting: NumberedRow[] = [];
  let isFirst = true;
  for await (const row of rows) {
    if (waiting.push(row) < batch) continue;
    yield write(waiting, isFirst);
    waiting = [];
    isFirst = false;
  }
  if (waiting.length > 0) yield write(waiting, isFirst);
  yield foot;
}

interface Writer {
  readonly head: string;
  readonly foot: string;
  write(rows: readonly NumberedRow[], isFirst: boolean): string;
}

type MakeWriter = (fields: readonly TableField[], names: readonly string[]) => Writer;

const separated =
  (delimiter: string): MakeWriter =>
  (_fields, names) => ({
    head: stringify([[...names]], { delimiter }),
    foot: '',
    write: (rows) =>
      stringify(
        rows.map((row) => [...row]),
        { delimiter },
      ),
  });

const writers: Readonly<Record<DumpFormat, MakeWriter>> = {
  csv: separated(','),
  tsv: separated('\t'),
  json: (fields) => ({
    head: `{\n  "fields": ${JSON.stringify(fields)},\n  "records": [\n    `,
    foot: '\n]}\n',
    write: (rows, isFirst) =>
      (isFirst ? '' : ',\n    ') + rows.map((row) => JSON.stringify(row)).join(',\n    '),
  }),
  xml: (_fields, names) => ({
    head: '<data>\n',
    foot: '</data>\n',
    write: (rows) => rows.map((row) => xmlRow(row, names)).join(''),
  }),
};

/** A column whose name is no name of XML is an element that says its name. */
function xmlRow(row: NumberedRow, names: readonly string[]): string {
  const cells = row.map((value, at) => {
    const name = names[at] ?? '';
    const text = value === null ? '' : xmlText(String(value));
    return /^[A-Za-z_][\w.-]*$/.test(name)
      ? `<${name}>${text}</${name}>`
      : `<value key="${xmlAttribute(name)}">${text}</value>`;
  });
  return `<row>${cells.join('')}</row>\n`;
}
