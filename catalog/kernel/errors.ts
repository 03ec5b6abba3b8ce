import type { Message } from './lang-text.ts';

/** What went wrong, in the catalogue's own words. The server decides which HTTP status each kind becomes. */
export type CatalogErrorKind =
  | 'not-found'
  | 'gone'
  | 'malformed'
  | 'invalid'
  | 'conflict'
  | 'stale'
  | 'unauthenticated'
  | 'forbidden'
  | 'throttled'
  | 'unavailable';

/**
 * One thing wrong with one place in the input.
 *
 * Shape: `pointer` is an RFC 6901 JSON Pointer, `''` for the whole; `keyword` is the JSON Schema keyword that failed,
 * or the name of a rule of ours; `message` says what is wrong and what to do about it.
 */
export interface Finding {
  readonly pointer: string;
  readonly keyword: string;
  readonly message: Message;
}

export interface CatalogErrorOptions extends ErrorOptions {
  readonly findings?: readonly Finding[];
  /** After how many seconds it may go better. */
  readonly retryAfter?: number;
}

/** The only error class that `catalog/` throws on purpose. Anything else is a bug. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  readonly kind: CatalogErrorKind;
  readonly code: string;
  readonly detail: Message;
  readonly findings: readonly Finding[];
  readonly retryAfter: number | undefined;

  constructor(
    kind: CatalogErrorKind,
    code: string,
    detail: Message,
    options: CatalogErrorOptions = {},
  ) {
    super(detail.en, options);
    this.kind = kind;
    this.code = code;
    this.detail = detail;
    this.findings = options.findings ?? [];
    this.retryAfter = options.retryAfter;
  }
}
