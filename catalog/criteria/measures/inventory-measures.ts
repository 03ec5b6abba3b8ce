import { agencyRepository } from '../../inventory/agency-repository.ts';
import { factsRepository } from '../facts-repository.ts';
import type { MeasureGroup } from './measure.ts';

/**
 * The inventory as it stands. Only the city's own agencies count: those that another catalogue brought with an IRI of
 * its own keep their inventory there.
 */
export const inventoryMeasures: MeasureGroup = {
  isDated: false,
  measures: {
    agencies: { vi: 'cơ quan của thành phố', en: 'agencies of the city' },
    agenciesInventoried: {
      vi: 'cơ quan có danh mục mà mọi tập dữ liệu đã xác định mức độ mở',
      en: 'agencies whose inventory says of every dataset how open it is',
    },
    agenciesNotInventoried: {
      vi: 'cơ quan chưa có danh mục, hoặc còn tập dữ liệu chưa xác định mức độ mở',
      en: 'agencies without an inventory, or with a dataset that does not say how open it is',
    },
    datasetsInventoried: { vi: 'tập dữ liệu trong danh mục', en: 'datasets in the inventory' },
    datasetsUnclassified: {
      vi: 'tập dữ liệu chưa xác định mức độ mở',
      en: 'datasets that do not say how open they are',
    },
  },
  async gather(_span, db) {
    const [agencies, datasets] = await Promise.all([
      agencyRepository(db).list(),
      factsRepository(db).inventory(),
    ]);
    const foreign = new Set(
      agencies.flatMap(({ record }) => (record.iri === undefined ? [] : record.id)),
    );
    const held = new Map<string, { all: number; unclassified: number }>(
      agencies.map(({ record }) => [record.id, { all: 0, unclassified: 0 }]),
    );
    for (const { publisher, openness } of datasets) {
      const counts = held.get(publisher);
      if (!counts) continue;
      counts.all += 1;
      if (openness === null) counts.unclassified += 1;
    }
    // Drafts are nobody's business: an agency's datasets are counted, and not named.
    return [...held].map(([agency, { all, unclassified }]) => ({
      record: `agency/${agency}`,
      agency,
      amounts: {
        ...(!foreign.has(agency) && ownAgency(all > 0 && unclassified === 0)),
        datasetsInventoried: all,
        datasetsUnclassified: unclassified,
      },
    }));
  },
};

function ownAgency(isDone: boolean) {
  return {
    agencies: 1,
    agenciesInventoried: isDone ? 1 : 0,
    agenciesNotInventoried: isDone ? 0 : 1,
  };
}
