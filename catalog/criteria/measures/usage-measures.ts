import { localDate } from '../../kernel/clock.ts';
import { usageRepository } from '../../usage/usage-repository.ts';
import { factsRepository } from '../facts-repository.ts';
import { daysBetween, type Fact, lastDayOf, type MeasureGroup } from './measure.ts';

/** How much is used of what was open: what counts of it, by the rules of catalog/usage. */
export const usageMeasures: MeasureGroup = {
  isDated: true,
  measures: {
    uses: { vi: 'lượt tải và gọi API', en: 'downloads and API calls' },
    datasetDays: { vi: 'số ngày mở, cộng các tập dữ liệu', en: 'days open, over all datasets' },
    datasetsOpen: { vi: 'tập dữ liệu đã mở trong kỳ', en: 'datasets open in the period' },
    datasetsUsed: { vi: 'tập dữ liệu có người dùng', en: 'datasets that were used' },
    datasetsUnused: { vi: 'tập dữ liệu chưa ai dùng', en: 'datasets that nobody used' },
  },
  async gather(span, db) {
    const { from } = span.period;
    const to = lastDayOf(span);
    const [released, uses] = await Promise.all([
      factsRepository(db).released(),
      usageRepository(db).usesByDataset(from.slice(0, 7), to.slice(0, 7)),
    ]);
    return released.flatMap(({ id, publisher, releasedAt, withdrawnAt }): readonly Fact[] => {
      const released = localDate(releasedAt);
      const withdrawn = withdrawnAt === null ? undefined : localDate(withdrawnAt);
      const first = released > from ? released : from;
      const days = daysBetween(first, withdrawn !== undefined && withdrawn < to ? withdrawn : to);
      if (days === 0) return [];
      const count = uses.get(id) ?? 0;
      return [
        {
          record: `dataset/${id}`,
          agency: publisher,
          amounts: {
            uses: count,
            datasetDays: days,
            datasetsOpen: 1,
            datasetsUsed: count > 0 ? 1 : 0,
            datasetsUnused: count > 0 ? 0 : 1,
          },
        },
      ];
    });
  },
};
