import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { productModule } from '../cli.ts';
import { secret } from './staff-sessions.ts';

/** One request, as it is sent. */
export interface Sent {
  readonly method: 'GET' | 'HEAD';
  readonly path: string;
  /** Whom the proxy says it comes from. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A process that serves, and a connection to it over which requests follow each other without waiting. */
export interface ServerProcess {
  /** Puts its clock to a moment. */
  setClock(now: string): Promise<void>;
  /** Has it write what it counted. */
  flush(): Promise<void>;
  /** Sends a request. Gives its status, or 0 when the process died first. */
  ask(request: Sent): Promise<number>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function startServerProcess(
  databaseURL: string,
  dataDir: string,
): Promise<ServerProcess> {
  // From the tests as it is written, from the bench as it was compiled.
  const isSource = import.meta.url.endsWith('.ts');
  const script = new URL(isSource ? 'clocked-server.ts' : 'clocked-server.js', import.meta.url);
  const modules = ['server/app', 'server/compose', 'server/config/settings'].map((path) =>
    isSource ? productModule(path) : new URL(`../../../${path}.js`, import.meta.url).href,
  );
  const child = fork(fileURLToPath(script), [databaseURL, dataDir, secret, ...modules], {
    execArgv: isSource ? ['--import', 'tsx'] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const answers = answersOf(child);
  const { port } = (await answers.next()) as { readonly port: number };
  const pipe = await openPipe(port);
  const tell = async (message: object) => {
    const answer = answers.next();
    child.send(message);
    await answer;
  };
  const end = async (how: () => void) => {
    const gone = once(child, 'exit');
    how();
    await gone;
    pipe.close();
  };
  return {
    setClock: (now) => tell({ now }),
    flush: () => tell({ flush: true }),
    ask: pipe.ask,
    kill: () => end(() => child.kill('SIGKILL')),
    stop: () => end(() => child.disconnect()),
  };
}

/** What a child says, one message after the other. */
function answersOf(child: ChildProcess) {
  const waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  child.on('message', (message) => waiting.shift()?.resolve(message));
  child.once('exit', (code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`the server ended with ${code}`));
  });
  return {
    next: () => new Promise((resolve, reject) => waiting.push({ resolve, reject })),
  };
}

/** A connection with several requests under way at once: HTTP/1.1 pipelining, RFC 9112 §9.3.2. */
async function openPipe(port: number) {
  const socket: Socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const open: { readonly isBodyless: boolean; answer(status: number): void }[] = [];
  let rest: Buffer = Buffer.alloc(0);
  const abandon = () => {
    for (const { answer } of open.splice(0)) answer(0);
  };
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let first = open[0]; first; first = open[0]) {
      const response = readResponse(rest, first.isBodyless);
      if (!response) return;
      rest = rest.subarray(response.length);
      open.shift();
      first.answer(response.status);
    }
  });
  socket.on('error', abandon);
  socket.on('close', abandon);
  return {
    ask: ({ method, path, address, headers }: Sent): Promise<number> =>
      new Promise((resolve) => {
        if (socket.destroyed) {
          resolve(0);
          return;
        }
        open.push({ isBodyless: method === 'HEAD', answer: resolve });
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        socket.write(
          `${method} ${path} HTTP/1.1\r\nHost: data.example.vn\r\nX-Forwarded-For: ${address}\r\n${lines.join('')}\r\n`,
        );
      }),
    close: () => socket.destroy(),
  };
}

/** The first response in a buffer, if it is there as a whole. */
function readResponse(
  bytes: Buffer,
  isBodyless: boolean,
): { readonly status: number; readonly length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.subarray(0, end).toString('latin1');
  const status = Number(head.slice(9, 12));
  const written = /^content-length: (\d+)/im.exec(head)?.[1];
  const hasBody = !isBodyless && status !== 304 && status !== 204;
  if (hasBody && written === undefined) throw new Error(`no Content-Length in ${head}`);
  const length = end + 4 + (hasBody ? Number(written) : 0);
  return bytes.length < length ? undefined : { status, length };
}
