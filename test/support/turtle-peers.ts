import { execFileSync, spawnSync } from 'node:child_process';
import { findOrInstall, findProgram } from './debian.ts';

/** The syntaxes as raptor names them. */
export type PeerSyntax = 'turtle' | 'ntriples' | 'rdfxml' | 'json-ld';

const largestOutput = 512 * 1024 * 1024;

let rapper: string | undefined;

/**
 * Parses with raptor, a parser that shares no code with ours. Gives N-Triples, in no promised order.
 *
 * @throws {Error} with raptor's own words when the text is not of that syntax; a warning counts.
 */
export function parseWithRapper(
  text: string,
  syntax: Exclude<PeerSyntax, 'json-ld'>,
  baseIri = 'http://base.example/',
): string {
  rapper ??= findOrInstall(() => findProgram(['rapper', '/usr/bin/rapper']), 'rapper', [
    'raptor2-utils',
  ]);
  const { status, stdout, stderr } = spawnSync(
    rapper,
    ['--quiet', '--input', syntax, '--output', 'ntriples', '-', baseIri],
    { input: text, encoding: 'utf8', maxBuffer: largestOutput },
  );
  if (status !== 0 || stderr !== '') throw new Error(`rapper refuses ${syntax}: ${stderr}`);
  return stdout;
}

export interface PeerFile {
  readonly path: string;
  readonly syntax: PeerSyntax;
}

let python: string | undefined;

const compare = `
import sys, warnings
warnings.simplefilter('ignore')
from rdflib import Graph
from rdflib.compare import to_isomorphic
names = {'turtle': 'turtle', 'ntriples': 'nt', 'rdfxml': 'xml', 'json-ld': 'json-ld'}
seen = set()
for argument in sys.argv[1:]:
    syntax, path = argument.split('=', 1)
    graph = Graph().parse(path, format=names[syntax])
    seen.add((len(graph), to_isomorphic(graph).graph_digest()))
print(len(seen))
`;

/**
 * Whether files say the same graph, as rdflib reads and compares them. A JSON-LD file must bring its context inline
 * or by a URL that python may fetch.
 *
 * @throws {Error} with rdflib's own words when it cannot read one of the files.
 */
export function isomorphicWithRdflib(...files: readonly PeerFile[]): boolean {
  python ??= findOrInstall(pythonWithRdflib, 'python3-rdflib', ['python3', 'python3-rdflib']);
  const answer = execFileSync(
    python,
    ['-c', compare, ...files.map(({ syntax, path }) => `${syntax}=${path}`)],
    { encoding: 'utf8', maxBuffer: largestOutput, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return answer.trim() === '1';
}

// The python3 of the PATH may be another one than the python3 that apt gives rdflib to.
function pythonWithRdflib(): string | undefined {
  return ['/usr/bin/python3', 'python3'].find(
    (candidate) => spawnSync(candidate, ['-c', 'import rdflib']).status === 0,
  );
}
