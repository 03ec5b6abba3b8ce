import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parse } from 'csv-parse';

/** A CSV file as a table, read row by row. */
export type Row = readonly string[];
export type FieldType = 'int' | 'numeric' | 'timestamp' | 'text';

export interface TableField {
  readonly id: string;
  readonly type: FieldType;
}

/** What a table is, known after it was read once. */
export interface TableShape {
  readonly fields: readonly TableField[];
  readonly total: number;
}

const sniffed = 64 * 1024;
const longestRow = 1024 * 1024;
const mostFields = 1000;

/** Numbers as people write them for machines: a code with leading zeros is none. */
const isNumber = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?(?:[eE][+-]?\d{1,3})?$/;
const isMoment =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** The rows of a CSV file in UTF-8, its header first; parted by whichever of `,` `;` and tab its first line has most. */
export async function* readRows(path: string): AsyncGenerator<Row> {
  const delimiter = await delimiterOf(path);
  const source = createReadStream(path);
  const parser = source.pipe(
    parse({
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
    }),
  );
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const row of parser as AsyncIterable<Row>) yield row;
  } finally {
    source.destroy();
  }
}

async function delimiterOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffed), 0, sniffed, 0);
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/, 1);
    const counted = [',', ';', '\t'].map((mark) => ({ mark, count: line.split(mark).length }));
    return counted.reduce((most, next) => (next.count > most.count ? next : most)).mark;
  } finally {
    await file.close();
  }
}

/** Names of a header's columns, each once: an empty one is `column_3`, a second `ten` is `ten_2`. */
export function columnNames(header: Row): readonly string[] {
  const taken = new Set(['_id']);
  return header.slice(0, mostFields).map((written, at) => {
    const base = written.trim().slice(0, 200) || `column_${at + 1}`;
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
    taken.add(name);
    return name;
  });
}

/** Reads a table from end to end: what type each column has, and how many rows there are. */
export async function shapeOf(path: string): Promise<TableShape> {
  let names: readonly string[] | undefined;
  let kinds: { isFilled: boolean; isNumeric: boolean; isMoment: boolean }[] = [];
  let total = 0;
  for await (const row of readRows(path)) {
    if (!names) {
      names = columnNames(row);
      kinds = names.map(() => ({ isFilled: false, isNumeric: true, isMoment: true }));
      continue;
    }
    total += 1;
    for (const [at, kind] of kinds.entries()) {
      const value = row[at]?.trim() ?? '';
      if (value === '') continue;
      kind.isFilled = true;
      kind.isNumeric &&= isNumber.test(value);
      kind.isMoment &&= isMoment.test(value);
    }
  }
  const fields = (names ?? []).map((id, at): TableField => {
    const kind = kinds[at];
    if (!kind?.isFilled) return { id, type: 'text' };
    return { id, type: kind.isNumeric ? 'numeric' : kind.isMoment ? 'timestamp' : 'text' };
  });
  return { fields: [{ id: '_id', type: 'int' }, ...fields], total };
}

/** A value as JSON has it: numbers as numbers, nothing as null. */
export function toValue(written: string | undefined, type: FieldType): string | number | null {
  if (written === undefined || written === '') return null;
  return type === 'numeric' ? Number(written.trim()) : written;
}
