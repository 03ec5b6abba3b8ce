import { CatalogError } from '../../catalog/kernel/errors.ts';
import type { Language } from '../http/language.ts';

/** What is wrong with a form, for its page. */
export interface FormFindings {
  /** What is said above the form. */
  readonly problems: readonly string[];
  /** What is said beside a field, by its JSON Pointer. */
  readonly at: (pointer: string) => string | undefined;
}

/**
 * Turns a refusal of the catalogue into what the page of the form says.
 *
 * @param error absent: nothing is wrong yet
 * @throws what is no refusal of a form: bugs, what is forbidden, what is gone
 */
export function findingsOf(error: unknown, lang: Language): FormFindings {
  if (error === undefined) return { problems: [], at: () => undefined };
  const isAnswerable =
    error instanceof CatalogError && ['invalid', 'conflict', 'throttled'].includes(error.kind);
  if (!isAnswerable) throw error;
  const messages = new Map(error.findings.map(({ pointer, message }) => [pointer, message[lang]]));
  return { problems: [error.detail[lang]], at: (pointer) => messages.get(pointer) };
}
