/** What an outside object says, by key. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a package's own fields and its extras as one: schemas of CKAN keep the same fact in either. */
export interface PackageFields {
  /** Every value of the first key that has one: own fields before extras. */
  all(...keys: readonly string[]): readonly unknown[];
  /** The first text of any of the keys. Absent: none has any. */
  text(...keys: readonly string[]): string | undefined;
  /** All texts of the first key that has any; a JSON list in a text counts as a list. */
  texts(...keys: readonly string[]): readonly string[];
}

const none: readonly string[] = [];

export function packageFields(source: Fields): PackageFields {
  const extras = extrasOf(source['extras']);
  const all = (...keys: readonly string[]): readonly unknown[] => {
    const found: unknown[] = [];
    for (const key of keys) {
      const own = source[key];
      if (!isEmpty(own)) found.push(own);
      const extra = extras?.get(key);
      if (!isEmpty(extra)) found.push(extra);
    }
    return found;
  };
  // Called some eighty times a package: nothing is made for a key that says nothing.
  const texts = (...keys: readonly string[]): readonly string[] => {
    for (const key of keys) {
      const own = source[key];
      const found = isEmpty(own) ? none : textsIn(own);
      if (found.length > 0) return found;
      const extra = extras?.get(key);
      const foundExtra = isEmpty(extra) ? none : textsIn(extra);
      if (foundExtra.length > 0) return foundExtra;
    }
    return none;
  };
  return { all, texts, text: (...keys) => texts(...keys)[0] };
}

/** CKAN lists extras as pairs of key and value; old dumps have a plain object. */
function extrasOf(extras: unknown): ReadonlyMap<string, unknown> | undefined {
  if (extras === undefined || extras === null) return undefined;
  const found = new Map<string, unknown>();
  if (Array.isArray(extras)) {
    for (const pair of extras) {
      if (isFields(pair) && typeof pair['key'] === 'string') found.set(pair['key'], pair['value']);
    }
  } else if (isFields(extras)) {
    for (const [key, value] of Object.entries(extras)) found.set(key, value);
  }
  return found;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === '[]' || value === '{}';
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') {
    const text = value.trim();
    if (text.startsWith('[')) {
      const list = parseOrUndefined(text);
      if (Array.isArray(list)) return textsIn(list);
    }
    return text === '' ? [] : [text];
  }
  return Array.isArray(value) ? value.flatMap(textsIn) : [];
}

/** Parses JSON inside JSON. Absent: it is none. */
export function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The objects among values, those written as JSON in a text too. */
export function objectsIn(values: readonly unknown[]): readonly Fields[] {
  return values.flatMap((value): readonly Fields[] => {
    if (Array.isArray(value)) return objectsIn(value);
    if (isFields(value)) return [value];
    if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return [];
    const parsed = parseOrUndefined(value);
    return parsed === undefined ? [] : objectsIn([parsed]);
  });
}
