import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createGunzip } from 'node:zlib';
import axios from 'axios';
import type { DcatSource } from '../../catalog/exchange/dcat/read-dcat.ts';
import { inputSyntaxOfMediaType, inputSyntaxOfName } from '../../catalog/rdf/parse.ts';
import { UsageError } from './output.ts';

/** The RDF documents behind what the shell was given: an address, a file, or every RDF file of a folder. */
export async function* rdfSources(source: string): AsyncGenerator<DcatSource> {
  if (/^https?:\/\//.test(source)) {
    yield await fetchSource(source);
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

async function fetchSource(address: string): Promise<DcatSource> {
  const { data, headers } = await axios.get<NodeJS.ReadableStream>(address, {
    responseType: 'stream',
    timeout: 60_000,
    headers: {
      Accept: 'text/turtle, application/n-triples, application/ld+json, application/rdf+xml;q=0.9',
    },
  });
  const syntax =
    inputSyntaxOfMediaType(String(headers['content-type'] ?? '')) ?? inputSyntaxOfName(address);
  if (!syntax) throw new UsageError(`${address} does not say which RDF syntax it is in`);
  return { content: data as AsyncIterable<Buffer>, syntax, baseIri: address };
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
