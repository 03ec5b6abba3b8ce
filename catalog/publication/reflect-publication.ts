import type { Describer, Forms } from '../dcat/record-forms.ts';
import { agencyRepository } from '../inventory/agency-repository.ts';
import type { Dataset } from '../inventory/dataset-repository.ts';
import type { DatasetChange } from '../inventory/write-datasets.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import { titleSortKey } from '../kernel/vietnamese-order.ts';
import { qualityRepository } from '../quality/quality-repository.ts';
import { syntaxes } from '../rdf/syntaxes.ts';
import { bumpCatalogVersion } from '../storage/catalog-version.ts';
import type { Tx } from '../storage/database.ts';
import { figuresKey, measuredRecord } from './measured-record.ts';
import { publishedRepository } from './published-repository.ts';

/**
 * Keeps what is published true to the datasets, inside the transaction that changes them: the forms in every syntax
 * of what is published, and a tombstone in place of what was withdrawn.
 */
export function reflectPublication(describer: Describer) {
  return async (tx: Tx, changes: readonly DatasetChange[]): Promise<void> => {
    const live = changes
      .filter(({ after }) => after.state === 'published')
      .map(({ after }) => after);
    const withdrawn = changes
      .filter(({ before, after }) => before?.state === 'published' && after.state === 'withdrawn')
      .map(({ after }) => after);
    if (live.length === 0 && withdrawn.length === 0) return;
    const repository = publishedRepository(tx);
    const version = await bumpCatalogVersion(tx);
    await writeForms(tx, live, version, describer);
    for (const { record, changedAt } of withdrawn) {
      const standing = await repository.standingOf([record.id]);
      const positions = [...standing.values()].map(({ position }) => position);
      await repository.bury(positions, changedAt, version);
    }
  };
}

/** Writes the forms of published datasets, with what was measured of them; newcomers get their position. */
export async function writeForms(
  tx: Tx,
  datasets: readonly Dataset[],
  version: number,
  describer: Describer,
): Promise<void> {
  if (datasets.length === 0) return;
  const repository = publishedRepository(tx);
  const agencyIris = await agencyRepository(tx).sourceIris();
  const iriOfAgency = (id: string) => agencyIris.get(id);
  const known = await repository.standingOf(datasets.map(({ record }) => record.id));
  const scores = await qualityRepository(tx).totalsOf([...known.keys()]);
  let next = await takePositions(repository, datasets.length - known.size);
  const described = datasets.map((dataset) => {
    const { id } = dataset.record;
    const standing = known.get(id);
    const figures = { quality: scores.get(id), downloads: standing?.downloads ?? 0 };
    const node = describer.datasetNode(dataset.record, {
      iriOfAgency,
      measured: (datasetIri) =>
        measuredRecord(datasetIri, (name) => describer.iri.measurement(id, name), figures),
    });
    return {
      dataset,
      position: standing?.position ?? next++,
      measured: figuresKey(figures),
      forms: describer.forms(node, id),
    };
  });
  await repository.save(
    described.map(({ dataset, position, measured, forms }) => ({
      ...toRow(dataset, position, forms),
      measured,
      version,
    })),
  );
  for (const { syntax } of syntaxes) {
    await repository.saveForms(
      syntax,
      described.map(({ position, forms }) => ({ position, body: forms[syntax] })),
    );
  }
}

async function takePositions(
  repository: ReturnType<typeof publishedRepository>,
  count: number,
): Promise<number> {
  return count === 0 ? 0 : repository.takePositions(count);
}

function toRow({ record, changedAt }: Dataset, position: number, { etag }: Forms) {
  return {
    position,
    dataset_id: record.id,
    iri: record.iri ?? null,
    live: 1,
    etag,
    publisher_id: record.publisher,
    title_sort: titleSortKey(pickLanguage(record.title, 'vi').text),
    issued: sortable(record.issued),
    modified: sortable(record.modified ?? record.issued ?? changedAt),
    changed_at: changedAt,
  };
}

/** A date at any precision as text that sorts: moments in UTC, the rest as written. */
function sortable(lexical: string | undefined): string | null {
  if (lexical === undefined) return null;
  return lexical.length > 10 ? new Date(lexical).toISOString() : lexical;
}
