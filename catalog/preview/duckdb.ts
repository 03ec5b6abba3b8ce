import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';

/** A DuckDB that reads, and where it says so writes, in one folder, and knows neither the network nor other files. */
export interface Duck {
  /** Rows as JSON values: whole numbers beyond 2⁵³ as text. */
  ask(sql: string, values?: readonly DuckDBValue[], timeoutMs?: number): Promise<unknown[][]>;
  close(): void;
}

export interface DuckOptions {
  /** Where its files lie. */
  readonly folder: string;
  /** A single file elsewhere that may be read too. */
  readonly file?: string;
  readonly memoryMegabytes: number;
  /** Where it may put what its memory does not hold; absent: nowhere. */
  readonly spillTo?: string;
}

/** The library is large, and loaded by whoever first has something to ask. */
export async function openDuck(options: DuckOptions): Promise<Duck> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: `${options.memoryMegabytes}MB`,
    temp_directory: options.spillTo ?? '',
    allow_community_extensions: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(`set allowed_directories = [${quoted(options.folder)}]`);
  if (options.file !== undefined) {
    await connection.run(`set allowed_paths = [${quoted(options.file)}]`);
  }
  // What a file says of itself is read once, and again when the file has changed.
  await connection.run('set parquet_metadata_cache = true');
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
  connection.closeSync();
  return {
    ask: (sql, values, timeoutMs) => ask(instance, sql, values, timeoutMs),
    close: () => instance.closeSync(),
  };
}

async function ask(
  instance: DuckDBInstance,
  sql: string,
  values: readonly DuckDBValue[] = [],
  timeoutMs?: number,
): Promise<unknown[][]> {
  const connection: DuckDBConnection = await instance.connect();
  const timer =
    timeoutMs === undefined ? undefined : setTimeout(() => connection.interrupt(), timeoutMs);
  try {
    const reader = await connection.runAndReadAll(sql, [...values]);
    return reader.getRowsJS().map((row) => row.map(plain));
  } finally {
    clearTimeout(timer);
    connection.closeSync();
  }
}

function plain(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** A text as SQL writes it. For paths of our own; what readers send is bound. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
