/*
 * Of what something is measured. Records are `dataset/ID`, `agency/ID` and the like; groups sum them up: the city, the
 * records of an agency (`publisher/ID`) and of a theme (`theme/CODE`).
 */

/** The whole city. */
export const city = 'city';

/** Whether a scope sums up others; everything else is a record, which is evidence. */
export function isGroup(scope: string): boolean {
  return scope === city || scope.startsWith('publisher/') || scope.startsWith('theme/');
}
