import { describe, expect, it } from 'vitest';
import {
  commitmentStatus,
  dueDate,
  nextUpdateDue,
  quarterOf,
} from '../../../catalog/model/calendar.ts';

describe('a due time', () => {
  it.each([
    { due: '2026-Q1', date: '2026-03-31', quarter: '2026-Q1' },
    { due: '2026-Q4', date: '2026-12-31', quarter: '2026-Q4' },
    { due: '2026-09-30', date: '2026-09-30', quarter: '2026-Q3' },
    { due: '2026-10-01', date: '2026-10-01', quarter: '2026-Q4' },
  ])('$due ends on $date, in $quarter', ({ due, date, quarter }) => {
    expect([dueDate(due), quarterOf(due)]).toEqual([date, quarter]);
  });
});

describe('a commitment due in 2026-Q3', () => {
  it.each([
    { because: 'nobody has begun', state: 'planned', today: '2026-09-30', status: 'planned' },
    {
      because: 'the day after it was due',
      state: 'planned',
      today: '2026-10-01',
      status: 'overdue',
    },
    {
      because: 'somebody works on it',
      state: 'draft',
      today: '2026-07-01',
      status: 'in-preparation',
    },
    {
      because: 'it waits for approval',
      state: 'in-review',
      today: '2026-10-01',
      status: 'overdue',
    },
    {
      because: 'released on the last day',
      state: 'published',
      releasedOn: '2026-09-30',
      today: '2027-01-01',
      status: 'released-on-time',
    },
    {
      because: 'released a day late',
      state: 'published',
      releasedOn: '2026-10-01',
      today: '2027-01-01',
      status: 'released-late',
    },
    {
      because: 'released, then withdrawn',
      state: 'withdrawn',
      releasedOn: '2026-08-01',
      today: '2027-01-01',
      status: 'released-on-time',
    },
    {
      because: 'dropped',
      state: 'planned',
      isDropped: true,
      today: '2027-01-01',
      status: 'dropped',
    },
  ] as const)('is $status when $because', ({ state, today, status, ...facts }) => {
    const releasedOn = 'releasedOn' in facts ? facts.releasedOn : undefined;
    const isDropped = 'isDropped' in facts;

    expect(commitmentStatus({ due: '2026-Q3', state, releasedOn, isDropped }, today)).toBe(status);
  });
});

describe('the next update', () => {
  it.each([
    {
      modified: '2026-01-31',
      frequency: 'MONTHLY',
      due: '2026-02-28',
      because: 'February has no 31st',
    },
    {
      modified: '2024-01-31',
      frequency: 'MONTHLY',
      due: '2024-02-29',
      because: 'in a leap year it has a 29th',
    },
    {
      modified: '2026-11-30',
      frequency: 'QUARTERLY',
      due: '2027-02-28',
      because: 'a quarter may cross the year',
    },
    {
      modified: '2024-02-29',
      frequency: 'ANNUAL',
      due: '2025-02-28',
      because: 'the day does not come every year',
    },
    {
      modified: '2026-11-01T08:00:00+07:00',
      frequency: 'WEEKLY',
      due: '2026-11-08',
      because: 'weeks are days',
    },
    {
      modified: '2026-11-01',
      frequency: 'HOURLY',
      due: '2026-11-02',
      because: 'less than a day is a day',
    },
    {
      modified: '2025',
      frequency: 'ANNUAL',
      due: '2026-12-31',
      because: 'a year counts from its end',
    },
    {
      modified: '2026-02',
      frequency: 'MONTHLY',
      due: '2026-03-28',
      because: 'a month counts from its end',
    },
    {
      modified: '2026-01-01',
      frequency: 'IRREG',
      due: undefined,
      because: 'irregular has no date',
    },
    {
      modified: undefined,
      frequency: 'DAILY',
      due: undefined,
      because: 'nothing has been written',
    },
  ])('of $modified, $frequency, is due $due: $because', ({ modified, frequency, due }) => {
    expect(nextUpdateDue(modified, frequency)).toBe(due);
  });
});
