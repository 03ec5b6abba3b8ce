import { nextUpdateDue } from '../../model/calendar.ts';
import { factsRepository } from '../facts-repository.ts';
import type { MeasureGroup } from './measure.ts';

/** Which published datasets are as new as they say they are kept. */
export const freshnessMeasures: MeasureGroup = {
  isDated: false,
  measures: {
    updatesScheduled: {
      vi: 'tập dữ liệu đã công bố có tần suất xác định',
      en: 'published datasets with a definite frequency',
    },
    updatesOnTime: { vi: 'tập dữ liệu chưa quá hạn cập nhật', en: 'datasets not overdue' },
    updatesOverdue: { vi: 'tập dữ liệu quá hạn cập nhật', en: 'datasets overdue for an update' },
  },
  async gather({ today }, db) {
    const rows = await factsRepository(db).freshness();
    return rows.flatMap(({ id, publisher, modified, accrualPeriodicity }) => {
      const due = nextUpdateDue(modified ?? undefined, accrualPeriodicity ?? undefined);
      if (due === undefined) return [];
      const isLate = due < today;
      return {
        record: `dataset/${id}`,
        agency: publisher,
        amounts: {
          updatesScheduled: 1,
          updatesOnTime: isLate ? 0 : 1,
          updatesOverdue: isLate ? 1 : 0,
        },
      };
    });
  },
};
