import { describe, expect, it } from 'vitest';
import { nextUpdateDue } from '../../../catalog/model/calendar.ts';
import { vocabulary } from '../../../catalog/model/vocabularies.ts';

const periodic = vocabulary('frequency').concepts.filter(({ period }) => period !== undefined);

describe('the frequency table', () => {
  it.each(periodic.map(({ code }) => code))('%s has an update due after the last one', (code) => {
    for (const modified of ['2026-01-31', '2024-02-29', '2026-12-31', '2026', '2026-02']) {
      const due = nextUpdateDue(modified, code) ?? '';

      expect(due).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(new Date(due).toISOString().slice(0, 10)).toBe(due);
      expect(due > modified.padEnd(10, '-')).toBe(true);
    }
  });
});
