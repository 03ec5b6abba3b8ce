import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PreviewFacts, PreviewFailure, PreviewFormat } from './preview-facts.ts';
import type { ReadingChoice } from './preview-job.ts';

/** What a process of its own is told to do. Paths are absolute. */
export interface PreparationOrder {
  readonly file: string;
  readonly declared: PreviewFormat;
  readonly choice: ReadingChoice;
  /** A folder for what comes and goes; the caller removes it. */
  readonly folder: string;
  /** The table to write, in that folder. */
  readonly target: string;
  readonly memoryMegabytes: number;
}

export type PreparationResult =
  | { readonly facts: PreviewFacts }
  /** What went wrong unexpectedly is said for the log. */
  | { readonly failure: PreviewFailure; readonly said?: string };

/** What one file may cost. */
export interface PreparationLimits {
  readonly timeoutMs: number;
  readonly memoryMegabytes: number;
}

export const preparationLimits: PreparationLimits = { timeoutMs: 600_000, memoryMegabytes: 256 };

/** V8's part of the memory of the process; DuckDB has its own. */
const heapMegabytes = 512;
const longestOutput = 20_000_000;

/**
 * Turns a file into a table in a process of its own, so that a file that is too large, or made to do harm, costs nobody
 * else memory or time. Never throws.
 */
export async function runPreparation(
  order: Omit<PreparationOrder, 'memoryMegabytes'>,
  { timeoutMs, memoryMegabytes }: PreparationLimits,
): Promise<PreparationResult> {
  const whole: PreparationOrder = { ...order, memoryMegabytes };
  const child = spawn(process.execPath, [...processArguments(), JSON.stringify(whole)], {
    // It needs no settings, and is told no secrets.
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-longestOutput);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  clearTimeout(timer);
  if (isLate) return { failure: 'too-slow' };
  if (code === 0) return JSON.parse(output) as PreparationResult;
  const isFull = /heap out of memory|bad_alloc/i.test(complaints) || code === null;
  return { failure: isFull ? 'too-large' : 'failed', said: complaints };
}

/** The process runs what this one runs: compiled code, or the source with the loader for it. */
function processArguments(): readonly string[] {
  const heap = `--max-old-space-size=${heapMegabytes}`;
  const isSource = import.meta.url.endsWith('.ts');
  const entry = new URL(`./preparing/prepare-process.${isSource ? 'ts' : 'js'}`, import.meta.url);
  const loader = isSource ? ['--import', import.meta.resolve('tsx/esm')] : [];
  return [heap, ...loader, fileURLToPath(entry)];
}
