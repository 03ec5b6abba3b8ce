import { type Actor, assertMay } from '../access/actor.ts';
import { CatalogError } from '../kernel/errors.ts';
import { slug } from '../kernel/fold.ts';
import { isEditable } from '../model/lifecycle.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { Dataset } from './dataset-repository.ts';
import { fileRepository } from './file-repository.ts';
import { getDataset } from './get-dataset.ts';
import { decodeDataset, type InventoryDeps } from './register-dataset.ts';
import { writeDatasets } from './write-datasets.ts';

export interface AttachFileDeps extends InventoryDeps {
  readonly files: FileStore;
  /** The public address of a distribution's file. */
  readonly downloadURL: (distributionId: string, fileName: string) => string;
}

export interface Upload {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: AsyncIterable<Uint8Array> | NodeJS.ReadableStream;
}

/**
 * Stores a file for a distribution and writes into the record what the file itself says: where it is, how large, and
 * its checksum. The record changes only once the file is whole.
 *
 * @throws {CatalogError} `not-found` / `distribution-not-found`; `conflict` / `dataset-withdrawn`; `forbidden`
 */
export async function attachFile(
  datasetId: string,
  distributionId: string,
  upload: Upload,
  actor: Actor,
  deps: AttachFileDeps,
): Promise<Dataset> {
  const first = await getDataset(datasetId, actor, deps.database.read);
  assertMay(actor, ['editor', 'approver', 'coordinator', 'administrator'], first.record.publisher);
  if (!isEditable(first.state)) {
    throw new CatalogError('conflict', 'dataset-withdrawn', {
      vi: `"${datasetId}" đã rút khỏi danh mục nên không nhận tệp nữa.`,
      en: `"${datasetId}" has been withdrawn and takes no more files.`,
    });
  }
  assertHasDistribution(first, distributionId);
  const fileName = safeFileName(upload.fileName);
  const stored = await deps.files.put(upload.content);

  // The upload may have taken minutes: what is changed is the record as it is now.
  const before = await getDataset(datasetId, actor, deps.database.read);
  assertHasDistribution(before, distributionId);
  const at = deps.clock();
  const record = {
    ...before.record,
    distribution: (before.record.distribution ?? []).map((distribution) =>
      distribution.id === distributionId
        ? {
            ...distribution,
            downloadURL: deps.downloadURL(distributionId, fileName),
            mediaType: upload.mediaType,
            byteSize: stored.byteSize,
            checksum: { algorithm: 'sha256', checksumValue: stored.sha256 },
            modified: at,
          }
        : distribution,
    ),
  };
  await decodeDataset(
    record,
    before.state === 'published' ? 'release' : 'draft',
    deps.database.read,
    before.record,
  );
  const after: Dataset = { ...before, record, revision: before.revision + 1, changedAt: at };
  await deps.database.transaction(async (tx) => {
    await fileRepository(tx).save({
      distributionId,
      fileName,
      mediaType: upload.mediaType,
      ...stored,
      storedAt: at,
    });
    await writeDatasets(tx, [{ before, after, act: 'upload' }], actor, deps.reflect);
  });
  return after;
}

function assertHasDistribution({ record }: Dataset, id: string): void {
  if (record.distribution?.some((distribution) => distribution.id === id)) return;
  const known = (record.distribution ?? []).map((distribution) => distribution.id).join(', ');
  throw new CatalogError('not-found', 'distribution-not-found', {
    vi: `"${record.id}" không có tệp "${id}"; có: ${known || '(chưa có tệp nào)'}.`,
    en: `"${record.id}" has no distribution "${id}"; it has: ${known || '(none yet)'}.`,
  });
}

/** A name that is safe in an address, a header and a file system. */
function safeFileName(name: string): string {
  const dot = name.lastIndexOf('.');
  const stem = slug(dot > 0 ? name.slice(0, dot) : name) || 'data';
  const extension = dot > 0 ? slug(name.slice(dot + 1)) : '';
  return extension ? `${stem}.${extension}` : stem;
}
