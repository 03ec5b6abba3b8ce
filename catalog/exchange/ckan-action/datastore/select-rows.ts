import { fold } from '../../../kernel/fold.ts';
import { invalidParameter } from '../action-errors.ts';
import type { TableRequest } from './read-request.ts';
import { type FieldType, type Row, readRows, type TableShape, toValue } from './table.ts';

/** A row with its number as the first value: `_id`, from 1. */
export type NumberedRow = readonly (string | number | null)[];

const mostSorted = 200_000;

/**
 * The rows that are asked for, in constant memory unless they are to be sorted.
 *
 * @param onMatch called for every row that passes, also for those outside the page
 */
export async function* selectRows(
  path: string,
  shape: TableShape,
  request: TableRequest,
  onMatch: () => void = () => undefined,
  countsAll = false,
): AsyncGenerator<NumberedRow> {
  const rows =
    request.sort.length > 0 ? await sorted(path, shape, request) : matching(path, shape, request);
  let seen = 0;
  for await (const row of rows) {
    onMatch();
    seen += 1;
    if (seen <= request.offset) continue;
    if (seen <= request.offset + request.limit) yield row;
    else if (!countsAll) return;
  }
}

/** Rows that pass the filters, as values. */
async function* matching(
  path: string,
  { fields }: TableShape,
  { filters, words }: TableRequest,
): AsyncGenerator<NumberedRow> {
  const types = fields.map(({ type }) => type);
  let number = -1;
  for await (const written of readRows(path)) {
    number += 1;
    if (number === 0 || !passes(written, number, { filters, words })) continue;
    yield [number, ...types.slice(1).map((type, at) => toValue(written[at], type))];
  }
}

function passes(
  written: Row,
  number: number,
  { filters, words }: Pick<TableRequest, 'filters' | 'words'>,
): boolean {
  for (const [at, wanted] of filters) {
    if (!wanted.has(at === 0 ? String(number) : (written[at - 1] ?? ''))) return false;
  }
  if (words.length === 0) return true;
  const text = fold(written.join(' '));
  return words.every((word) => text.includes(word));
}

async function sorted(
  path: string,
  shape: TableShape,
  request: TableRequest,
): Promise<readonly NumberedRow[]> {
  const rows: NumberedRow[] = [];
  for await (const row of matching(path, shape, request)) {
    if (rows.push(row) > mostSorted) throw tooLarge();
  }
  const keys = request.sort.map(({ at, isDescending }) => ({
    at,
    sign: isDescending ? -1 : 1,
    type: shape.fields[at]?.type ?? 'text',
  }));
  return rows.sort((a, b) => {
    for (const { at, sign, type } of keys) {
      const order = compare(a[at], b[at], type, sign);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** What is empty stands last, whatever the direction, as CKAN has it by default. */
function compare(
  a: string | number | null | undefined,
  b: string | number | null | undefined,
  type: FieldType,
  sign: number,
): number {
  if (a == null || b == null) return Number(a == null) - Number(b == null);
  if (a === b) return 0;
  if (type === 'text') return sign * vietnamese.compare(String(a), String(b));
  return sign * (a < b ? -1 : 1);
}

const vietnamese = new Intl.Collator('vi');

function tooLarge() {
  return invalidParameter('sort', {
    vi: `Không sắp xếp quá ${mostSorted} dòng; hãy lọc bớt hoặc tải tệp về`,
    en: `At most ${mostSorted} rows can be sorted; filter them or download the file`,
  });
}
