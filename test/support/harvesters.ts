import { Parser } from 'n3';
import type { DcatContext } from '../../catalog/dcat/context.ts';
import {
  type InputSyntax,
  inputSyntaxOfMediaType,
  inputSyntaxOfName,
} from '../../catalog/rdf/parse.ts';
import type { Syntax } from '../../catalog/rdf/syntaxes.ts';
import type { Quad } from '../../catalog/rdf/terms.ts';
import { toNQuads } from './canonical.ts';

/*
 * How the three harvesters walk a catalogue: what each looks for, follows, needs and stops at, as INTEROP 1.2 has it
 * from their sources. Each gives the keys by which it knows datasets, in the order in which it met them.
 */

export interface Walk {
  readonly fetch: (url: string, method: 'GET' | 'HEAD') => Promise<Response>;
  readonly context: DcatContext;
  /** Called between two pages. */
  readonly between?: (pagesRead: number) => Promise<void>;
}

export type Harvester = (from: string, walk: Walk) => Promise<readonly string[]>;

const hydra = 'http://www.w3.org/ns/hydra/core#';
const dcat = 'http://www.w3.org/ns/dcat#';
const dcterms = 'http://purl.org/dc/terms/';
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const primaryTopic = 'http://xmlns.com/foaf/0.1/primaryTopic';
const mostBytes = 50 * 1024 * 1024;

/** ckanext-dcat: HEAD first, pages up to 50 MB, `next` of a view before `nextPage` of a paged collection. */
export const ckanextDcat: Harvester = async (from, walk) => {
  const met: string[] = [];
  let first: string | undefined;
  let pages = 0;
  for (let url: string | undefined = from; url !== undefined; ) {
    const head = await walk.fetch(url, 'HEAD');
    if (![200, 400, 405].includes(head.status)) throw new Error(`HEAD ${url}: ${head.status}`);
    if (Number(head.headers.get('Content-Length') ?? 0) > mostBytes) throw new Error('too large');
    const answer = await ok(await walk.fetch(url, 'GET'), url);
    const text = await answer.text();
    if (Buffer.byteLength(text) > mostBytes) throw new Error(`${url} is too large`);
    // A portal that does not know the page sends the first one for ever.
    if (text === first) break;
    first ??= text;
    const graph = await read(text, syntaxOf(answer), walk);
    met.push(...datasetsOf(graph).map((subject) => subject));
    url =
      linkOf(graph, 'PartialCollectionView', 'next') ??
      linkOf(graph, 'PagedCollection', 'nextPage');
    pages += 1;
    if (url !== undefined) await walk.between?.(pages);
  }
  return met;
};

/** udata: the syntax of the address, else of HEAD; keyed by dcterms:identifier, without which a dataset is skipped. */
export const udata: Harvester = async (from, walk) => {
  const met: string[] = [];
  let pages = 0;
  for (let url: string | undefined = from; url !== undefined; ) {
    const syntax = inputSyntaxOfName(url) ?? syntaxOf(await ok(await walk.fetch(url, 'HEAD'), url));
    const answer = await ok(await walk.fetch(url, 'GET'), url);
    const graph = await read(await answer.text(), syntax, walk);
    for (const subject of datasetsOf(graph)) {
      const identifier = objectOf(graph, subject, `${dcterms}identifier`);
      const title = objectOf(graph, subject, `${dcterms}title`);
      if (identifier !== undefined && title !== undefined) met.push(identifier);
    }
    url = typedSubject(graph, 'PartialCollectionView')
      ? linkOf(graph, 'PartialCollectionView', 'next')
      : linkOf(graph, 'PagedCollection', 'nextPage');
    pages += 1;
    if (url !== undefined) await walk.between?.(pages);
  }
  return met;
};

/**
 * piveau: `nextPage` of a paged collection first, which must say how many there are; else `next` of a view. Drops what
 * stands behind foaf:primaryTopic; keyed by dcterms:identifier before the IRI.
 */
export const piveau: Harvester = async (from, walk) => {
  const met: string[] = [];
  let pages = 0;
  for (let url: string | undefined = from; url !== undefined; ) {
    const answer = await walk.fetch(url, 'GET');
    if (answer.status < 200 || answer.status > 299) throw new Error(`${url}: ${answer.status}`);
    const whole = await read(await answer.text(), syntaxOf(answer), walk);
    const graph = whole.filter(({ predicate }) => predicate.value !== primaryTopic);
    const collection = typedSubject(graph, 'PagedCollection');
    const total = collection
      ? objectOf(graph, collection, `${hydra}totalItems`)
      : graph.find(({ predicate }) => predicate.value === `${hydra}totalItems`)?.object.value;
    if (total === undefined || !/^\d+$/.test(total)) throw new Error(`${url} has no totalItems`);
    met.push(
      ...datasetsOf(graph).map(
        (subject) => objectOf(graph, subject, `${dcterms}identifier`) ?? subject,
      ),
    );
    url = collection
      ? linkOf(graph, 'PagedCollection', 'nextPage')
      : linkOf(graph, 'PartialCollectionView', 'next');
    pages += 1;
    if (url !== undefined) await walk.between?.(pages);
  }
  return met;
};

async function ok(answer: Response, url: string): Promise<Response> {
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
  return answer;
}

function syntaxOf(answer: Response): InputSyntax {
  const type = answer.headers.get('Content-Type') ?? '';
  const syntax = inputSyntaxOfMediaType(type);
  if (!syntax) throw new Error(`${type} is no RDF`);
  return syntax;
}

async function read(
  text: string,
  syntax: InputSyntax,
  { context }: Walk,
): Promise<readonly Quad[]> {
  return new Parser().parse(await toNQuads(text, syntax as Syntax, context)) as readonly Quad[];
}

function typedSubject(graph: readonly Quad[], name: string): string | undefined {
  return graph.find(
    ({ predicate, object }) => predicate.value === rdfType && object.value === hydra + name,
  )?.subject.value;
}

function datasetsOf(graph: readonly Quad[]): readonly string[] {
  return graph
    .filter(
      ({ predicate, object }) => predicate.value === rdfType && object.value === `${dcat}Dataset`,
    )
    .map(({ subject }) => subject.value);
}

function objectOf(graph: readonly Quad[], subject: string, predicate: string): string | undefined {
  return graph.find((quad) => quad.subject.value === subject && quad.predicate.value === predicate)
    ?.object.value;
}

function linkOf(graph: readonly Quad[], type: string, name: string): string | undefined {
  const node = typedSubject(graph, type);
  return node === undefined ? undefined : objectOf(graph, node, hydra + name);
}
