import fc from 'fast-check';
import { Parser } from 'n3';
import { describe, expect, it } from 'vitest';
import { isText } from '../../../catalog/kernel/formats.ts';
import { type IdTriple, toIdTriple } from '../../../catalog/rdf/id-triple.ts';
import { writeNTriples } from '../../../catalog/rdf/n-triples.ts';
import {
  type BrokenLine,
  readNTriples,
  readStatement,
} from '../../../catalog/rdf/read-n-triples.ts';
import { blankNode, literal, namedNode, triple } from '../../../catalog/rdf/terms.ts';

async function read(chunks: readonly (string | Uint8Array)[]) {
  const broken: BrokenLine[] = [];
  const triples: IdTriple[] = [];
  const source = (async function* () {
    yield* chunks;
  })();
  for await (const batch of readNTriples(source, (line) => broken.push(line))) {
    triples.push(...batch);
  }
  return { triples, broken };
}

const s = '<https://a.example/s>';
const p = '<https://a.example/p>';

describe('a line of N-Triples', () => {
  it.each([
    { line: `${s} ${p} <https://a.example/o> .`, object: 'https://a.example/o' },
    { line: `${s}${p}"sát nhau"@vi-VN.`, object: '"sát nhau"@vi-vn' },
    { line: `${s} ${p} "Xe bu\\u00FDt \\U0001F68C \\"A\\"\\n" .`, object: '"Xe buýt 🚌 "A"\n"' },
    {
      line: `${s} ${p} "1"^^<https://a.example/so> . # chú thích`,
      object: '"1"^^https://a.example/so',
    },
    { line: `${s} ${p} "x"^^<http://www.w3.org/2001/XMLSchema#string> .`, object: '"x"' },
    { line: `_:a.b ${p} _:c <https://a.example/graph> .`, object: '_:c' },
  ])('says $object in $line', ({ line, object }) => {
    const [quad] = new Parser({ format: 'N-Quads', blankNodePrefix: '_:' }).parse(line);

    expect(readStatement(line)?.[2]).toBe(object);
    expect(quad && toIdTriple(quad)).toEqual(readStatement(line));
  });

  it.each(['', '   ', '# chú thích', '\t# chú thích'])('says nothing in %j', (line) => {
    expect(readStatement(line)).toBe('empty');
  });

  it.each([
    's p o .',
    `${s} ${p} .`,
    `${s} ${p} "o"`,
    `"s" ${p} "o" .`,
    `${s} _:p "o" .`,
    `${s} ${p} "o .`,
    `${s} ${p} "o"@ .`,
    `<https://a.example/có khoảng trắng> ${p} "o" .`,
  ])('is refused: %s', (line) => {
    expect(readStatement(line)).toBeUndefined();
  });
});

describe('a file of N-Triples', () => {
  it('is read as n3 reads it, however it is cut into chunks', async () => {
    const term = fc.oneof(
      fc
        .string({ unit: 'binary', maxLength: 12 })
        .filter((text) => isText(`a${text}`))
        .map((text) => literal(text)),
      fc.constantFrom(literal('x', 'vi'), namedNode('https://a.example/đường'), blankNode('b1')),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(term, { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        async (objects, size) => {
          const text = writeNTriples(
            objects.map((object) =>
              triple(namedNode('https://a.example/s'), namedNode('https://a.example/p'), object),
            ),
          );
          const bytes = Buffer.from(text);
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
            bytes.subarray(n * size, (n + 1) * size),
          );
          const { triples, broken } = await read(chunks);

          expect(broken).toEqual([]);
          expect(triples).toEqual(
            new Parser({ format: 'N-Triples', blankNodePrefix: '_:' }).parse(text).map(toIdTriple),
          );
        },
      ),
    );
  });

  it('is read past its broken lines, each told by its number, and mended where it can be', async () => {
    const { triples, broken } = await read([
      `${s} ${p} "một" .\n`,
      'hỏng\n',
      `<https://a.example/có khoảng trắng> ${p} "hai" .\n`,
      `${s} ${p} "ba"@1 .\n`,
      Buffer.concat([Buffer.from(`${s} ${p} "b`), Buffer.from([0xe8]), Buffer.from('n" .\n')]),
      `${s} ${p} "cắt giữa ch`,
    ]);

    expect(triples.map(([subject, , object]) => [subject, object])).toEqual([
      ['https://a.example/s', '"một"'],
      ['https://a.example/có%20khoảng%20trắng', '"hai"'],
      ['https://a.example/s', '"ba"'],
      ['https://a.example/s', '"b\ufffdn"'],
    ]);
    expect(broken.map(({ line, mended }) => [line, mended])).toEqual([
      [2, false],
      [3, true],
      [4, true],
      [5, true],
      [6, false],
    ]);
    for (const { line, reason } of broken) {
      expect(reason.vi).toContain(`Dòng ${line}`);
      expect(reason.en).toContain(`Line ${line}`);
    }
  });
});
