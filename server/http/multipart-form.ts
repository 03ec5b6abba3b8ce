import type { Request, RequestHandler } from 'express';
import multer, { MulterError } from 'multer';
import { Refusal } from './refusal.ts';

export interface MultipartLimits {
  /** The field that may hold one file. */
  readonly file: string;
  readonly mostFileBytes: number;
}

const mostFields = 200;
const mostFieldBytes = 100_000;

/**
 * Reads a form with one file, for `fieldsOf` and `fileOf`: in memory, for it is small, and never more than the limits.
 *
 * @throws {Refusal} 413 / `form-too-large`; 400 / `form-malformed`
 */
export function multipartForm({ file, mostFileBytes }: MultipartLimits): RequestHandler {
  const upload = multer({
    storage: multer.memoryStorage(),
    defParamCharset: 'utf8',
    limits: {
      fileSize: mostFileBytes,
      files: 1,
      fields: mostFields,
      fieldSize: mostFieldBytes,
      fieldNameSize: 100,
      parts: mostFields + 1,
      headerPairs: 20,
    },
  }).single(file);
  return (request, response, next) => {
    upload(request, response, (error: unknown) => {
      if (error !== undefined && error !== null) next(refusalOf(error, mostFileBytes));
      else if (hasNul(request)) next(malformed());
      else next();
    });
  };
}

/** The fields of a form, repeated names and all. */
export function fieldsOf({ body }: Pick<Request, 'body'>): URLSearchParams {
  const fields = new URLSearchParams();
  if (typeof body !== 'object' || body === null) return fields;
  for (const [name, value] of Object.entries(body as Readonly<Record<string, unknown>>)) {
    for (const each of [value].flat()) if (typeof each === 'string') fields.append(name, each);
  }
  return fields;
}

/** The file of a form. Absent: none was chosen. */
export function fileOf({ file }: Pick<Request, 'file'>): Buffer | undefined {
  return file && file.size > 0 ? file.buffer : undefined;
}

/** The name that a file had where it comes from; empty when none was chosen. */
export function fileNameOf({ file }: Pick<Request, 'file'>): string {
  return file?.originalname ?? '';
}

function hasNul(request: Request): boolean {
  return fieldsOf(request).toString().includes('%00');
}

function refusalOf(error: unknown, mostFileBytes: number): Refusal {
  const isTooMuch = error instanceof MulterError && error.code.startsWith('LIMIT_');
  if (!isTooMuch) return malformed();
  const megabytes = mostFileBytes / 1_000_000;
  return new Refusal(413, 'form-too-large', {
    vi: `Biểu mẫu quá lớn: tệp nhiều nhất ${megabytes} MB, mỗi ô nhiều nhất 100.000 ký tự.`,
    en: `The form is too large: a file of at most ${megabytes} MB, at most 100,000 characters a field.`,
  });
}

function malformed(): Refusal {
  return new Refusal(400, 'form-malformed', {
    vi: 'Biểu mẫu đến không trọn vẹn; hãy gửi lại.',
    en: 'The form did not arrive whole; send it again.',
  });
}
