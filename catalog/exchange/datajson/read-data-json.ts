import { CatalogError } from '../../kernel/errors.ts';
import type { Message } from '../../kernel/lang-text.ts';
import { isFields } from '../ckan/package-fields.ts';
import { type CkanItem, type CkanOptions, toItem } from '../ckan/read-packages.ts';
import { dataJsonToPackage } from './to-package.ts';

const mostBytes = 256 * 1024 * 1024;

/**
 * Reads the datasets of a data.json, DCAT-US 1.1, or of a bare array of them. `line` counts the datasets from 1.
 *
 * @throws {CatalogError} `malformed` / `datajson-not-readable` when the document is not JSON, larger than 256 MB, or
 *   holds no datasets
 */
export async function* readDataJson(
  source: AsyncIterable<Buffer>,
  options: Omit<CkanOptions, 'fileName'> = {},
): AsyncGenerator<CkanItem> {
  const setting = { language: options.language ?? 'en', publisher: options.publisher };
  for (const [index, dataset] of datasetsIn(parse(await gather(source))).entries()) {
    yield toItem(isFields(dataset) ? dataJsonToPackage(dataset) : dataset, index + 1, setting);
  }
}

async function gather(source: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostBytes) throw notReadable(tooLarge);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw notReadable({ vi: `Tệp không phải JSON (${why}).`, en: `Not JSON (${why}).` }, error);
  }
}

function datasetsIn(document: unknown): readonly unknown[] {
  const found = isFields(document) ? document['dataset'] : document;
  if (Array.isArray(found)) return found;
  throw notReadable(withoutDatasets);
}

function notReadable(detail: Message, cause?: unknown): CatalogError {
  return new CatalogError('malformed', 'datajson-not-readable', detail, { cause });
}

const tooLarge: Message = {
  vi: 'Tài liệu lớn hơn 256 MB; hãy chia nhỏ, mỗi tệp một mảng "dataset".',
  en: 'The document is larger than 256 MB; split it, each file with an array "dataset".',
};
const withoutDatasets: Message = {
  vi: 'Không có mảng "dataset"; hãy gửi tài liệu data.json theo DCAT-US 1.1.',
  en: 'There is no array "dataset"; send a data.json document in DCAT-US 1.1.',
};
