/**
 * JSON that may stand in a script element: nothing in it can end the element.
 *
 * @see HTML, §4.12.1.3 Restrictions for contents of script elements
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
