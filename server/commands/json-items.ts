import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { type CkanItem, readCkan } from '../../catalog/exchange/ckan/read-packages.ts';
import { readDataJson } from '../../catalog/exchange/datajson/read-data-json.ts';
import type { IncomingItem } from '../../catalog/exchange/import-item.ts';
import { fetchDocument, isAddress } from './fetch-document.ts';
import { filesOf } from './rdf-sources.ts';

export interface JsonReading {
  readonly publisher?: string | undefined;
  readonly language?: string | undefined;
}

/** The datasets of a data.json in DCAT-US 1.1, or of every one in a folder. */
export async function* dataJsonItems(
  source: string,
  options: JsonReading,
): AsyncGenerator<IncomingItem> {
  if (isAddress(source)) yield* readDataJson(await fetchJson(source), options);
  else for await (const { content } of jsonFiles(source)) yield* readDataJson(content, options);
}

/**
 * The packages of CKAN's answers: files of them, or a portal, by its address or that of its API. A search is followed
 * to its end, whatever the portal gives at a time.
 */
export async function* ckanItems(
  source: string,
  options: JsonReading = {},
): AsyncGenerator<IncomingItem> {
  if (isAddress(source)) yield* portalItems(source, options);
  else
    for await (const { content, name } of jsonFiles(source))
      yield* readCkan(content, { ...options, fileName: name });
}

async function* portalItems(source: string, options: JsonReading): AsyncGenerator<CkanItem> {
  const address = apiAddress(source);
  const isSearch = address.pathname.endsWith('/package_search');
  const isPaged = isSearch && !address.searchParams.has('start');
  for (let start = 0; ; ) {
    if (isPaged) address.searchParams.set('start', String(start));
    let found = 0;
    for await (const item of readCkan(await fetchJson(address.href), {
      ...options,
      fileName: address.pathname,
    })) {
      found += 1;
      yield { ...item, line: start + item.line };
    }
    start += found;
    if (!isPaged || found === 0) return;
  }
}

/** Portals give at most 1,000 packages at a time. */
const rows = '1000';

/** An address of the API as it is; for any other the search over the whole portal. */
function apiAddress(source: string): URL {
  const address = new URL(source);
  if (!address.pathname.includes('/api/')) {
    address.pathname = `${address.pathname.replace(/\/$/, '')}/api/3/action/package_search`;
    address.search = '';
  }
  if (address.pathname.endsWith('/package_search') && !address.searchParams.has('rows')) {
    address.searchParams.set('rows', rows);
  }
  return address;
}

async function fetchJson(address: string): Promise<AsyncIterable<Buffer>> {
  return (await fetchDocument(address, 'application/json')).content;
}

async function* jsonFiles(
  source: string,
): AsyncGenerator<{ readonly content: AsyncIterable<Buffer>; readonly name: string }> {
  for (const file of await filesOf(source, /\.(json|ndjson|jsonl)$/i)) {
    yield { content: createReadStream(file), name: basename(file) };
  }
}
