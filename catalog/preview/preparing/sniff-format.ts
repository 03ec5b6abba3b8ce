import { type PreviewFormat, UnreadableFile } from '../preview-facts.ts';

const magics: readonly (readonly [bytes: string, what: PreviewFormat | 'zip' | 'no'])[] = [
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['50415231', 'parquet'],
];

const refused = [
  ['d0cf11e0', 'old-workbook'],
  ['1f8b', 'compressed'],
  ['425a68', 'compressed'],
  ['377abcaf', 'compressed'],
  ['52617221', 'compressed'],
  ['28b52ffd', 'compressed'],
  ['25504446', 'not-a-table'],
  ['89504e47', 'not-a-table'],
  ['ffd8ff', 'not-a-table'],
  ['47494638', 'not-a-table'],
  ['53514c69', 'not-a-table'],
] as const;

/**
 * What the beginning of a file shows it to be, whatever it is called. Text is judged by {@link sniffText}.
 *
 * @throws {UnreadableFile} for what is no table, or hides one
 */
export function sniffBytes(head: Buffer): 'parquet' | 'zip' | 'text' {
  if (head.length === 0) throw new UnreadableFile('empty');
  const hex = head.subarray(0, 8).toString('hex');
  const found = magics.find(([bytes]) => hex.startsWith(bytes));
  if (found) return found[1] === 'zip' ? 'zip' : 'parquet';
  const refusal = refused.find(([bytes]) => hex.startsWith(bytes));
  if (refusal) throw new UnreadableFile(refusal[1]);
  return 'text';
}

/**
 * What the beginning of a text shows it to be.
 *
 * @throws {UnreadableFile} for a web page, which is what dead links like to answer, and for what is no text
 */
export function sniffText(head: string): 'csv' | 'json' | 'ndjson' {
  const start = head.trimStart();
  if (start === '') throw new UnreadableFile('empty');
  if (/^<(!doctype|html|head|body|script)/i.test(start)) throw new UnreadableFile('web-page');
  if (/^<(\?xml|[a-z])/i.test(start)) throw new UnreadableFile('not-a-table');
  if (hasControls(start.slice(0, 10_000))) throw new UnreadableFile('not-a-table');
  if (start.startsWith('[')) return /^\[\s*[[{\]"\d-]/.test(start) ? 'json' : 'csv';
  if (!/^\{\s*["}]/.test(start)) return 'csv';
  return isJson(start.split('\n', 1)[0] ?? '') && /\n\s*\{/.test(start) ? 'ndjson' : 'json';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Letters and tables have none of them; pictures and programs do. */
function hasControls(text: string): boolean {
  let controls = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 && ![9, 10, 13, 12, 27].includes(code)) controls += 1;
  }
  return controls > text.length / 200;
}
