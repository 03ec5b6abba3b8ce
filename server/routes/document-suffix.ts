import { Refusal } from '../http/refusal.ts';

/** The files that a paper comes as. */
export const documentTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/** @throws {Refusal} 404 `suffix-unknown` */
export function readDocumentSuffix(written: unknown): keyof typeof documentTypes {
  if (written === 'xlsx' || written === 'docx') return written;
  const shown = String(written).slice(0, 80);
  throw new Refusal(404, 'suffix-unknown', {
    vi: `Văn bản không có dạng ".${shown}"; có: xlsx, docx.`,
    en: `The paper has no ".${shown}"; there are: xlsx, docx.`,
  });
}
