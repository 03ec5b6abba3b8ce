import { describe, expect, it } from 'vitest';
import { dutiesOf } from '../../../catalog/duty/duties-of.ts';
import type { Dataset } from '../../../catalog/inventory/dataset-repository.ts';
import type { DatasetRecord } from '../../../catalog/model/dataset.ts';
import { aDataset } from '../../support/builders.ts';

const standing = (record: Partial<DatasetRecord>, more: Partial<Dataset> = {}): Dataset => ({
  record: aDataset(record),
  state: 'published',
  revision: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  changedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

const told = (dataset: Dataset) =>
  dutiesOf(dataset).flatMap(({ kind, due }) => (due === undefined ? [] : [`${kind} ${due}`]));

describe('what a dataset asks of somebody', () => {
  it.each([
    { is: 'published monthly', record: {}, more: {}, asks: ['update 2026-12-01'] },
    { is: 'a draft', record: {}, more: { state: 'draft' as const }, asks: [] },
    {
      is: 'irregular',
      record: { accrualPeriodicity: 'IRREG' },
      more: {},
      asks: [],
    },
    {
      is: 'promised for a quarter',
      record: { inventory: { release: { plan: '2026', due: '2026-Q4' } } },
      more: { state: 'planned' as const },
      asks: ['release 2026-12-31'],
    },
    {
      is: 'promised and released',
      record: { inventory: { release: { plan: '2026', due: '2026-Q4' } } },
      more: { releasedAt: '2026-03-01T00:00:00.000Z' },
      asks: ['update 2026-12-01'],
    },
    {
      is: 'promised and dropped',
      record: { inventory: { release: { plan: '2026', due: '2026-Q4', dropped: 'Luật cấm.' } } },
      more: { state: 'planned' as const },
      asks: [],
    },
    {
      is: 'closed until a review',
      record: {
        inventory: { openness: 'closed' as const, legalBasis: 'Luật', reviewDate: '2027-01-15' },
      },
      more: { state: 'draft' as const },
      asks: ['review 2027-01-15'],
    },
    {
      is: 'withdrawn',
      record: { inventory: { reviewDate: '2027-01-15' } },
      more: { state: 'withdrawn' as const },
      asks: [],
    },
  ])('is $asks when it is $is', ({ record, more, asks }) => {
    expect(told(standing(record, more))).toEqual(asks);
  });

  it('is for the officer by the e-mail of their account, of the agency that updates', () => {
    const inventory = {
      updateResponsibility: { agency: 'so-y-te', officerEmail: 'Lan.Nguyen@example.vn' },
    };
    const [update] = dutiesOf(standing({ inventory }));

    expect(update).toMatchObject({ agency: 'so-y-te', officer: 'lan.nguyen@example.vn' });
    expect(update?.periodDays).toBe(31);
  });
});
