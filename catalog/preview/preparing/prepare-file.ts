import { join } from 'node:path';
import { openDuck } from '../duckdb.ts';
import { type ColumnType, type PreviewFacts, UnreadableFile } from '../preview-facts.ts';
import type { PreparationOrder, PreparationResult } from '../run-preparation.ts';
import { buildFromParquet, buildFromText } from './build-table.ts';
import { findPlace } from './find-place.ts';
import { profileColumns } from './profile-columns.ts';
import { readTextRows, readWorkbookRows } from './read-rows.ts';
import { readHead } from './read-text.ts';
import { most } from './row-writer.ts';
import { sniffBytes } from './sniff-format.ts';

/** Turns one file into a table, in this process. Never throws. */
export async function prepareFile(order: PreparationOrder): Promise<PreparationResult> {
  try {
    return { facts: await prepareTable(order) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { failure: error.failure };
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (/out of memory/i.test(said)) return { failure: 'too-large' };
    return { failure: 'failed', said: said.slice(0, 2000) };
  }
}

async function prepareTable(order: PreparationOrder): Promise<PreviewFacts> {
  const { file, folder, target } = order;
  const kind = sniffBytes(await readHead(file));
  const duck = await openDuck({
    folder,
    file,
    memoryMegabytes: order.memoryMegabytes,
    spillTo: folder,
  });
  try {
    if (kind === 'parquet') return await prepareParquet();
    const rows = join(folder, 'rows.txt');
    const read =
      kind === 'zip'
        ? await readWorkbookRows(file, rows, order.choice)
        : await readTextRows(file, rows, order.choice);
    const { names, geometry } = read;
    const types = await buildFromText(duck, { rows, width: names.length, geometry }, target);
    const columns = names.map((name, index) => ({ name, type: types[index] ?? 'text' }));
    return await facts(read, columns);
  } finally {
    duck.close();
  }

  async function prepareParquet(): Promise<PreviewFacts> {
    const columns = await buildFromParquet(duck, file, target);
    const [[rows] = []] = await duck.ask(`select count(*) from read_parquet('${target}')`);
    const cut = rows === most.rows ? { cut: ['rows' as const] } : {};
    return facts({ format: 'parquet', rows: Number(rows), notes: cut }, columns);
  }

  async function facts(
    { format, rows, notes }: Pick<PreviewFacts, 'format' | 'rows' | 'notes'>,
    columns: readonly { readonly name: string; readonly type: ColumnType }[],
  ): Promise<PreviewFacts> {
    const profiles = await profileColumns(duck, target, columns, rows);
    const place = findPlace(profiles);
    const isOther =
      format !== order.declared && !(order.declared === 'json' && /json/.test(format));
    return {
      format,
      rows,
      columns: profiles,
      notes: { ...notes, ...(isOther && { declared: order.declared }) },
      ...(place && { place }),
    };
  }
}
