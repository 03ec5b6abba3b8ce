import { Readable } from 'node:stream';
import { DataFactory, StreamParser } from 'n3';
import { RdfXmlParser } from 'rdfxml-streaming-parser';
import { CatalogError } from '../kernel/errors.ts';
import { type IdTriple, toIdTriple } from './id-triple.ts';
import { type BrokenLine, readNTriples } from './read-n-triples.ts';
import type { Quad } from './terms.ts';

/** How RDF arrives. TriG and N-Quads are read too; their graph names do not matter to a catalogue. */
export type InputSyntax = 'jsonld' | 'ttl' | 'trig' | 'nt' | 'nq' | 'rdf';

const bySuffix: Readonly<Record<string, InputSyntax>> = {
  jsonld: 'jsonld',
  json: 'jsonld',
  ttl: 'ttl',
  n3: 'ttl',
  trig: 'trig',
  nt: 'nt',
  nq: 'nq',
  rdf: 'rdf',
  xml: 'rdf',
};

const byMediaType: Readonly<Record<string, InputSyntax>> = {
  'application/ld+json': 'jsonld',
  'text/turtle': 'ttl',
  'application/x-turtle': 'ttl',
  'text/n3': 'ttl',
  'application/trig': 'trig',
  'application/n-triples': 'nt',
  'application/n-quads': 'nq',
  'application/rdf+xml': 'rdf',
  'application/xml': 'rdf',
  'text/xml': 'rdf',
};

/** The syntax that a file's name, or an address's path, says. A `.gz` at the end does not count. */
export function inputSyntaxOfName(name: string): InputSyntax | undefined {
  const suffix = /\.([a-z0-9]+)$/i.exec(name.replace(/[?#].*$/, '').replace(/\.gz$/i, ''))?.[1];
  return suffix === undefined ? undefined : bySuffix[suffix.toLowerCase()];
}

export function inputSyntaxOfMediaType(mediaType: string): InputSyntax | undefined {
  return byMediaType[mediaType.split(';')[0]?.trim().toLowerCase() ?? ''];
}

const n3Formats: Readonly<Record<string, string>> = {
  ttl: 'Turtle',
  trig: 'TriG',
  nt: 'N-Triples',
  nq: 'N-Quads',
};

/** Reads JSON-LD; a room that knows contexts gives it, because a context is never fetched from here. */
export type ReadJsonLd = (text: string, baseIri: string) => Promise<readonly Quad[]>;

/**
 * Reads RDF in any syntax, quad by quad. RDF/XML is read without its document type: entities are not expanded.
 *
 * @throws {CatalogError} `malformed` / `rdf-malformed`, with the line where the parser knows it
 */
export async function* parseRdf(
  source: AsyncIterable<Uint8Array | string>,
  syntax: InputSyntax,
  baseIri: string,
  readJsonLd: ReadJsonLd,
): AsyncGenerator<Quad> {
  try {
    if (syntax === 'jsonld') {
      yield* await readJsonLd(await textOf(source), baseIri);
      return;
    }
    const parser =
      syntax === 'rdf'
        ? new RdfXmlParser({ baseIRI: baseIri })
        : new StreamParser({ format: n3Formats[syntax] ?? 'Turtle', baseIRI: baseIri });
    const input = Readable.from(source);
    input.on('error', (error) => parser.destroy(error));
    for await (const quad of input.pipe(parser)) yield DataFactory.fromQuad(quad as Quad) as Quad;
  } catch (error) {
    if (error instanceof CatalogError) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new CatalogError(
      'malformed',
      'rdf-malformed',
      { vi: `Không đọc được RDF: ${said}`, en: `The RDF cannot be read: ${said}` },
      { cause: error },
    );
  }
}

/** So many triples are handed on together. */
const batchSize = 1000;

/**
 * Reads RDF in any syntax as triples, a batch at a time; names of graphs are dropped. In the syntaxes that are a
 * statement a line, a broken line is reported and the rest is read.
 *
 * @throws {CatalogError} as `parseRdf` does
 */
export async function* parseTriples(
  source: AsyncIterable<Uint8Array | string>,
  syntax: InputSyntax,
  baseIri: string,
  readJsonLd: ReadJsonLd,
  onBroken: (broken: BrokenLine) => void,
): AsyncGenerator<readonly IdTriple[]> {
  if (syntax === 'nt' || syntax === 'nq') {
    yield* readNTriples(source, onBroken);
    return;
  }
  let batch: IdTriple[] = [];
  for await (const quad of parseRdf(source, syntax, baseIri, readJsonLd)) {
    batch.push(toIdTriple(quad));
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

const longestJsonLd = 256 * 1024 * 1024;

async function textOf(source: AsyncIterable<Uint8Array | string>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for await (const chunk of source) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text.length > longestJsonLd) {
      throw new CatalogError('malformed', 'rdf-too-large', {
        vi: 'Tệp JSON-LD quá 256 MB; hãy chuyển sang N-Triples.',
        en: 'The JSON-LD is over 256 MB; convert it to N-Triples.',
      });
    }
  }
  return text + decoder.decode();
}
