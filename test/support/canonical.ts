import { Readable } from 'node:stream';
import jsonld from 'jsonld';
import { DataFactory, Parser, Writer } from 'n3';
import { RdfXmlParser } from 'rdfxml-streaming-parser';
import type { DcatContext } from '../../catalog/dcat/context.ts';
import type { Syntax } from '../../catalog/rdf/syntaxes.ts';
import type { Quad } from '../../catalog/rdf/terms.ts';

/** A document in any of our syntaxes as RDFC-1.0 canonical N-Quads, read by parsers that are not ours. */
export async function canonical(
  text: string,
  syntax: Syntax,
  context: DcatContext,
): Promise<string> {
  return canonize(await toNQuads(text, syntax, context));
}

export async function canonize(nQuads: string): Promise<string> {
  return jsonld.canonize(
    nQuads as never,
    {
      algorithm: 'RDFC-1.0',
      inputFormat: 'application/n-quads',
      format: 'application/n-quads',
      // The default of 1 is against hostile graphs; these are our own.
      maxWorkFactor: 3,
    } as never,
  ) as unknown as Promise<string>;
}

/** A document as N-Quads, its blank nodes named as its parser names them. */
export async function toNQuads(
  text: string,
  syntax: Syntax,
  context: DcatContext,
): Promise<string> {
  if (syntax === 'jsonld') {
    const documentLoader = async (url: string) => ({
      document: context.document,
      documentUrl: url,
    });
    return (await jsonld.toRDF(
      JSON.parse(text) as never,
      {
        format: 'application/n-quads',
        documentLoader,
      } as never,
    )) as unknown as string;
  }
  const quads = syntax === 'rdf' ? await parseRdfXml(text) : new Parser().parse(text);
  return write(quads);
}

async function parseRdfXml(text: string): Promise<readonly Quad[]> {
  const quads: Quad[] = [];
  for await (const quad of Readable.from([text]).pipe(new RdfXmlParser())) {
    quads.push(DataFactory.fromQuad(quad as Quad) as Quad);
  }
  return quads;
}

function write(quads: readonly Quad[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const writer = new Writer({ format: 'N-Quads' });
    writer.addQuads([...quads]);
    writer.end((error, result: string) => (error ? reject(error) : resolve(result)));
  });
}
