import { countVisitors } from '../../usage/sketch-repository.ts';
import { city } from '../scopes.ts';
import { lastDayOf, type MeasureGroup } from './measure.ts';

/**
 * How many people there were, told from sketches in which nobody can be found again: it is known of the city as a
 * whole, and there are no records behind it.
 */
export const visitorMeasures: MeasureGroup = {
  isDated: true,
  isOfCity: true,
  measures: {
    visitors: {
      vi: 'người dùng khác nhau mỗi ngày, cộng các ngày (ước tính)',
      en: 'different visitors a day, over all days (estimated)',
    },
  },
  async gather(span, db) {
    const range = { from: span.period.from, to: lastDayOf(span) };
    const counts = await countVisitors(db, '', range, 'month');
    const visitors = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return [{ record: city, amounts: { visitors } }];
  },
};
