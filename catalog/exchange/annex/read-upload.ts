import { once } from 'node:events';
import { CatalogError, type CatalogErrorKind } from '../../kernel/errors.ts';
import type { Message } from '../../kernel/lang-text.ts';
import { startWorker } from '../../kernel/start-worker.ts';
import type { AnnexSheet } from './read-sheets.ts';

/** What a table that somebody sends may be. */
export const uploadLimits = {
  bytes: 10_000_000,
  /** What a workbook may unpack to. */
  unpackedBytes: 150_000_000,
  rows: 20_000,
  columns: 100,
  cellCharacters: 20_000,
  milliseconds: 30_000,
} as const;

/** A file that somebody sent, as tables of text. */
export interface AnnexUpload {
  readonly sheets: readonly AnnexSheet[];
  /** Whether there are macros in it. They are not even looked at. */
  readonly hasMacros: boolean;
}

/** What the thread says. */
export type FromUploadThread =
  | { readonly upload: AnnexUpload }
  | {
      readonly refused: {
        readonly kind: CatalogErrorKind;
        readonly code: string;
        readonly detail: Message;
      };
    };

/**
 * Reads the tables of a file on a thread of its own: whatever is in it, it costs nobody else time, and never more than
 * the limits.
 *
 * @throws {CatalogError} `malformed` / `annex-not-readable`, `annex-too-large`, `annex-too-slow`
 */
export async function readUpload(bytes: Buffer, fileName: string): Promise<AnnexUpload> {
  if (bytes.length > uploadLimits.bytes) throw tooLarge('bytes');
  const worker = startWorker('./read-upload-thread', import.meta.url, { bytes, fileName });
  try {
    const signal = AbortSignal.timeout(uploadLimits.milliseconds);
    const [said] = (await once(worker, 'message', { signal })) as [FromUploadThread];
    if ('upload' in said) return said.upload;
    const { kind, code, detail } = said.refused;
    throw new CatalogError(kind, code, detail);
  } catch (error) {
    if (error instanceof CatalogError) throw error;
    if (error instanceof Error && error.name === 'AbortError') throw tooSlow(error);
    if (isOutOfMemory(error)) throw tooLarge('memory', error);
    throw error;
  } finally {
    await worker.terminate();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** Says which limit a file is beyond. */
export function tooLarge(
  what: 'bytes' | 'unpacked' | 'memory' | 'rows' | 'columns' | 'cell',
  cause?: unknown,
): CatalogError {
  return new CatalogError('malformed', 'annex-too-large', beyond[what], { cause });
}

const million = (bytes: number): number => bytes / 1_000_000;
const beyond: Readonly<Record<Parameters<typeof tooLarge>[0], Message>> = {
  bytes: {
    vi: `Tệp lớn hơn ${million(uploadLimits.bytes)} MB; hãy bỏ hình ảnh và trang tính thừa, hoặc chia thành nhiều tệp.`,
    en: `The file is larger than ${million(uploadLimits.bytes)} MB; take out pictures and sheets that are not needed, or split it.`,
  },
  unpacked: {
    vi: `Bảng tính này bung ra thành hơn ${million(uploadLimits.unpackedBytes)} MB; hãy chép riêng bảng phụ lục sang tệp mới.`,
    en: `This workbook unpacks to more than ${million(uploadLimits.unpackedBytes)} MB; copy the table alone into a new file.`,
  },
  memory: {
    vi: 'Tệp cần quá nhiều bộ nhớ để đọc; hãy chép riêng bảng phụ lục sang tệp mới.',
    en: 'The file takes too much memory to read; copy the table alone into a new file.',
  },
  rows: {
    vi: `Bảng có hơn ${uploadLimits.rows} dòng; hãy chia thành nhiều tệp, hoặc nhờ quản trị viên dùng lệnh khue import annex.`,
    en: `The table has more than ${uploadLimits.rows} rows; split it, or ask an administrator to use khue import annex.`,
  },
  columns: {
    vi: `Bảng có hơn ${uploadLimits.columns} cột; hãy giữ lại các cột của phụ lục.`,
    en: `The table has more than ${uploadLimits.columns} columns; keep those of the annex.`,
  },
  cell: {
    vi: `Có ô dài hơn ${uploadLimits.cellCharacters} ký tự; hãy rút ngắn.`,
    en: `A cell is longer than ${uploadLimits.cellCharacters} characters; shorten it.`,
  },
};

function tooSlow(cause: unknown): CatalogError {
  const seconds = uploadLimits.milliseconds / 1000;
  return new CatalogError(
    'malformed',
    'annex-too-slow',
    {
      vi: `Đọc tệp mất hơn ${seconds} giây; hãy chép riêng bảng phụ lục sang tệp mới.`,
      en: `Reading the file takes more than ${seconds} seconds; copy the table alone into a new file.`,
    },
    { cause },
  );
}
