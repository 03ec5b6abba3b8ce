import { describe, expect, it } from 'vitest';
import type { DatasetRecord } from '../../../catalog/model/dataset.ts';
import { explainScore } from '../../../catalog/quality/explain-score.ts';
import { mqa, six } from '../../../catalog/quality/metrics.ts';
import { ratingOf, scoreMqa } from '../../../catalog/quality/score-dataset.ts';
import type { QualityFacts } from '../../../catalog/quality/subject.ts';
import { aDataset, aDistribution } from '../../support/builders.ts';

const answering: QualityFacts = {
  linkStatus: (url) => ({ url, status: 200, checkedAt: '2026-11-24T00:00:00Z' }),
  heldContent: () => undefined,
  conforms: () => true,
  today: '2026-11-24',
};

const full = aDistribution({
  rights: { label: { vi: 'Được dùng tự do, ghi nguồn.' } },
  issued: '2026-03-31',
  modified: '2026-11-01',
});
const fullDataset = aDataset({ distribution: [full] });

/** The record without some of its properties. */
function without(...keys: (keyof DatasetRecord)[]): DatasetRecord {
  return Object.fromEntries(
    Object.entries(fullDataset).filter(([key]) => !keys.includes(key as keyof DatasetRecord)),
  ) as unknown as DatasetRecord;
}

function withDistribution(changes: Record<string, unknown>): DatasetRecord {
  const changed = Object.entries({ ...full, ...changes }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...fullDataset, distribution: [Object.fromEntries(changed) as never] };
}

describe('the European Metadata Quality Assessment', () => {
  it('gives a full record all of its 405 points', () => {
    const score = scoreMqa(fullDataset, answering);

    expect(score.metrics.filter(({ points, max }) => points < max)).toEqual([]);
    expect(score).toMatchObject({ points: 405, max: 405, rating: 'excellent' });
    expect(score.dimensions.map(({ points }) => points)).toEqual([100, 100, 110, 75, 20]);
  });

  it.each([
    { what: 'no keyword', record: without('keyword'), points: 375 },
    { what: 'no theme', record: without('theme'), points: 375 },
    { what: 'no place', record: without('spatial'), points: 385 },
    { what: 'no period', record: without('temporal'), points: 385 },
    { what: 'no access rights', record: without('accessRights'), points: 390 },
    { what: 'no contact', record: without('contactPoint'), points: 385 },
    { what: 'no download', record: withDistribution({ downloadURL: undefined }), points: 355 },
    { what: 'no licence', record: withDistribution({ license: undefined }), points: 375 },
    { what: 'no size', record: withDistribution({ byteSize: undefined }), points: 400 },
    { what: 'no rights', record: withDistribution({ rights: undefined }), points: 400 },
  ])('with $what gives $points', ({ record, points }) => {
    expect(scoreMqa(record, answering).points).toBe(points);
  });

  it('gives no points for an address that nobody has asked, or that does not answer', () => {
    const unasked = scoreMqa(fullDataset, { ...answering, linkStatus: () => undefined });
    const broken = scoreMqa(fullDataset, {
      ...answering,
      linkStatus: (url) => ({ url, status: 404, checkedAt: '2026-11-24T00:00:00Z' }),
    });

    expect([unasked.points, broken.points]).toEqual([325, 325]);
    expect(unasked.metrics.map(({ state }) => state)).toContain('unchecked');
    expect(broken.metrics.map(({ state }) => state)).not.toContain('unchecked');
  });

  it('counts the best distribution alone, and the share of all beside it', () => {
    const poor = aDistribution({ id: 'ngheo', license: undefined as never });
    const score = scoreMqa({ ...fullDataset, distribution: [poor, full] }, answering);

    expect(score.points).toBe(405);
    expect(score.distribution).toBe(full.id);
    expect(score.share).toBeLessThan(405);
  });

  it.each([
    { points: 405, rating: 'excellent' },
    { points: 351, rating: 'excellent' },
    { points: 350, rating: 'good' },
    { points: 221, rating: 'good' },
    { points: 220, rating: 'sufficient' },
    { points: 121, rating: 'sufficient' },
    { points: 120, rating: 'bad' },
    { points: 0, rating: 'bad' },
  ])('rates $points as $rating', ({ points, rating }) => {
    expect(ratingOf(points)).toBe(rating);
  });
});

describe('what would raise a score', () => {
  it('accounts for every point that is missing, with something to do in both languages', () => {
    const { mqa: explained } = explainScore(without('keyword', 'spatial'), answering);

    expect(explained.points + explained.missing.reduce((sum, { points }) => sum + points, 0)).toBe(
      405,
    );
    expect(explained.missing.map(({ code }) => code)).toEqual([
      'keywordAvailability',
      'spatialAvailability',
    ]);
  });

  it.each([...mqa.metrics, ...six.metrics])('$code has words in both languages', (metric) => {
    for (const { vi, en } of [metric.label, metric.remedy]) {
      expect(vi.trim()).not.toBe('');
      expect(en.trim()).not.toBe('');
      expect(vi).not.toBe(en);
    }
  });
});
