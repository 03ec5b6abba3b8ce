import jsonld from 'jsonld';
import { CatalogError } from '../kernel/errors.ts';
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

/**
 * Makes a reader of JSON-LD that knows our own context and fetches no other: an address in a document that a stranger
 * sends could point into our network.
 */
export function jsonLdReader(context: DcatContext, contextIri: string) {
  const documentLoader = async (url: string) => {
    if (url !== contextIri) throw contextRefused(url);
    return { document: context.document, documentUrl: url, contextUrl: undefined };
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

function contextRefused(url: string): CatalogError {
  return new CatalogError('malformed', 'context-refused', {
    vi: `Không tải ngữ cảnh "${url}"; hãy viết @context ngay trong tài liệu.`,
    en: `The context "${url}" is not fetched; write the @context into the document itself.`,
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
