import type { Request } from 'express';
import { Refusal } from './refusal.ts';

/** The ETag of a record in the API: its revision. */
export function revisionTag(revision: number): string {
  return `"${revision}"`;
}

/**
 * The revision that a change was made from, by If-Match; `undefined` for `*`.
 *
 * @throws {Refusal} 428 without the header (RFC 6585 §3), 412 when it is no tag of ours
 */
export function revisionFromIfMatch(request: Request): number | undefined {
  const header = request.get('If-Match');
  if (header === undefined) {
    throw new Refusal(428, 'if-match-missing', {
      vi: 'Hãy gửi If-Match với ETag của bản đã đọc, để không ghi đè lên sửa đổi của người khác.',
      en: 'Send If-Match with the ETag of the version you read, so that nobody’s change is overwritten.',
    });
  }
  if (header.trim() === '*') return undefined;
  const revision = /^(?:W\/)?"(\d+)(?:-(?:gzip|br))?"$/.exec(header.trim())?.[1];
  if (revision !== undefined) return Number(revision);
  throw new Refusal(412, 'edit-conflict', {
    vi: `If-Match ${header} không phải ETag của bản ghi này; hãy đọc lại rồi sửa.`,
    en: `If-Match ${header} is no ETag of this record; read it again, then edit.`,
  });
}
