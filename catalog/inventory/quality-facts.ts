import type { DatasetRecord } from '../model/dataset.ts';
import { linkCheckRepository } from '../quality/link-check-repository.ts';
import type { HeldContent, LinkStatus, QualityFacts } from '../quality/subject.ts';
import type { Queryable } from '../storage/database.ts';
import { validateDataset } from '../validation/validate-record.ts';
import { fileRepository } from './file-repository.ts';

/**
 * Gathers what is known of published records besides themselves, for scoring.
 *
 * @param baseURL the public origin: what it serves itself answers, and need not be asked
 * @param today a local calendar date
 */
export async function qualityFacts(
  records: readonly DatasetRecord[],
  db: Queryable,
  { baseURL, today }: { readonly baseURL: string; readonly today: string },
): Promise<QualityFacts> {
  const distributions = records.flatMap(({ distribution = [] }) => distribution);
  const [statuses, files] = await Promise.all([
    linkCheckRepository(db).statuses(
      distributions.flatMap(({ accessURL, downloadURL }) => [accessURL, downloadURL ?? []].flat()),
    ),
    fileRepository(db).findMany(distributions.map(({ id }) => id)),
  ]);
  const held = new Map<string, HeldContent & { readonly storedAt: string }>(
    files.map((file) => [file.distributionId, file]),
  );
  const served = servedAddresses(records, held, baseURL);
  return {
    linkStatus: (url) => served.get(url) ?? statuses.get(url),
    heldContent: (distributionId) => held.get(distributionId),
    conforms: (record) => validateDataset(record, 'release').length === 0,
    today,
  };
}

/** The addresses that this catalogue answers itself: the files it holds, and the pages of what is published. */
function servedAddresses(
  records: readonly DatasetRecord[],
  held: ReadonlyMap<string, { readonly storedAt: string }>,
  baseURL: string,
): ReadonlyMap<string, LinkStatus> {
  const served = new Map<string, LinkStatus>();
  for (const { id, modified = '', distribution = [] } of records) {
    const page = `${baseURL}/dataset/${id}`;
    served.set(page, { url: page, status: 200, checkedAt: modified });
    for (const each of distribution) {
      const storedAt = held.get(each.id)?.storedAt;
      const prefix = `${baseURL}/download/${each.id}/`;
      for (const url of [each.accessURL, each.downloadURL]) {
        if (storedAt === undefined || !url?.startsWith(prefix)) continue;
        served.set(url, { url, status: 200, checkedAt: storedAt });
      }
    }
  }
  return served;
}
