import { type Commitment, commitmentsOf } from '../../plan/roadmap.ts';
import { lastDayOf, type MeasureGroup, type Span } from './measure.ts';

/** The release commitments that fall due within the period, without those that were dropped. */
export const commitmentMeasures: MeasureGroup = {
  isDated: true,
  measures: {
    commitments: { vi: 'cam kết công bố có hạn trong kỳ', en: 'commitments due in the period' },
    commitmentsReleased: { vi: 'cam kết đã công bố', en: 'commitments released' },
    commitmentsOpen: { vi: 'cam kết chưa công bố', en: 'commitments not released' },
    releasesDue: { vi: 'cam kết đã đến hạn', en: 'commitments that have been due' },
    releasesOnTime: { vi: 'cam kết công bố đúng hạn', en: 'commitments released on time' },
    releasesNotOnTime: {
      vi: 'cam kết đến hạn mà trễ hoặc chưa công bố',
      en: 'commitments released late or still missing',
    },
  },
  async gather(span, db) {
    const commitments = await commitmentsOf(span.period.year, span.today, db);
    return commitments
      .filter(
        ({ status, dueDate }) =>
          status !== 'dropped' && dueDate >= span.period.from && dueDate <= span.period.to,
      )
      .map((commitment) => ({
        record: `dataset/${commitment.datasetId}`,
        agency: commitment.publisher,
        themes: commitment.theme,
        amounts: amountsOf(commitment, span),
      }));
  },
};

function amountsOf({ releasedOn, dueDate }: Commitment, span: Span): Record<string, number> {
  const isReleased = releasedOn !== undefined && releasedOn <= lastDayOf(span);
  const isDue = dueDate < span.today;
  const isOnTime = isReleased && releasedOn <= dueDate;
  return {
    commitments: 1,
    commitmentsReleased: isReleased ? 1 : 0,
    commitmentsOpen: isReleased ? 0 : 1,
    releasesDue: isDue ? 1 : 0,
    releasesOnTime: isDue && isOnTime ? 1 : 0,
    releasesNotOnTime: isDue && !isOnTime ? 1 : 0,
  };
}
