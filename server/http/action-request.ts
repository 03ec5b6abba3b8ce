import type { Request } from 'express';
import { queryOf } from './read-parameters.ts';

/** What a client of an action API sent, or in a sentence why it cannot be read. */
export type ActionParameters =
  | { readonly parameters: Readonly<Record<string, unknown>> }
  | { readonly unreadable: string };

/**
 * Reads parameters as CKAN does: a JSON object or a form in the body, whatever its Content-Type says, else the query.
 * A name that comes several times is a list.
 *
 * @param body the text of the body; empty when there is none
 */
export function readActionParameters(request: Request, body: string): ActionParameters {
  if (body.trim() === '') return { parameters: mixed(queryOf(request)) };
  // curl -d sends JSON under the type of a form.
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.get('Content-Type') ?? '');
  if (isForm && !/^\s*[{[]/.test(body)) return { parameters: mixed(new URLSearchParams(body)) };
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    return { unreadable: `JSON Error: Error decoding JSON data: ${why}` };
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
    return { parameters: parsed as Readonly<Record<string, unknown>> };
  }
  return { unreadable: 'JSON Error: Request data JSON must be an object (a dictionary).' };
}

function mixed(query: URLSearchParams): Readonly<Record<string, unknown>> {
  const parameters = new Map<string, string | readonly string[]>();
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    parameters.set(name, values.length > 1 ? values : (values[0] ?? ''));
  }
  return Object.fromEntries(parameters);
}

/** A name of a function that a script may be wrapped in; anything else could be a script itself. */
export function isCallbackName(text: string): boolean {
  return text.length <= 100 && /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/.test(text);
}
