import { isInTime, reuseFactsRepository } from '../../reuse/reuse-facts-repository.ts';
import { type Fact, lastDayOf, type MeasureGroup } from './measure.ts';

/** Whether people who ask for data or report errors are answered in time, and whether they found data of use. */
export const answerMeasures: MeasureGroup = {
  isDated: true,
  measures: {
    answersDue: {
      vi: 'yêu cầu và phản ánh đã đến hạn trả lời, hoặc đã trả lời',
      en: 'requests and reports that are answered, or have been due',
    },
    answersInTime: { vi: 'yêu cầu và phản ánh trả lời đúng hạn', en: 'answered in time' },
    answersLate: {
      vi: 'yêu cầu và phản ánh trả lời trễ hoặc chưa trả lời',
      en: 'answered late, or still not',
    },
    ratings: { vi: 'lượt đánh giá mức hữu ích', en: 'ratings of usefulness' },
    ratingsUseful: { vi: 'lượt đánh giá là hữu ích', en: 'ratings as useful' },
  },
  async gather(span, db) {
    const repository = reuseFactsRepository(db);
    const days = { from: span.period.from, to: lastDayOf(span) };
    const [inquiries, satisfaction] = await Promise.all([
      repository.inquiries({ from: span.period.from, to: span.period.to }),
      repository.satisfaction(days),
    ]);
    const answers = inquiries.flatMap((inquiry): readonly Fact[] => {
      const inTime = isInTime(inquiry, span.today);
      if (inTime === undefined) return [];
      return [
        {
          record: `${inquiry.kind}/${inquiry.id}`,
          ...(inquiry.agency !== undefined && { agency: inquiry.agency }),
          amounts: {
            answersDue: 1,
            answersInTime: inTime ? 1 : 0,
            answersLate: inTime ? 0 : 1,
          },
        },
      ];
    });
    const ratings = satisfaction.map(({ datasetId, publisher, useful, useless }) => ({
      record: `dataset/${datasetId}`,
      agency: publisher,
      amounts: { ratings: useful + useless, ratingsUseful: useful },
    }));
    return [...answers, ...ratings];
  },
};
