import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonld from 'jsonld';
import { CatalogError } from '../kernel/errors.ts';
import { schemasFolder } from '../model/schemas.ts';
import { blankNode, literal, namedNode, type Quad, triple } from '../rdf/terms.ts';
import type { DcatContext } from './context.ts';

interface JsonLdTerm {
  readonly termType: string;
  readonly value: string;
  readonly language?: string;
  readonly datatype?: { readonly value: string };
}

interface JsonLdQuad {
  readonly subject: JsonLdTerm;
  readonly predicate: JsonLdTerm;
  readonly object: JsonLdTerm;
}

const folder = join(schemasFolder, 'contexts');

/** The contexts of others that come with the product: their addresses, and the files that hold them. */
const bundled = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
  readonly contexts: Readonly<Record<string, string>>;
  /** Prefixes that these contexts use and do not declare. */
  readonly prefixes: Readonly<Record<string, string>>;
};

/**
 * Makes a reader of JSON-LD that knows our own context and the well-known ones, and fetches no other: an address in a
 * document that a stranger sends could point into our network.
 */
export function jsonLdReader(context: DcatContext, contextIri: string) {
  const documentLoader = async (url: string) => {
    const document = url === contextIri ? context.document : bundledContext(url);
    if (!document) throw contextRefused(url);
    return { document, documentUrl: url, contextUrl: undefined };
  };
  return async (text: string, baseIri: string): Promise<readonly Quad[]> => {
    const document = JSON.parse(text) as object;
    const quads = (await jsonld.toRDF(document as jsonld.JsonLdDocument, {
      base: baseIri,
      documentLoader: documentLoader as unknown as NonNullable<
        jsonld.Options.ToRdf['documentLoader']
      >,
    })) as readonly JsonLdQuad[];
    return quads.map(toQuad);
  };
}

function bundledContext(url: string): object | undefined {
  const address = url.replace(/^http:/, 'https:').replace(/#.*$/, '');
  const file = Object.hasOwn(bundled.contexts, address) ? bundled.contexts[address] : undefined;
  if (file === undefined) return undefined;
  const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { '@context': object };
  return { '@context': [bundled.prefixes, document['@context']] };
}

function contextRefused(url: string): CatalogError {
  const known = Object.keys(bundled.contexts).join(', ');
  return new CatalogError('malformed', 'context-refused', {
    vi: `Không tải ngữ cảnh "${url}"; hãy viết @context ngay trong tài liệu. Có sẵn: ${known}.`,
    en: `The context "${url}" is not fetched; write the @context into the document itself. Known here: ${known}.`,
  });
}

function toQuad({ subject, predicate, object }: JsonLdQuad): Quad {
  const node = ({ termType, value }: JsonLdTerm) =>
    termType === 'BlankNode' ? blankNode(value.replace(/^_:/, '')) : namedNode(value);
  const target =
    object.termType === 'Literal'
      ? literal(object.value, object.language || namedNode(object.datatype?.value ?? ''))
      : node(object);
  return triple(node(subject), namedNode(predicate.value), target);
}
