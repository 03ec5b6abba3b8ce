import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { scriptPath } from './measure.ts';

/** A server in a process of its own. */
export interface Serving {
  readonly url: string;
  /** The most memory it ever held, in MB. */
  peak(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts serve-child.ts and waits until it listens. */
export async function serving(...args: readonly string[]): Promise<Serving> {
  const child: ChildProcess = fork(scriptPath('serve-child'), args, {
    execArgv: [],
    // A line a request is logged, as it would be; nobody reads it here.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { port } = await answerOf<{ port: number }>(child);
  return {
    url: `http://127.0.0.1:${port}`,
    async peak() {
      child.send('peak');
      return (await answerOf<{ peak: number }>(child)).peak;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the server ended with ${code}`);
  });
  failed.catch(() => undefined);
  const [message] = (await Promise.race([once(child, 'message'), failed])) as [Answer];
  return message;
}

const autocannon = createRequire(import.meta.url).resolve('autocannon');

/** Requests a second that an address answers, as autocannon measures with 32 connections that stay open. */
export async function requestsPerSecond(
  url: string,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const child = spawn(
    process.execPath,
    [autocannon, '-c', '32', '-d', '4', '--warmup', '[ -c 32 -d 1 ]', '-n', '-j', ...given, url],
    { stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await once(child, 'close');
  const result = JSON.parse(output.trim().split('\n').at(-1) ?? '') as {
    readonly requests: { readonly average: number };
    readonly statusCodeStats: Readonly<Record<string, unknown>>;
  };
  const statuses = Object.keys(result.statusCodeStats);
  if (statuses.length !== 1 || statuses[0] !== String(status)) {
    throw new Error(`${url} answered ${statuses.join(', ') || 'nothing'} instead of ${status}`);
  }
  return result.requests.average;
}
