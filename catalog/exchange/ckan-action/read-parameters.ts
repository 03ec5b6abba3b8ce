import type { Message } from '../../kernel/lang-text.ts';
import { invalidParameter } from './action-errors.ts';

/** What a client sent: a query, a form or JSON; a name given several times is a list. */
export type Parameters = Readonly<Record<string, unknown>>;

/** The text of a parameter. Absent: not given, null or empty. A list counts by its last value, as in CKAN. */
export function textOf(parameters: Parameters, name: string): string | undefined {
  const given = parameters[name];
  const value: unknown = Array.isArray(given) ? given.at(-1) : given;
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalidParameter(name, mustBe('một chuỗi', 'a text'));
}

/** @throws {CatalogError} `invalid` / `ckan-parameter` when it is not given, in CKAN's own words */
export function requiredText(parameters: Parameters, name: string): string {
  const text = textOf(parameters, name);
  if (text !== undefined) return text;
  throw invalidParameter(name, { vi: 'Thiếu giá trị', en: 'Missing value' });
}

/** A whole number; more than `to` counts as `to`, as CKAN caps what is asked of it. */
export function countOf(
  parameters: Parameters,
  name: string,
  range: { readonly otherwise: number; readonly to: number },
): number {
  const text = textOf(parameters, name)?.trim();
  if (text === undefined) return range.otherwise;
  if (!/^[+-]?\d{1,18}$/.test(text)) {
    throw invalidParameter(name, { vi: 'Phải là số nguyên', en: 'Invalid integer' });
  }
  if (Number(text) < 0) {
    throw invalidParameter(name, {
      vi: 'Phải là số tự nhiên',
      en: 'Must be a natural number',
    });
  }
  return Math.min(Number(text), range.to);
}

/** CKAN's booleans: `true`, `yes`, `t`, `y`, `1` in any case; anything else is false. */
export function flagOf(parameters: Parameters, name: string, otherwise = false): boolean {
  const text = textOf(parameters, name)?.toLowerCase();
  return text === undefined ? otherwise : ['true', 'yes', 't', 'y', '1'].includes(text);
}

/** Several texts: a list, JSON in a text, or one text alone. */
export function listOf(parameters: Parameters, name: string): readonly string[] {
  const given = parameters[name];
  if (given === undefined || given === null || given === '') return [];
  const values: unknown = typeof given === 'string' ? parsedList(given) : given;
  if (!Array.isArray(values)) throw invalidParameter(name, mustBe('một danh sách', 'a list'));
  return values.flatMap((value: unknown) => {
    if (typeof value === 'string') return parsedList(value);
    throw invalidParameter(name, mustBe('một danh sách chuỗi', 'a list of texts'));
  });
}

function parsedList(text: string): readonly string[] {
  if (!text.trimStart().startsWith('[')) return [text];
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'string')) return parsed;
  } catch {
    // Then it is a text that begins with a bracket.
  }
  return [text];
}

function mustBe(vi: string, en: string): Message {
  return { vi: `Phải là ${vi}`, en: `Must be ${en}` };
}
