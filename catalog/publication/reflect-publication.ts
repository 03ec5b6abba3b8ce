import type { Describer, Forms } from '../dcat/record-forms.ts';
import { agencyRepository } from '../inventory/agency-repository.ts';
import type { Dataset } from '../inventory/dataset-repository.ts';
import type { DatasetChange } from '../inventory/write-datasets.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import { titleSortKey } from '../kernel/vietnamese-order.ts';
import { syntaxes } from '../rdf/syntaxes.ts';
import type { Tx } from '../storage/database.ts';
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
    const version = await repository.bumpVersion();
    const agencyIris = await agencyRepository(tx).sourceIris();
    await publish(repository, live, version, describer, (id) => agencyIris.get(id));
    for (const { record, changedAt } of withdrawn) {
      const positions = await repository.positionsOf([record.id]);
      await repository.bury([...positions.values()], changedAt, version);
    }
  };
}

async function publish(
  repository: ReturnType<typeof publishedRepository>,
  datasets: readonly Dataset[],
  version: number,
  describer: Describer,
  iriOfAgency: (id: string) => string | undefined,
): Promise<void> {
  if (datasets.length === 0) return;
  const known = await repository.positionsOf(datasets.map(({ record }) => record.id));
  const newcomers = datasets.filter(({ record }) => !known.has(record.id));
  let next = newcomers.length === 0 ? 0 : await repository.takePositions(newcomers.length);
  const described = datasets.map((dataset) => ({
    dataset,
    position: known.get(dataset.record.id) ?? next++,
    forms: describer.forms(describer.datasetNode(dataset.record, iriOfAgency), dataset.record.id),
  }));
  await repository.save(
    described.map(({ dataset, position, forms }) => ({
      ...toRow(dataset, position, forms),
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
