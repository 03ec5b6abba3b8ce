import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import { readDcat } from '../../catalog/exchange/dcat/read-dcat.ts';
import type { IncomingItem } from '../../catalog/exchange/import-item.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { DcatReading, FromDcatWorker } from './dcat-items.ts';
import { UsageError } from './output.ts';
import { rdfSources } from './rdf-sources.ts';

/*
 * Reads DCAT on a thread of its own, so that parsing and reading go on while the main thread writes. Batches are sent
 * as text, which is quicker to hand over than objects, and never too many before the main thread has taken some.
 */

const batchSize = 100;
const mostAhead = 6;
const { source, baseURL, options } = workerData as DcatReading;
const port = parentPort;
if (!port) throw new Error('read-dcat-worker runs as a worker');

const send = (message: FromDcatWorker): void => port.postMessage(message);

try {
  const describer = createDescriber(baseURL);
  let batch: IncomingItem[] = [];
  let ahead = 0;
  port.on('message', () => {
    ahead -= 1;
  });
  const hand = async () => {
    while (ahead >= mostAhead) await once(port, 'message');
    ahead += 1;
    send({ kind: 'items', text: JSON.stringify(batch) });
    batch = [];
  };
  let next: string | undefined;
  const onNextPage = (iri: string): void => {
    next = iri;
  };
  const nextPage = () => {
    const page = next;
    next = undefined;
    return page;
  };
  for await (const document of rdfSources(source, nextPage)) {
    for await (const item of readDcat(document, describer, options, onNextPage)) {
      batch.push(item);
      if (batch.length === batchSize) await hand();
    }
  }
  if (batch.length > 0) await hand();
  send({ kind: 'end' });
} catch (error) {
  if (error instanceof CatalogError) {
    const { kind, code, detail } = error;
    send({ kind: 'refused', error: { kind, code, detail } });
  } else if (error instanceof UsageError) send({ kind: 'misused', message: error.message });
  else throw error;
}
port.close();
