import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startWorker } from '../kernel/start-worker.ts';
import type { ShareCard } from './share-card.ts';

/** What the thread says to a card. */
export type FromCardThread = { readonly png: Uint8Array } | { readonly failed: string };

/** Paints cards as PNG, one at a time, on a thread that is there only while there is something to paint. */
export interface CardPainter {
  /** @throws {Error} when it cannot be drawn, or too many are waiting */
  paint(card: ShareCard): Promise<Buffer>;
  close(): Promise<void>;
}

const mostWaiting = 32;
const longestMs = 20_000;
/** How long the thread stays when nothing comes: its typefaces and pixels take memory. */
const idleMs = 60_000;
/** How long nothing is tried after the thread itself failed, as on a machine that the renderer is not built for. */
const restMs = 30_000;

/** Makes a painter; its thread starts with the first card. */
export function createCardPainter(): CardPainter {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let restUntil = 0;

  return {
    async paint(card) {
      if (waiting >= mostWaiting) throw new Error(`${mostWaiting} cards are waiting already`);
      waiting += 1;
      const painted = turn.then(() => paintNow(card));
      turn = painted.catch(() => undefined);
      try {
        return await painted;
      } finally {
        waiting -= 1;
      }
    },

    async close() {
      clearTimeout(idle);
      await stop();
    },
  };

  async function paintNow(card: ShareCard): Promise<Buffer> {
    const said = await ask(card);
    if ('failed' in said) throw new Error(said.failed);
    return Buffer.from(said.png.buffer, said.png.byteOffset, said.png.byteLength);
  }

  async function ask(card: ShareCard): Promise<FromCardThread> {
    if (Date.now() < restUntil) throw new Error('the thread of the painter failed a moment ago');
    clearTimeout(idle);
    thread ??= start();
    try {
      thread.postMessage(card);
      const [said] = await once(thread, 'message', { signal: AbortSignal.timeout(longestMs) });
      return said as FromCardThread;
    } catch (error) {
      restUntil = Date.now() + restMs;
      await stop();
      throw error;
    } finally {
      idle = setTimeout(stop, idleMs).unref();
    }
  }

  function start(): Worker {
    const started = startWorker('./card-thread', import.meta.url, undefined);
    // One that dies between two cards is nobody's question; the next card starts another.
    started.on('error', () => {
      if (thread === started) thread = undefined;
    });
    return started;
  }

  async function stop(): Promise<void> {
    const stopped = thread;
    thread = undefined;
    await stopped?.terminate();
  }
}
