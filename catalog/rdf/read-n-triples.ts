import { escapeIri } from '../kernel/formats.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { IdTriple } from './id-triple.ts';

/** A line that is no statement as it stands. */
export interface BrokenLine {
  /** From 1. */
  readonly line: number;
  /** What is wrong with it. */
  readonly reason: Message;
  /** Whether it could be read all the same; else it was left out. */
  readonly mended: boolean;
}

const iri =
  '<([^\\u0000-\\u0020<>"{}|^`\\\\]*(?:\\\\u[0-9A-Fa-f]{4}[^\\u0000-\\u0020<>"{}|^`\\\\]*|\\\\U[0-9A-Fa-f]{8}[^\\u0000-\\u0020<>"{}|^`\\\\]*)*)>';
const label = '(_:[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}\\p{M}_.·-]*[\\p{L}\\p{N}\\p{M}_·-])?)';
const text = '"([^"\\\\\\n\\r]*(?:\\\\.[^"\\\\\\n\\r]*)*)"';
const literal = `${text}(?:@([a-zA-Z]+(?:-[a-zA-Z0-9]+)*)|\\^\\^${iri})?`;
const space = '[ \\t]*';
const statement = new RegExp(
  `^${space}(?:${iri}|${label})${space}${iri}${space}(?:${iri}|${label}|${literal})${space}` +
    `(?:(?:${iri}|${label})${space})?\\.${space}(?:#.*)?$`,
  'u',
);
const blankLine = /^[ \t]*(#.*)?$/;

/**
 * Reads one line of N-Triples or N-Quads; a graph's name is dropped. Absent: the line says nothing, or nothing right.
 *
 * @see RDF 1.1 N-Triples §7, N-Quads §6
 */
export function readStatement(line: string): IdTriple | 'empty' | undefined {
  const match = statement.exec(line);
  if (!match) return blankLine.test(line) ? 'empty' : undefined;
  const [, subject, subjectLabel, predicate, object, objectLabel, value, language, datatype] =
    match;
  return [
    subject === undefined ? (subjectLabel ?? '') : unescaped(subject),
    unescaped(predicate ?? ''),
    object === undefined
      ? (objectLabel ?? literalId(unescaped(value ?? ''), language, datatype))
      : unescaped(object),
  ];
}

function literalId(value: string, language: string | undefined, datatype: string | undefined) {
  if (language !== undefined) return `"${value}"@${language.toLowerCase()}`;
  if (datatype === undefined || datatype === xsdString) return `"${value}"`;
  return `"${value}"^^${unescaped(datatype)}`;
}

const xsdString = 'http://www.w3.org/2001/XMLSchema#string';
const escapes: Readonly<Record<string, string>> = {
  t: '\t',
  b: '\b',
  n: '\n',
  r: '\r',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

function unescaped(escaped: string): string {
  if (!escaped.includes('\\')) return escaped;
  return escaped.replace(
    /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gu,
    (_all, short: string | undefined, long: string | undefined, letter: string | undefined) =>
      letter === undefined
        ? String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(short ?? long ?? '0', 16)))
        : (escapes[letter] ?? letter),
  );
}

/**
 * Reads N-Triples or N-Quads, a chunk of lines at a time. A line that is broken is mended or left out, and reported,
 * and the rest goes on: each line stands for itself.
 */
export async function* readNTriples(
  source: AsyncIterable<Uint8Array | string>,
  onBroken: (broken: BrokenLine) => void,
): AsyncGenerator<readonly IdTriple[]> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let line = 0;
  const readLine = (content: string): IdTriple | undefined => {
    line += 1;
    const read = readStatement(content);
    if (read === 'empty') return undefined;
    if (read !== undefined && !content.includes('\ufffd')) return read;
    const mended = read ?? mend(content);
    onBroken(
      mended === undefined
        ? { line, reason: leftOut(line, content), mended: false }
        : { line, reason: wasMended(line, content), mended: true },
    );
    return mended;
  };
  const readLines = (lines: readonly string[]): readonly IdTriple[] =>
    lines.flatMap((each) => {
      const triple = readLine(each);
      return triple === undefined ? [] : [triple];
    });

  for await (const chunk of source) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) rest = rest.slice(0, 120);
    yield readLines(lines);
  }
  yield readLines([rest + decoder.decode()]);
}

/** A line longer than this is none: what is left of it is reported as broken. */
const longestLine = 64 * 1024 * 1024;

const quotedOrIri = /"(?:[^"\\]|\\.)*"|<([^<>]*)>/g;

/** Reads a line whose IRIs hold what no IRI may hold, or whose language tag is none. */
function mend(line: string): IdTriple | undefined {
  const escaped = line.replace(quotedOrIri, (all, iri: string | undefined) =>
    iri === undefined ? all : `<${escapeIri(iri)}>`,
  );
  const untagged = escaped.replace(/("(?:[^"\\]|\\.)*")@[^\s<"]*/, '$1');
  for (const candidate of [escaped, untagged]) {
    const read = readStatement(candidate);
    if (read !== undefined && read !== 'empty') return read;
  }
  return undefined;
}

function leftOut(number: number, line: string): Message {
  return {
    vi: `Dòng ${number} không phải một phát biểu N-Triples, đã bỏ qua: ${shown(line)}`,
    en: `Line ${number} is no N-Triples statement and was left out: ${shown(line)}`,
  };
}

function wasMended(number: number, line: string): Message {
  return {
    vi: `Dòng ${number} đã được sửa (IRI, thẻ ngôn ngữ hoặc ký tự không phải UTF-8): ${shown(line)}`,
    en: `Line ${number} was mended (an IRI, a language tag or characters that are not UTF-8): ${shown(line)}`,
  };
}

function shown(line: string): string {
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
