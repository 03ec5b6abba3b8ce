import { type Cell, toCsv } from '../../../catalog/kernel/csv.ts';
import type { Reuse } from '../../../catalog/reuse/reuse-repository.ts';

const columns = [
  'id',
  'title_vi',
  'title_en',
  'description_vi',
  'description_en',
  'type',
  'url',
  'creator',
  'dataset',
  'page',
  'published_at',
  'checked_at',
  'dead_since',
  'links_back_at',
];

/** Published reuses as a table; datasets of one are separated by a space. */
export function writeReusesCsv(reuses: readonly Reuse[], baseURL: string): string {
  const rows = reuses.map(
    ({ id, record, publishedAt, checkedAt, deadSince, provenAt }): readonly Cell[] => [
      id,
      record.title['vi'],
      record.title['en'],
      record.description['vi'],
      record.description['en'],
      record.type,
      record.url,
      record.creator,
      record.dataset.join(' '),
      `${baseURL}/reuse/${id}`,
      publishedAt,
      checkedAt,
      deadSince,
      provenAt,
    ],
  );
  return toCsv([columns, ...rows]);
}
