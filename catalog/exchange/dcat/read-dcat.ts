import type { DcatContext } from '../../dcat/context.ts';
import { gatherGraph, type ReadOptions, readDatasets } from '../../dcat/quads-to-records.ts';
import { jsonLdReader } from '../../dcat/read-json-ld.ts';
import type { Message } from '../../kernel/lang-text.ts';
import { type InputSyntax, parseRdf } from '../../rdf/parse.ts';
import type { IncomingItem } from '../import-records.ts';

export interface DcatSource {
  readonly content: AsyncIterable<Uint8Array | string>;
  readonly syntax: InputSyntax;
  /** What relative IRIs in it are relative to. */
  readonly baseIri: string;
}

/**
 * Reads the datasets of any DCAT catalogue. `line` counts them from 1.
 *
 * The graph is held in memory: about 1 KB a triple. A dataset without a publisher that can be named is refused, unless
 * the options say whose it is.
 *
 * @throws {CatalogError} `malformed` when the syntax itself is broken
 */
export async function* readDcat(
  source: DcatSource,
  context: DcatContext,
  contextIri: string,
  options: ReadOptions,
): AsyncGenerator<IncomingItem> {
  const readJsonLd = jsonLdReader(context, contextIri);
  const quads = parseRdf(source.content, source.syntax, source.baseIri, readJsonLd);
  const graph = await gatherGraph(quads);
  let line = 0;
  for (const { record, agency, notes } of readDatasets(graph, context, options)) {
    line += 1;
    if (record.publisher === undefined) yield { line, id: record.id, reason: noPublisher };
    else if (record.title === undefined) yield { line, id: record.id, reason: noTitle };
    else yield { line, record, notes, ...(agency && { agency }) };
  }
}

const noPublisher: Message = {
  vi: 'Không có dcterms:publisher; hãy nêu cơ quan bằng --publisher.',
  en: 'There is no dcterms:publisher; name the agency with --publisher.',
};

const noTitle: Message = {
  vi: 'Không có dcterms:title; tập dữ liệu phải có tên.',
  en: 'There is no dcterms:title; a dataset must have a title.',
};
