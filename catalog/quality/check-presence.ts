import type { ContactPoint } from '../model/dataset.ts';
import { type Check, met, textsAt, unmet, valuesAt } from './subject.ts';

/** There is a value at the path, or at one of `or`; a text has at least `characters`. */
export const present: Check = (subject, { path, parameters = {} }) => {
  const { characters, or = [] } = parameters;
  const found =
    characters === undefined
      ? [path, ...or].some((each) => valuesAt(subject, each).length > 0)
      : textsAt(subject, path).some((text) => text.trim().length >= characters);
  return found ? met : unmet(subject, path);
};

/** A contact can be written to, called, or looked up. */
export const contactReachable: Check = (subject, { path }) => {
  const contacts = valuesAt(subject, path) as readonly ContactPoint[];
  const reachable = contacts.some(
    ({ hasEmail, hasTelephone, hasURL }) => (hasEmail ?? hasTelephone ?? hasURL) !== undefined,
  );
  return reachable ? met : unmet(subject, path);
};

/** The record passes what a release must. */
export const conforms: Check = (subject, { path }, facts) =>
  facts.conforms(subject.record) ? met : unmet(subject, path);
