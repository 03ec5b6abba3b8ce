import type { Worker } from 'node:worker_threads';
import type { ReadOptions } from '../../catalog/dcat/quads-to-records.ts';
import type { IncomingItem } from '../../catalog/exchange/import-item.ts';
import { CatalogError, type CatalogErrorKind } from '../../catalog/kernel/errors.ts';
import type { Message } from '../../catalog/kernel/lang-text.ts';
import { startWorker } from '../../catalog/kernel/start-worker.ts';
import { UsageError } from './output.ts';

/** What a worker is to read, and for which catalogue. */
export interface DcatReading {
  /** An address, a file or a folder. */
  readonly source: string;
  readonly baseURL: string;
  readonly options: ReadOptions & { readonly publisher?: string | undefined };
}

export type FromDcatWorker =
  | { readonly kind: 'items'; readonly text: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'misused'; readonly message: string }
  | {
      readonly kind: 'refused';
      readonly error: {
        readonly kind: CatalogErrorKind;
        readonly code: string;
        readonly detail: Message;
      };
    };

/**
 * Reads DCAT on another thread, a few batches ahead of whoever takes the items.
 *
 * @throws {CatalogError} `malformed` when a document cannot be read to its end
 * @throws {UsageError} when there is nothing to read at the place that was named
 */
export async function* dcatItems(reading: DcatReading): AsyncGenerator<IncomingItem> {
  const worker = startWorker('./read-dcat-worker', import.meta.url, reading);
  try {
    for await (const message of messagesOf(worker)) {
      if (message.kind === 'end') return;
      if (message.kind === 'misused') throw new UsageError(message.message);
      if (message.kind === 'refused') {
        const { kind, code, detail } = message.error;
        throw new CatalogError(kind, code, detail);
      }
      worker.postMessage('more');
      yield* JSON.parse(message.text) as readonly IncomingItem[];
    }
  } finally {
    await worker.terminate();
  }
}

async function* messagesOf(worker: Worker): AsyncGenerator<FromDcatWorker> {
  const waiting: FromDcatWorker[] = [];
  let failure: unknown;
  let wake: () => void = () => undefined;
  worker.on('message', (message: FromDcatWorker) => {
    waiting.push(message);
    wake();
  });
  worker.on('error', (error) => {
    failure = error;
    wake();
  });
  for (;;) {
    const message = waiting.shift();
    if (message) yield message;
    else if (failure !== undefined) throw failure;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}
