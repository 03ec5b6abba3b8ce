import type { DistributionRecord } from '../../catalog/model/dataset.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import { declaredFormat } from '../../catalog/preview/preview-job.ts';
import { formatLabel } from './dataset-card.ts';
import type { PageContext, Shown } from './page-context.ts';

/** A file or a source of a dataset, with the one thing that can be done with it. */
export interface FileView {
  readonly id: string;
  readonly title: Shown;
  readonly description: Shown;
  readonly format?: string;
  readonly size?: string;
  readonly modified?: string;
  readonly checksum?: string;
  /** Present where the files of a dataset do not all have the same licence. */
  readonly licence?: string;
  readonly href: string;
  /** Where a linked file lies; absent for one of ours. */
  readonly host?: string;
  readonly action: string;
  /** Where it is shown as a table; absent for what is none, or is only to be found on a page. */
  readonly preview?: string;
}

export interface FileFacts {
  /** The name of the file when we hold it. */
  readonly heldAs: string | undefined;
  readonly datasetId: string;
  /** Whether to say under which licence it is. */
  readonly licence: 'say' | 'same';
}

export function fileView(
  file: DistributionRecord,
  { heldAs, datasetId, licence }: FileFacts,
  context: PageContext,
): FileView {
  const target = file.downloadURL ?? file.accessURL;
  const isFile = heldAs !== undefined || file.downloadURL !== undefined;
  const title = context.show(file.title);
  const format = file.format && formatLabel(file.format);
  const modified = file.modified ?? file.issued;
  return {
    id: file.id,
    title: title.text ? title : { text: format ?? file.id },
    description: context.show(file.description),
    ...(format && { format }),
    ...(file.byteSize !== undefined && { size: context.bytes(file.byteSize) }),
    ...(modified !== undefined && {
      modified: context.t('dataset.updated', { date: context.date(modified) }),
    }),
    ...(file.checksum && { checksum: `${file.checksum.algorithm}:${file.checksum.checksumValue}` }),
    ...(licence === 'say' &&
      file.license !== undefined && {
        licence: vocabulary('licence').labelOf(file.license, context.lang),
      }),
    href: `/download/${file.id}/${heldAs === undefined ? fileNameOf(target) : encodeURIComponent(heldAs)}`,
    ...(heldAs === undefined && URL.canParse(target) && { host: new URL(target).host }),
    action: context.t(isFile ? 'dataset.download' : 'dataset.open'),
    ...(isFile &&
      declaredFormat({ ...file, fileName: heldAs ?? fileNameOf(target) }) && {
        preview: context.url(`/dataset/${datasetId}/preview/${file.id}`),
      }),
  };
}

/** The last part of an address when it can be the name of a file. */
function fileNameOf(url: string): string {
  const last = URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '';
  return /^[\w.%-]+$/.test(last) ? last : 'data';
}
