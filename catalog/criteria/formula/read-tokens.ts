import type { Message } from '../../kernel/lang-text.ts';

/** Something wrong with a formula. `position` counts characters from 1. */
export interface FormulaProblem {
  readonly position: number;
  readonly message: Message;
}

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** Where it begins, from 1. */
  readonly position: number;
}

/** Signs that mean the same as those of the keyboard. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['−', '-'],
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '<>'],
]);

const token = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z][A-Za-z0-9]*)|(<=|>=|<>|[-+*/(),<>=−×·÷≤≥≠]))/y;

/** Cuts a formula into its words, with an end. A character that belongs to none ends it with a problem. */
export function readTokens(
  text: string,
): { readonly tokens: readonly Token[] } | { readonly problem: FormulaProblem } {
  const tokens: Token[] = [];
  const length = text.trimEnd().length;
  token.lastIndex = 0;
  while (token.lastIndex < length) {
    const from = token.lastIndex;
    const found = token.exec(text);
    if (!found) return { problem: strange(text, from) };
    const [, number, name, sign = ''] = found;
    const written = number ?? name ?? sign;
    tokens.push({
      kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign',
      text: spellings.get(written) ?? written,
      position: token.lastIndex - written.length + 1,
    });
  }
  return { tokens: [...tokens, { kind: 'end', text: '', position: length + 1 }] };
}

function strange(text: string, from: number): FormulaProblem {
  const at = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return {
    position: at + 1,
    message: {
      vi: `Ký tự "${character}" không dùng trong công thức; chỉ dùng số, tên số đo, + − × ÷, dấu ngoặc và các hàm.`,
      en: `The character "${character}" has no place in a formula; use numbers, names of measures, + − × ÷, parentheses and functions.`,
    },
  };
}
