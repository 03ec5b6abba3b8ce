import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operator } from '../../catalog/access/actor.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { saveAgency } from '../../catalog/inventory/save-agency.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import type { Role } from '../../catalog/model/lifecycle.ts';
import { createListener } from '../../server/app.ts';
import { compose, type Product } from '../../server/compose.ts';
import { type Environment, readConfig } from '../../server/config/settings.ts';
import { anAgency } from './builders.ts';

/** The whole product on a free port, with two agencies. */
export interface TestServer {
  readonly baseURL: string;
  readonly product: Product;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Headers that speak for somebody. */
  as(role: Role, agency?: string): Promise<Record<string, string>>;
  /** Puts a dataset into the open, past the workflow's people. */
  publish(record: DatasetRecord): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the product over a database; without an URL over a SQLite file of its own.
 *
 * @param more settings that depend on where it will be
 */
export async function startServer(
  databaseUrl?: string,
  more?: (baseURL: string) => Promise<Environment>,
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'khue-test-'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const baseURL = `http://127.0.0.1:${port}`;
  const product = await compose(
    readConfig({
      BASE_URL: baseURL,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
      ...(await more?.(baseURL)),
    }),
  );
  await product.database.transaction(async (tx) => {
    await saveAgency(tx, anAgency(), product.clock);
    await saveAgency(
      tx,
      anAgency({ id: 'so-y-te', name: { vi: 'Sở Y tế' }, altName: ['SYT'] }),
      product.clock,
    );
  });
  server.on('request', createListener(product));

  const send: TestServer['send'] = (method, path, body, headers = {}) =>
    fetch(`${baseURL}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    baseURL,
    product,
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    as: async (role, agency) => {
      const label = [role, agency].join(' ');
      const { token } = await product.tokens.create({
        label,
        role,
        ...(agency !== undefined && { agency }),
      });
      return { Authorization: `Bearer ${token}` };
    },
    publish: async (record) => {
      await registerDataset(record, operator, product);
      for (const act of ['submit', 'approve', 'publish'] as const) {
        await advanceDataset(record.id, act, undefined, operator, product);
      }
    },
    close: () => closeAll(server, product, dataDir),
  };
}

async function closeAll(server: Server, product: Product, dataDir: string): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await product.close();
  await rm(dataDir, { recursive: true, force: true });
}
