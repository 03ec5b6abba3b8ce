import { type Concept, vocabulary } from '../model/vocabularies.ts';
import type { Mark } from './metrics.ts';
import {
  type Check,
  met,
  notApplicable,
  type Outcome,
  type Place,
  placeOf,
  type Subject,
  unmet,
  valuesAt,
} from './subject.ts';

/** At each path of `tables` there is a value, and every value there is of its table, by code or by IRI. */
export const inVocabulary: Check = (subject, { parameters }) => {
  const places = Object.entries(parameters?.tables ?? {}).flatMap(([path, table]) => {
    const values = valuesAt(subject, path);
    return values.length === 0 ? [placeOf(subject, path)] : strangers(subject, path, table);
  });
  return outcomeOf(places);
};

/** What is coded anywhere in the record is of its table; what is left out is no mistake. */
export const codesValid: Check = (subject, { parameters }) => {
  const { tables = {}, distributionTables = {} } = parameters ?? {};
  const { record } = subject;
  const asked = [
    ...paths(subject, tables),
    ...(record.distribution ?? []).flatMap((distribution, index) =>
      paths({ record, distribution, at: `/distribution/${index}` }, distributionTables),
    ),
  ];
  const used = asked.filter(([at, path]) => valuesAt(at, path).length > 0);
  if (used.length === 0) return notApplicable;
  return outcomeOf(used.flatMap(([at, path, table]) => strangers(at, path, table)));
};

/**
 * A concept at the path bears the mark. With `orMediaType`, a media type of a marked concept is as good: the
 * European assessment asks for the format or the media type.
 */
export const marked: Check = (subject, { path, parameters }) => {
  const { table = '', mark, orMediaType } = parameters ?? {};
  const bears = (code: string) => mark !== undefined && conceptOf(table, code)?.[mark] === true;
  const codes = valuesAt(subject, path).map(String);
  if (codes.some(bears)) return met;
  const mediaTypes = orMediaType ? valuesAt(subject, 'mediaType').map(String) : [];
  if (mark !== undefined && mediaTypes.some((type) => markedMediaTypes(mark).has(bare(type)))) {
    return met;
  }
  return unmet(subject, path, codes[0]);
};

/** The value is one of `values`, by code or by the IRI of its table. */
export const among: Check = (subject, { path, parameters }) => {
  const { table = '', values = [] } = parameters ?? {};
  const found = valuesAt(subject, path).map((value) => conceptOf(table, String(value))?.code);
  const isAmong = found.some((code) => code !== undefined && values.includes(code));
  return isAmong ? met : unmet(subject, path, valuesAt(subject, path).map(String)[0]);
};

function paths(
  subject: Subject,
  tables: Readonly<Record<string, string>>,
): readonly (readonly [Subject, string, string])[] {
  return Object.entries(tables).map(([path, table]) => [subject, path, table] as const);
}

/** The values at a path that their table does not have. */
function strangers(subject: Subject, path: string, table: string): readonly Place[] {
  return valuesAt(subject, path)
    .filter((value) => typeof value !== 'string' || !conceptOf(table, value))
    .map((value) => placeOf(subject, path, typeof value === 'string' ? value : undefined));
}

function outcomeOf(places: readonly Place[]): Outcome {
  return places.length === 0 ? met : { state: 'unmet', places };
}

function conceptOf(table: string, codeOrIri: string): Concept | undefined {
  const { find, codeOf } = vocabulary(table);
  return find(codeOrIri) ?? find(codeOf(codeOrIri) ?? '');
}

const mediaTypes = new Map<Mark, ReadonlySet<string>>();

/** The media types that go with the file types that bear a mark. */
function markedMediaTypes(mark: Mark): ReadonlySet<string> {
  const known = mediaTypes.get(mark);
  if (known) return known;
  const types = vocabulary('file-type').concepts.flatMap((concept) =>
    concept[mark] && concept.mediaType ? [bare(concept.mediaType)] : [],
  );
  const made = new Set(types);
  mediaTypes.set(mark, made);
  return made;
}

/** A media type without its parameters, and without the registry in front of it: `text/csv`. RFC 9110 §8.3.1. */
function bare(mediaType: string): string {
  const code = vocabulary('media-type').codeOf(mediaType) ?? mediaType;
  return (code.split(';')[0] ?? '').trim().toLowerCase();
}
