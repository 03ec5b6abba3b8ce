import { type PreviewFormat, type ReadingNotes, UnreadableFile } from '../preview-facts.ts';
import type { Encoding, ReadingChoice } from '../preview-job.ts';
import { delimitedRows, guessDelimiter, takeRows } from './delimited-rows.ts';
import { distinctNames, findHeader } from './find-header.ts';
import { guessEncoding } from './guess-encoding.ts';
import { jsonElements } from './json-elements.ts';
import { createJsonTable, readJsonRows } from './json-rows.ts';
import { decodeHead, readHead, readText } from './read-text.ts';
import { createRowWriter } from './row-writer.ts';
import { sniffText } from './sniff-format.ts';
import { sheetsOf, workbookRows } from './workbook-rows.ts';

/** Rows as they were written down for DuckDB, and how they were come by. */
export interface ReadRows {
  readonly format: PreviewFormat;
  readonly rows: number;
  readonly names: readonly string[];
  /** The column with shapes. -1: there is none. */
  readonly geometry: number;
  readonly notes: ReadingNotes;
}

const sampleRows = 100;

/** Reads a text file: with delimiters, or JSON in one of its forms. */
export async function readTextRows(
  path: string,
  target: string,
  choice: ReadingChoice,
): Promise<ReadRows> {
  const head = await readHead(path);
  const encoding = choice.encoding ?? guessEncoding(head);
  const sample = decodeHead(head, encoding);
  const kind = sniffText(sample);
  if (kind !== 'csv') return readJson(path, target, { encoding, kind });
  const lineEnd = sample.includes('\n') || !sample.includes('\r') ? 'lf' : 'cr';
  const lines = lineEnd === 'cr' ? sample.replaceAll('\r', '\n') : sample;
  const delimiter = guessDelimiter(lines.slice(0, 50_000));
  const read = await readWithHeader(
    delimitedRows(readText(path, encoding, lineEnd), delimiter),
    takeRows(lines, delimiter, false).rows,
    target,
  );
  const { ragged, ...rest } = read;
  return {
    format: 'csv',
    geometry: -1,
    ...rest,
    notes: { encoding, delimiter, ...rest.notes, ...(ragged > 0 && { ragged }) },
  };
}

/** Reads one sheet of a workbook. */
export async function readWorkbookRows(
  path: string,
  target: string,
  choice: ReadingChoice,
): Promise<ReadRows> {
  const sheets = await sheetsOf(path);
  const sheet = choice.sheet ?? 0;
  const chosen = sheets[sheet];
  if (!chosen) throw new UnreadableFile('no-such-sheet');
  const sample: string[][] = [];
  for await (const batch of workbookRows(path, chosen.place)) {
    sample.push(...batch);
    if (sample.length >= sampleRows) break;
  }
  const { ragged: _usual, ...read } = await readWithHeader(
    workbookRows(path, chosen.place),
    sample,
    target,
  );
  const notes = { ...read.notes, sheets: sheets.map(({ name }) => name), sheet };
  return { format: 'xlsx', geometry: -1, ...read, notes };
}

async function readWithHeader(
  batches: AsyncIterable<string[][]>,
  firstRows: readonly string[][],
  target: string,
) {
  const header = findHeader(firstRows.slice(0, sampleRows));
  const usual = header.isHeaderless ? (firstRows[0]?.length ?? 0) : header.names.length;
  const writer = createRowWriter(target, () => false);
  let skip = header.dataFrom;
  let ragged = 0;
  for await (const batch of batches) {
    const rows = skip > 0 ? batch.slice(skip) : batch;
    skip = Math.max(0, skip - batch.length);
    for (const row of rows) if (row.length !== usual) ragged += 1;
    if (!(await writer.write(rows))) break;
  }
  const { rows, width, cut } = await writer.end();
  const skipped = header.dataFrom - (header.isHeaderless ? 0 : 1);
  if (rows === 0 && header.names.length === 0) throw new UnreadableFile('empty');
  return {
    rows,
    ragged,
    names: distinctNames(header.names, Math.min(500, Math.max(width, header.names.length))),
    notes: {
      ...(skipped > 0 && { skipped }),
      ...(header.isHeaderless && { isHeaderless: true as const }),
      ...(cut.length > 0 && { cut }),
    },
  };
}

async function readJson(
  path: string,
  target: string,
  { encoding, kind }: { readonly encoding: Encoding; readonly kind: 'json' | 'ndjson' },
): Promise<ReadRows> {
  const text = readText(path, encoding);
  const values = kind === 'json' ? jsonElements(text) : linesOf(text);
  const table = createJsonTable();
  const broken = { count: 0 };
  const writer = createRowWriter(target, (column) => column === table.geometryColumn());
  for await (const batch of values) {
    if (!(await writer.write(readJsonRows(batch, table, broken)))) break;
  }
  const { rows, cut } = await writer.end();
  if (rows === 0) throw new UnreadableFile(broken.count > 0 ? 'broken' : 'empty');
  return {
    format: table.geometryColumn() >= 0 ? 'geojson' : kind,
    rows,
    names: table.names.slice(0, 500),
    geometry: table.geometryColumn(),
    notes: {
      ...(encoding !== 'utf-8' && { encoding }),
      ...(broken.count > 0 && { broken: broken.count }),
      ...(cut.length > 0 && { cut }),
    },
  };
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield [rest];
}
