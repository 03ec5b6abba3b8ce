import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createGunzip } from 'node:zlib';
import type { DcatSource } from '../../catalog/exchange/dcat/read-dcat.ts';
import { inputSyntaxOfMediaType, inputSyntaxOfName } from '../../catalog/rdf/parse.ts';
import { fetchDocument, isAddress } from './fetch-document.ts';
import { UsageError } from './output.ts';

/** More pages than this has no catalogue that ends. */
const mostPages = 100_000;

/**
 * The RDF documents behind what the shell was given: an address and the pages that follow it, a file, or every RDF file
 * of a folder.
 *
 * @param nextPage where the document that was just read said it goes on
 */
export async function* rdfSources(
  source: string,
  nextPage: () => string | undefined,
): AsyncGenerator<DcatSource> {
  if (isAddress(source)) {
    const seen = new Set<string>();
    for (let page: string | undefined = source; page !== undefined; page = nextPage()) {
      // Another host's pages are another source.
      if (seen.has(page) || seen.size === mostPages || !isSameHost(page, source)) return;
      seen.add(page);
      yield await fetchSource(page);
    }
    return;
  }
  for (const file of await filesOf(source, /\.(jsonld|json|ttl|n3|trig|nt|nq|rdf|xml)(\.gz)?$/i)) {
    const syntax = inputSyntaxOfName(file);
    if (!syntax) throw new UsageError(`${file} must end in .jsonld, .ttl, .trig, .nt, .nq or .rdf`);
    const content = /\.gz$/i.test(file)
      ? createReadStream(file).pipe(createGunzip())
      : createReadStream(file);
    yield { content, syntax, baseIri: pathToFileURL(file).href };
  }
}

function isSameHost(page: string, source: string): boolean {
  return (
    isAddress(page) && URL.canParse(page) && new URL(page).hostname === new URL(source).hostname
  );
}

async function fetchSource(address: string): Promise<DcatSource> {
  const { content, mediaType } = await fetchDocument(
    address,
    'text/turtle, application/n-triples, application/ld+json, application/rdf+xml;q=0.9',
  );
  const syntax = inputSyntaxOfMediaType(mediaType) ?? inputSyntaxOfName(address);
  if (!syntax) throw new UsageError(`${address} does not say which RDF syntax it is in`);
  return { content, syntax, baseIri: address };
}

/** The file itself, or the wanted files of a folder in the order of their names. */
export async function filesOf(source: string, wanted: RegExp): Promise<readonly string[]> {
  const found = await stat(source).catch(() => undefined);
  if (!found) throw new UsageError(`there is no file or folder ${source}`);
  if (!found.isDirectory()) return [source];
  const names = (await readdir(source)).filter((name) => wanted.test(name)).sort();
  if (names.length === 0)
    throw new UsageError(`the folder ${source} holds no file that could be read`);
  return names.map((name) => join(source, name));
}
