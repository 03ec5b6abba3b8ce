import { pickLanguage } from '../kernel/lang-text.ts';
import {
  type DatasetRecord,
  type DistributionRecord,
  type Location,
  outlineOf,
} from '../model/dataset.ts';
import { vocabulary } from '../model/vocabularies.ts';

/*
 * What several outside formats ask of a record in the same words: Vietnamese text first, addresses that are URIs,
 * media types by the file's format, licences by their text's address.
 */

const fileTypes = vocabulary('file-type');
const licences = vocabulary('licence');
const places = vocabulary('place');
const languages = vocabulary('language');

/** An IRI as a URI: what ASCII does not have is escaped. RFC 3987 §3.1. Absent: it cannot be read as an address. */
export function toURI(iri: string): string | undefined {
  return URL.canParse(iri) ? new URL(iri).href : undefined;
}

/** The media type that a distribution names, else that of its format. */
export function mediaTypeOfFile({ mediaType, format }: DistributionRecord): string | undefined {
  return mediaType ?? fileTypes.find(format ?? '')?.mediaType;
}

/** The usual ending of a file of that format, `csv`; the code in lower case when the table has none. */
export function extensionOf(format: string | undefined): string | undefined {
  if (format === undefined) return undefined;
  return fileTypes.find(format)?.extension ?? format.replace(/^.*[/#]/, '').toLowerCase();
}

export function formatLabel(format: string | undefined): string | undefined {
  return format === undefined ? undefined : fileTypes.labelOf(format, 'vi');
}

export interface LicenceFacts {
  readonly code: string;
  /** Where its text stands. */
  readonly url: string;
  readonly label: string;
  readonly spdx?: string | undefined;
}

/** The licences of a dataset's distributions, each once. */
export function licencesOf(record: DatasetRecord): readonly LicenceFacts[] {
  const codes = new Set((record.distribution ?? []).flatMap(({ license }) => license ?? []));
  return [...codes].map((code) => {
    const known = licences.find(code);
    return {
      code,
      url: known?.url ?? known?.iri ?? code,
      label: licences.labelOf(code, 'vi'),
      spdx: known?.spdx,
    };
  });
}

/** Keywords in a language, else in Vietnamese, else in whatever there is. */
export function keywordsOf(record: DatasetRecord, lang = 'vi'): readonly string[] {
  const { keyword } = record;
  return keyword?.[lang] ?? keyword?.['vi'] ?? Object.values(keyword ?? {}).flat();
}

/** BCP 47 tags of the languages that the table knows. */
export function languageTagsOf(codes: readonly string[] | undefined): readonly string[] {
  return (codes ?? []).flatMap((code) => languages.find(code)?.bcp47 ?? []);
}

/** The name of a place, else its IRI or its outline in well-known text. Absent: it says neither. */
export function placeName(place: string | Location, lang = 'vi'): string | undefined {
  if (typeof place === 'string') {
    const code = places.codeOf(place);
    return code === undefined ? place : places.labelOf(code, lang);
  }
  const name = pickLanguage(place.prefLabel, lang).text;
  return name || (place.bbox ?? outlineOf(place) ?? place.centroid ?? place.id);
}

/** The moment a date of any precision begins, as RFC 3339 wants it; a day begins in Hà Nội. */
export function beginOf(lexical: string): string {
  if (lexical.length > 10) return new Date(lexical).toISOString();
  const day = `${lexical}-01-01`.slice(0, 10);
  return `${lexical.length === 7 ? `${lexical}-01` : day}T00:00:00+07:00`;
}
