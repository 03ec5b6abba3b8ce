import type { Message } from '../../catalog/kernel/lang-text.ts';

/** The command was called wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Writes a line for people on standard error, so that standard output stays the answer's own. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Writes the answer itself on standard output. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** A message for the terminal: Vietnamese first, then English. */
export function bilingual({ vi, en }: Message): string {
  return vi === en ? vi : `${vi}\n  ${en}`;
}

/** Shows how far something has come, on a terminal only, at most five times a second. */
export function createProgress(what: string): { show(done: number): void; clear(): void } {
  let shownAt = 0;
  const began = Date.now();
  return {
    show(done) {
      const now = Date.now();
      if (!process.stderr.isTTY || now - shownAt < 200 || now - began < 500) return;
      shownAt = now;
      const rate = Math.round((done / Math.max(1, now - began)) * 1000);
      process.stderr.write(
        `\r\u001b[K${what}: ${done.toLocaleString('vi-VN')} (${rate.toLocaleString('vi-VN')}/s)`,
      );
    },
    clear() {
      if (shownAt > 0) process.stderr.write('\r\u001b[K');
    },
  };
}
