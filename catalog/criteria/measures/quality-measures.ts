import { agencyRepository } from '../../inventory/agency-repository.ts';
import { qualityRepository } from '../../quality/quality-repository.ts';
import type { Fact, MeasureGroup } from './measure.ts';

const dimensions = {
  correct: 'qualityCorrect',
  complete: 'qualityComplete',
  clean: 'qualityClean',
  live: 'qualityLive',
  unified: 'qualityUnified',
  shared: 'qualityShared',
} as const;

/** The six criteria of quality, and whether records conform, from the scores that are kept; of agencies, the city's own. */
export const qualityMeasures: MeasureGroup = {
  isDated: false,
  measures: {
    datasetsScored: { vi: 'tập dữ liệu đã chấm điểm', en: 'datasets scored' },
    qualityCorrect: { vi: 'tổng điểm đúng', en: 'points for correct' },
    qualityComplete: { vi: 'tổng điểm đủ', en: 'points for complete' },
    qualityClean: { vi: 'tổng điểm sạch', en: 'points for clean' },
    qualityLive: { vi: 'tổng điểm sống', en: 'points for live' },
    qualityUnified: { vi: 'tổng điểm thống nhất', en: 'points for unified' },
    qualityShared: { vi: 'tổng điểm dùng chung', en: 'points for shared' },
    datasetsConforming: { vi: 'tập dữ liệu đạt chuẩn', en: 'datasets that conform' },
    datasetsNotConforming: { vi: 'tập dữ liệu chưa đạt chuẩn', en: 'datasets that do not conform' },
    agenciesPublishing: { vi: 'cơ quan đã công bố dữ liệu', en: 'agencies that publish' },
    agenciesConforming: {
      vi: 'cơ quan có mọi tập dữ liệu đã công bố đạt chuẩn',
      en: 'agencies whose every published dataset conforms',
    },
    agenciesNotConforming: {
      vi: 'cơ quan có tập dữ liệu đã công bố chưa đạt chuẩn',
      en: 'agencies with a published dataset that does not conform',
    },
  },
  async gather(_span, db) {
    const [scores, agencies] = await Promise.all([
      qualityRepository(db).standing(),
      agencyRepository(db).list(),
    ]);
    const own = agencies.filter(({ record }) => record.iri === undefined);
    const publishing = new Set(scores.map(({ publisher }) => publisher));
    const failing = new Set<string>();
    const facts: Fact[] = scores.map(({ datasetId, publisher, conforms, points }) => {
      if (!conforms) failing.add(publisher);
      const amounts: Record<string, number> = {
        datasetsScored: 1,
        datasetsConforming: conforms ? 1 : 0,
        datasetsNotConforming: conforms ? 0 : 1,
      };
      for (const [dimension, measure] of Object.entries(dimensions)) {
        amounts[measure] = points[dimension as keyof typeof dimensions];
      }
      return { record: `dataset/${datasetId}`, agency: publisher, amounts };
    });
    for (const { record } of own) {
      if (!publishing.has(record.id)) continue;
      const fails = failing.has(record.id);
      facts.push({
        record: `agency/${record.id}`,
        agency: record.id,
        amounts: {
          agenciesPublishing: 1,
          agenciesConforming: fails ? 0 : 1,
          agenciesNotConforming: fails ? 1 : 0,
        },
      });
    }
    return facts;
  },
};
