import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { ReadingNotes } from '../preview-facts.ts';

/** So much is shown of a file; what is more is said to be more. */
export const most = { rows: 20_000_000, columns: 500, cell: 16_000, geometry: 500_000 };

/** Longer than any row that is written, in bytes of UTF-8. */
export const longestRow = 4_000_000;
/** A row that would be longer, with so many letters, is written with short cells. */
const longRow = 1_000_000;
const shortCell = 1000;

/** Parts the cells of the file between; nothing that people write has it. */
export const cellDelimiter = '\u001f';
const needsQuotes = /["\n\r]/;
const bytesAtOnce = 1 << 20;

/** Writes rows as one plain text that DuckDB reads: numbered from 1, in UTF-8, quoted only where that is needed. */
export interface RowWriter {
  /** Gives false once there is room for no more. */
  write(rows: readonly (readonly string[])[]): Promise<boolean>;
  end(): Promise<{
    readonly rows: number;
    readonly width: number;
    readonly cut: NonNullable<ReadingNotes['cut']>;
  }>;
}

/** @param isLong whether a column may hold shapes, which are longer than texts */
export function createRowWriter(path: string, isLong: (column: number) => boolean): RowWriter {
  const file = createWriteStream(path);
  const failed = once(file, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => undefined);
  const cut = new Set<'rows' | 'columns' | 'cells'>();
  let rows = 0;
  let width = 0;
  let waiting = '';

  function cellsOf(row: readonly string[]): readonly string[] {
    if (row.length > most.columns) cut.add('columns');
    const cells = row.length > most.columns ? row.slice(0, most.columns) : row;
    if (!cells.some((cell) => cell.length > shortCell)) return cells;
    const isLongRow = cells.reduce((sum, { length }) => sum + length, 0) > longRow;
    const room = isLongRow ? shortCell : most.cell;
    return cells.map((cell, column) => {
      if (cell.length <= (isLong(column) ? most.geometry : room)) return cell;
      cut.add('cells');
      return isLong(column) ? '' : `${cell.slice(0, room)}…`;
    });
  }

  async function flush(): Promise<void> {
    const isTaken = file.write(waiting);
    waiting = '';
    if (!isTaken) await Promise.race([once(file, 'drain'), failed]);
  }

  return {
    async write(batch) {
      for (const row of batch) {
        if (rows === most.rows) {
          cut.add('rows');
          return false;
        }
        rows += 1;
        const cells = cellsOf(row);
        width = Math.max(width, cells.length);
        waiting += `${rows}${cellDelimiter}${lineOf(cells)}\n`;
        if (waiting.length > bytesAtOnce) await flush();
      }
      return true;
    },
    async end() {
      await flush();
      file.end();
      await Promise.race([once(file, 'finish'), failed]);
      return { rows, width, cut: [...cut] };
    },
  };
}

function lineOf(cells: readonly string[]): string {
  const line = cells.join(cellDelimiter);
  if (!needsQuotes.test(line)) return line;
  return cells
    .map((cell) => (needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(cellDelimiter);
}
