import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addToSketch,
  emptySketch,
  estimate,
  mergeSketch,
  mergeWritten,
  placeOf,
  type Sketch,
  standardError,
  writeSketch,
} from '../../../catalog/usage/hyper-log-log.ts';

const hash = (value: string | number) =>
  placeOf(createHash('sha256').update(String(value)).digest('base64url').slice(0, 16));

function sketchOf(values: Iterable<string | number>): Sketch {
  const sketch = emptySketch();
  for (const value of values) addToSketch(sketch, hash(value));
  return sketch;
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index);

describe('a sketch', () => {
  it.each([0, 1, 2, 5, 10, 50, 100, 500, 1000, 4000, 9000, 11_000, 50_000, 200_000])(
    'estimates %i within three standard errors',
    (count) => {
      const found = estimate(sketchOf(range(0, count)));

      expect(Math.abs(found - count)).toBeLessThanOrEqual(Math.ceil(3 * standardError * count));
    },
  );

  it('errs by its standard error on the whole, and to no side', () => {
    const errors = range(0, 40).map((run) => {
      const values = range(0, 20_000).map((value) => `${run} ${value}`);
      return estimate(sketchOf(values)) / 20_000 - 1;
    });
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);

    expect(spread).toBeLessThan(standardError * 1.4);
    expect(Math.abs(mean)).toBeLessThan(standardError / 2);
  });

  it('is the same whatever the order, however often, in however many parts', () => {
    const values = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 3000 });
    fc.assert(
      fc.property(values, values, (some, others) => {
        const merged = sketchOf(some);
        mergeSketch(merged, sketchOf(others));

        expect(merged).toEqual(sketchOf([...others.reverse(), ...some, ...some]));
      }),
      { numRuns: 50 },
    );
  });

  it.each([0, 1, 300, 1023, 1024, 1500, 100_000])('reads what it wrote, of %i values', (count) => {
    const sketch = sketchOf(range(0, count));
    const read = emptySketch();
    mergeWritten(read, writeSketch(sketch));

    expect(read).toEqual(sketch);
  });

  it('takes little room for few', () => {
    expect(writeSketch(sketchOf(range(0, 10))).length).toBeLessThanOrEqual(41);
    expect(writeSketch(sketchOf(range(0, 1_000_00))).length).toBe(4097);
  });

  it('says whether a value was news', () => {
    const sketch = emptySketch();

    expect([addToSketch(sketch, hash('a')), addToSketch(sketch, hash('a'))]).toEqual([true, false]);
  });
});
