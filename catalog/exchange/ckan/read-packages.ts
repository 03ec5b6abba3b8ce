import { CatalogError } from '../../kernel/errors.ts';
import type { Message } from '../../kernel/lang-text.ts';
import type { AgencyRecord } from '../../model/agency.ts';
import type { ImportItem } from '../import-item.ts';
import { isFields } from './package-fields.ts';
import { packageToRecord } from './package-to-record.ts';
import { splitLines } from './split-lines.ts';

export interface CkanOptions {
  /** Tells NDJSON (`.ndjson`, `.jsonl`) where the content alone does not. */
  readonly fileName: string;
  /** BCP 47 tag of the texts where a package does not say. Default `vi`. */
  readonly language?: string | undefined;
  /** The agency of packages that name none. */
  readonly publisher?: string | undefined;
}

export type CkanItem = ImportItem & { readonly agency?: AgencyRecord };

/**
 * Reads CKAN packages: answers of package_show, package_search and the like, bare packages, arrays of them, and NDJSON
 * with any of these on a line.
 *
 * Shape: `line` is the line of an NDJSON file; in a single document it counts the packages. NDJSON is read in constant
 * memory; a single document is held whole, up to 256 MB.
 *
 * @throws {CatalogError} `malformed` / `ckan-not-readable` when a single document is not JSON, too large or empty
 */
export async function* readCkan(
  source: AsyncIterable<Buffer | string>,
  options: CkanOptions,
): AsyncGenerator<CkanItem> {
  const lines = splitLines(source);
  const first = await nextFilled(lines);
  if (!first) throw notReadable(emptyFile);
  const start = parse(first.text);
  if (start === undefined && !isLineOfMany(first.text, options.fileName)) {
    yield* readDocument(
      [first.text, ...(await gather(lines, first.text.length))].join('\n'),
      options,
    );
    return;
  }
  const second = await nextFilled(lines);
  if (!second && start !== undefined) {
    yield* readPackages(start.value, options, undefined);
    return;
  }
  yield* readLine(first, options);
  for (let line = second; line; line = await nextFilled(lines)) yield* readLine(line, options);
}

interface Line {
  readonly number: number;
  readonly text: string;
}

async function nextFilled(lines: AsyncIterator<Line>): Promise<Line | undefined> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) return undefined;
    if (value.text.trim() !== '') return value;
  }
}

/** A first line that is no JSON is one bad line of many when the file's name or its own braces say so. */
function isLineOfMany(text: string, fileName: string): boolean {
  return /\.(?:ndjson|jsonl|jl)$/i.test(fileName) || /^\s*\{.+\}\s*$/.test(text);
}

const mostDocumentLength = 256 * 1024 * 1024;

async function gather(lines: AsyncIterator<Line>, already: number): Promise<readonly string[]> {
  const texts: string[] = [];
  let length = already;
  for (let line = await nextFilled(lines); line; line = await nextFilled(lines)) {
    texts.push(line.text);
    length += line.text.length;
    if (length > mostDocumentLength) throw notReadable(tooLarge);
  }
  return texts;
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function* readDocument(text: string, options: CkanOptions): Generator<CkanItem> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw notReadable({ vi: `${notJson.vi} (${why})`, en: `${notJson.en} (${why})` }, error);
  }
  yield* readPackages(value, options, undefined);
}

function* readLine({ number, text }: Line, options: CkanOptions): Generator<CkanItem> {
  const parsed = parse(text);
  if (parsed) yield* readPackages(parsed.value, options, number);
  else yield { line: number, reason: brokenLine };
}

function* readPackages(
  value: unknown,
  { language = 'vi', publisher }: CkanOptions,
  line: number | undefined,
): Generator<CkanItem> {
  let position = 0;
  for (const candidate of packagesIn(value)) {
    position += 1;
    yield toItem(candidate, line ?? position, { language, publisher });
  }
}

/** Turns what should be a package into what an import takes. */
export function toItem(
  candidate: unknown,
  line: number,
  setting: Parameters<typeof packageToRecord>[1],
): CkanItem {
  if (!isFields(candidate)) return { line, reason: noPackage };
  const { error } = candidate;
  if (candidate['success'] === false) return { line, reason: refused(error) };
  const reading = packageToRecord(candidate, setting);
  if (!('record' in reading)) return { line, ...reading };
  const { record, agency, notes } = reading;
  return { line, record, ...(notes.length > 0 && { notes }), ...(agency && { agency }) };
}

/** The packages in an answer, whichever action gave it; Magda's registry wraps each in an aspect. */
function packagesIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(packagesIn);
  if (!isFields(value)) return [value];
  if (value['success'] !== false && value['result'] !== undefined)
    return packagesIn(value['result']);
  if (Array.isArray(value['results'])) return value['results'];
  if (Array.isArray(value['records'])) return value['records'].map(aspectOf);
  return [value];
}

function aspectOf(record: unknown): unknown {
  const aspects = isFields(record) ? record['aspects'] : undefined;
  return (isFields(aspects) ? aspects['ckan-dataset'] : undefined) ?? record;
}

function refused(error: unknown): Message {
  const said =
    isFields(error) && typeof error['message'] === 'string' ? `: ${error['message']}` : '';
  return {
    vi: `Đây là thông báo lỗi của CKAN${said}; hãy tải lại từ nguồn.`,
    en: `This is an error answer of CKAN${said}; fetch it from the source again.`,
  };
}

function notReadable(detail: Message, cause?: unknown): CatalogError {
  return new CatalogError('malformed', 'ckan-not-readable', detail, { cause });
}

const emptyFile: Message = {
  vi: 'Tệp rỗng; hãy gửi câu trả lời package_search, package_show hoặc NDJSON.',
  en: 'The file is empty; send an answer of package_search, package_show, or NDJSON.',
};
const tooLarge: Message = {
  vi: 'Tài liệu JSON lớn hơn 256 MB; hãy chuyển sang NDJSON (mỗi gói một dòng), ví dụ: jq -c ".result.results[]".',
  en: 'The JSON document is larger than 256 MB; turn it into NDJSON (a package a line), e.g. with jq -c ".result.results[]".',
};
const notJson: Message = {
  vi: 'Tệp không phải JSON hay NDJSON; hãy gửi câu trả lời của CKAN.',
  en: 'The file is neither JSON nor NDJSON; send an answer of CKAN.',
};
const brokenLine: Message = {
  vi: 'Dòng không phải JSON; mỗi dòng phải là một gói hoặc một câu trả lời của CKAN.',
  en: 'The line is not JSON; each line must be a package or an answer of CKAN.',
};
const noPackage: Message = {
  vi: 'Không phải gói CKAN: cần một đối tượng JSON có "name" và "title".',
  en: 'Not a CKAN package: a JSON object with "name" and "title" is needed.',
};
