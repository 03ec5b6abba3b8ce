import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { Message } from '../../catalog/kernel/lang-text.ts';

/** An error as CKAN writes it: `error` of the envelope, and the status that goes with its type. */
export interface CkanError {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const types: Readonly<Record<string, readonly [type: string, status: number]>> = {
  'ckan-search-syntax': ['Search Error', 409],
  'ckan-search-query': ['Search Query Error', 400],
  'ckan-not-found': ['Not Found Error', 404],
  'ckan-read-only': ['Authorization Error', 403],
};

/** Any thrown value as CKAN's clients know errors. What an unexpected one says stays in the log. */
export function ckanError(error: unknown): CkanError {
  if (!(error instanceof CatalogError)) {
    return {
      status: 500,
      body: { __type: 'Internal Server Error', message: 'Internal Server Error' },
    };
  }
  if (error.findings.length > 0) {
    const fields = new Map<string, readonly string[]>();
    for (const { pointer, message } of error.findings) {
      const name = pointer.slice(1);
      fields.set(name, [...(fields.get(name) ?? []), bilingual(message)]);
    }
    return { status: 409, body: { ...Object.fromEntries(fields), __type: 'Validation Error' } };
  }
  const [type, status] = types[error.code] ?? byKind(error);
  const message = bilingual(error.detail);
  return { status, body: { message: withPrefix(type, message), __type: type } };
}

function byKind({ kind }: CatalogError): readonly [type: string, status: number] {
  if (kind === 'not-found' || kind === 'gone') return ['Not Found Error', 404];
  if (kind === 'forbidden' || kind === 'unauthenticated') return ['Authorization Error', 403];
  return kind === 'unavailable' ? ['Search Index Error', 500] : ['Validation Error', 409];
}

/** The words that clients look for at the beginning. */
function withPrefix(type: string, message: string): string {
  if (type === 'Not Found Error') return `Not found: ${message}`;
  if (type === 'Authorization Error') return `Access denied: ${message}`;
  if (type === 'Search Query Error') return `Search Query is invalid: ${message}`;
  return type === 'Search Error' ? `Search error: ${message}` : message;
}

function bilingual({ vi, en }: Message): string {
  return `${en} / ${vi}`;
}
