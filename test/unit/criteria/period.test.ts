import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findPeriod,
  periodBefore,
  periodKinds,
  periodOf,
  periodsUpTo,
  periodsWithin,
} from '../../../catalog/criteria/period.ts';
import { targetOf } from '../../../catalog/model/criterion.ts';

describe('a period', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-Q1', '2026-01-01', '2026-03-31'],
    ['2026-Q4', '2026-10-01', '2026-12-31'],
    ['2026-02', '2026-02-01', '2026-02-28'],
    ['2028-02', '2028-02-01', '2028-02-29'],
  ])('%s is from %s to %s', (id, from, to) => {
    expect(findPeriod(id)).toMatchObject({ id, from, to, year: id.slice(0, 4) });
  });

  it.each(['', '26', '2026-13', '2026-00', '2026-Q5', '2026-1', '1999', '2026-11-01', '__proto__'])(
    'is not %j',
    (id) => {
      expect(findPeriod(id)).toBeUndefined();
    },
  );

  it('holds its days, and the one before ends the day before', () => {
    const days = fc.date({
      min: new Date('2001-01-01'),
      max: new Date('2098-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, fc.constantFrom(...periodKinds), (date, kind) => {
        const day = date.toISOString().slice(0, 10);
        const period = periodOf(day, kind);
        expect([period.from <= day, day <= period.to, findPeriod(period.id)]).toEqual([
          true,
          true,
          period,
        ]);
        const before = periodBefore(period);
        expect(Date.parse(period.from) - Date.parse(before.to)).toBe(86_400_000);
        expect(before.kind).toBe(kind);
      }),
    );
  });

  it('comes in rows', () => {
    const november = periodOf('2026-11-24', 'month');
    expect(periodsUpTo(november, 3).map(({ id }) => id)).toEqual(['2026-09', '2026-10', '2026-11']);
    expect(periodsWithin('2026-02-10', '2026-06-30').map(({ id }) => id)).toEqual([
      '2026-03',
      '2026-04',
      '2026-05',
      '2026-06',
      '2026-Q2',
    ]);
    expect(
      periodsWithin('2025-12-01', '2026-12-31')
        .map(({ id }) => id)
        .slice(-3),
    ).toEqual(['2026-12', '2026-Q4', '2026']);
  });
});

describe('the target of a year', () => {
  const target = { '2026': 60, '2028': 100 };
  const of = (year: string, named?: Readonly<Record<string, number>>) =>
    targetOf({ ...(named && { target: named }) } as Parameters<typeof targetOf>[0], year);

  it.each([
    ['2025', 60, '2026'],
    ['2026', 60, '2026'],
    ['2027', 60, '2026'],
    ['2028', 100, '2028'],
    ['2031', 100, '2028'],
  ])('%s is %d, named for %s', (year, value, named) => {
    expect(of(year, target)).toEqual({ value, year: named });
  });

  it('may be none', () => {
    expect([of('2026'), of('2026', {})]).toEqual([undefined, undefined]);
  });
});
