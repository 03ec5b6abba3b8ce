import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One line of the table: a figure beside what it is measured against, in the same run, on the same machine. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is measured against. */
  readonly reference?: { readonly name: string; readonly value: number };
  /** The figure to reach: at least, or at most. */
  readonly target?: { readonly atLeast?: number; readonly atMost?: number };
}

export interface BenchSetting {
  readonly datasets: number;
  /** How often each measurement is repeated; the median counts. */
  readonly runs: number;
  /** A folder of the run's own, removed at its end. */
  readonly folder: string;
  /** The data directory of a catalogue that holds the datasets. */
  readonly dataDir: string;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below which the given share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs `measure` several times, one after the other, and gives what each of them gave. */
export async function repeat<Result>(
  times: number,
  measure: () => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let run = 0; run < times; run += 1) results.push(await measure());
  return results;
}

const longestMs = 15 * 60_000;

/** The path of a script of this folder, as it was compiled. */
export function scriptPath(name: string): string {
  return fileURLToPath(new URL(`${name}.js`, import.meta.url));
}

/** Runs a script of this folder in a process of its own and gives the JSON on its last line. */
export async function inChild(script: string, args: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, ['--expose-gc', scriptPath(script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: longestMs,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

/** Writes the result of a child, for {@link inChild}. */
export function report(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** The most memory this process ever held, in MB. Linux `VmHWM`; elsewhere what getrusage says. */
export function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

export function since(startMs: number): number {
  return (performance.now() - startMs) / 1000;
}
