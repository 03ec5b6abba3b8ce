import { type ReuseType, reuseTypes } from '../../model/reuse.ts';
import { reuseFactsRepository } from '../../reuse/reuse-facts-repository.ts';
import { type Fact, lastDayOf, type MeasureGroup } from './measure.ts';

/** What was made of the data and still answers. A reuse of two datasets is one of each. */
export const reuseMeasures: MeasureGroup = {
  isDated: true,
  measures: {
    datasetsReused: { vi: 'tập dữ liệu được tái sử dụng', en: 'datasets that are reused' },
    reusesApplication: { vi: 'tái sử dụng: ứng dụng', en: 'reuses: applications' },
    reusesStudy: { vi: 'tái sử dụng: nghiên cứu', en: 'reuses: studies' },
    reusesArticle: { vi: 'tái sử dụng: bài viết', en: 'reuses: articles' },
    reusesClass: { vi: 'tái sử dụng: giảng dạy', en: 'reuses: classes' },
    reusesService: { vi: 'tái sử dụng: dịch vụ', en: 'reuses: services' },
  },
  async gather(span, db) {
    const reuses = await reuseFactsRepository(db).reuses({ to: lastDayOf(span) });
    const facts = new Map<string, Fact & { readonly amounts: Record<string, number> }>();
    for (const { datasetId, publisher, type, isAlive } of reuses) {
      if (!isAlive) continue;
      const known = facts.get(datasetId);
      const fact = known ?? {
        record: `dataset/${datasetId}`,
        agency: publisher,
        amounts: { datasetsReused: 1 },
      };
      fact.amounts[measureOf[type]] = (fact.amounts[measureOf[type]] ?? 0) + 1;
      facts.set(datasetId, fact);
    }
    return [...facts.values()];
  },
};

/** `class` is counted by `reusesClass`. */
const measureOf = Object.fromEntries(
  reuseTypes.map((type) => [type, `reuses${type.charAt(0).toUpperCase()}${type.slice(1)}`]),
) as Readonly<Record<ReuseType, string>>;
