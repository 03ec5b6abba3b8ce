import type { DcatContext } from '../../dcat/context.ts';
import type { MintIri } from '../../dcat/mint-iri.ts';
import {
  createDatasetReader,
  type DatasetReader,
  type ReadDataset,
  type ReadOptions,
} from '../../dcat/quads-to-records.ts';
import { jsonLdReader } from '../../dcat/read-json-ld.ts';
import type { Message } from '../../kernel/lang-text.ts';
import type { Graph } from '../../rdf/graph.ts';
import { type InputSyntax, parseTriples } from '../../rdf/parse.ts';
import type { BrokenLine } from '../../rdf/read-n-triples.ts';
import { validateDataset } from '../../validation/validate-record.ts';
import type { IncomingItem } from '../import-item.ts';
import { storeGraph } from './graph-repository.ts';
import { type StandIns, withStandIns } from './stand-ins.ts';

export interface DcatSource {
  readonly content: AsyncIterable<Uint8Array | string>;
  readonly syntax: InputSyntax;
  /** What relative IRIs in it are relative to. */
  readonly baseIri: string;
}

/** What names things in this catalogue. */
export interface Naming {
  readonly baseURL: string;
  readonly context: DcatContext;
  readonly iri: MintIri;
}

/**
 * Reads the datasets of any DCAT catalogue. `line` counts them from 1.
 *
 * A large graph is held in a temporary file. A blank dataset for which nobody can be named is refused.
 *
 * @param onNextPage told where the catalogue goes on, if it says so
 *
 * @throws {CatalogError} `malformed` when the syntax itself is broken
 */
export async function* readDcat(
  source: DcatSource,
  { baseURL, context, iri }: Naming,
  options: ReadOptions & Pick<StandIns, 'publisher'>,
  onNextPage: (iri: string) => void = () => undefined,
): AsyncGenerator<IncomingItem> {
  const readJsonLd = jsonLdReader(context, `${baseURL}/context.jsonld`);
  const broken: BrokenLine[] = [];
  const triples = parseTriples(
    source.content,
    source.syntax,
    source.baseIri,
    readJsonLd,
    (line) => {
      if (broken.length < mostBroken) broken.push(line);
    },
  );
  const graph = await storeGraph(triples);
  const next = nextPageOf(graph);
  if (next !== undefined) onNextPage(next);

  const reader = createDatasetReader(graph, context, iri, options);
  const standIns: StandIns = {
    publisher: options.publisher,
    catalogAgency: reader.catalogAgency(),
  };
  try {
    for (const { line, reason, mended } of broken) yield { line, remark: reason, isLoss: !mended };
    let line = 0;
    for (const subject of reader.subjects()) {
      line += 1;
      const { record, agency, notes } = readValidly(reader, subject, standIns);
      if (record.publisher === undefined) yield { line, id: record.id, reason: noPublisher };
      else yield { line, record, notes, ...(agency && { agency }) };
    }
  } finally {
    graph.close();
  }
}

const hydra = 'http://www.w3.org/ns/hydra/core#';

/** The page after this one, in either of the two spellings that catalogues use. Hydra Core §5.1. */
function nextPageOf(graph: Graph): string | undefined {
  for (const type of ['PartialCollectionView', 'PagedCollection']) {
    for (const view of graph.subjectsOfType(hydra + type)) {
      const links = graph.properties(view);
      const [next] = links?.get(`${hydra}next`) ?? links?.get(`${hydra}nextPage`) ?? [];
      if (next !== undefined) return next.value;
    }
  }
  return undefined;
}

/** Whoever has so many broken lines has another problem. */
const mostBroken = 1000;

const mostRounds = 5;

/**
 * Reads a dataset so that the record is valid: a value that the schema refuses is kept among the extras instead, as
 * the source said it. What a record cannot do without is left to whoever takes the record.
 */
export function readValidly(
  reader: DatasetReader,
  subject: string,
  standIns: StandIns,
): ReadDataset {
  let read = withStandIns(reader.read(subject), standIns);
  const refused = new Set<string>();
  for (let round = 0; round < mostRounds; round += 1) {
    const findings = validateDataset(read.record, 'draft');
    if (findings.length === 0) break;
    const trace = new Map<string, string>();
    reader.read(subject, { refused, trace });
    const before = refused.size;
    for (const { pointer } of findings) {
      const triple = tripleBehind(pointer, trace);
      if (triple !== undefined) refused.add(triple);
    }
    if (refused.size === before) break;
    read = withStandIns(reader.read(subject, { refused }), standIns);
  }
  return read;
}

/** The triple behind a value, or behind the nearest thing that contains it. */
function tripleBehind(pointer: string, trace: ReadonlyMap<string, string>): string | undefined {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const triple = trace.get(at);
    if (triple !== undefined) return triple;
  }
  return undefined;
}

const noPublisher: Message = {
  vi: 'Không có dcterms:publisher; hãy nêu cơ quan bằng --publisher.',
  en: 'There is no dcterms:publisher; name the agency with --publisher.',
};
