import type { IncomingItem } from '../import-records.ts';
export async function* readCkan(
  _source: AsyncIterable<Buffer | string>,
  _options: { fileName: string },
): AsyncGenerator<IncomingItem> {}
