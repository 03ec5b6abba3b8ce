import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../kernel/project-root.ts';

/** One entry of an authority table. The facts beyond the labels belong to one table each. */
export interface Concept {
  readonly code: string;
  /** Absolute, but for the communes of Hà Nội: theirs are relative to the catalogue. */
  readonly iri: string;
  readonly label: { readonly vi: string; readonly en: string };
  /** frequency: the longest time between two updates, an ISO 8601 duration. */
  readonly period?: string;
  /** file-type: the media type that goes with it. */
  readonly mediaType?: string;
  /** file-type: the usual ending of a file name, without the dot. */
  readonly extension?: string;
  /** file-type: on the machine-readable list of the European Metadata Quality Assessment. */
  readonly machineReadable?: boolean;
  /** file-type: on the non-proprietary list of the same. */
  readonly nonProprietary?: boolean;
  /** licence: where its text stands. */
  readonly url?: string;
  /** licence: its SPDX identifier. */
  readonly spdx?: string;
  /** licence: free for any use, at most with attribution or the same terms. */
  readonly open?: boolean;
  /** licence: what it allows, in the words of table licence-term; so are the next two. Absent: nobody has noted it. */
  readonly permits?: readonly string[];
  /** licence: on what conditions. */
  readonly requires?: readonly string[];
  /** licence: what it rules out all the same. */
  readonly prohibits?: readonly string[];
  /** language: the BCP 47 tag of texts in it. */
  readonly bcp47?: string;
  /** hvd-category: one of the six categories above the others. */
  readonly top?: boolean;
  /** place: a ward or a commune. */
  readonly kind?: string;
  /** place: the code of the place around it. */
  readonly within?: string;
  /** place: west, south, east, north in degrees, WGS 84. */
  readonly bbox?: readonly [number, number, number, number];
}

export interface Vocabulary {
  readonly concepts: readonly Concept[];
  find(code: string): Concept | undefined;
  /** The code of an IRI of the table; http and https are the same to it. */
  codeOf(iri: string): string | undefined;
  /** The label, Vietnamese unless English is asked for; the code itself when the table does not have it. */
  labelOf(code: string, lang: string): string;
}

/** A table on disk. A concept that is only its code, such as a media type, is labelled by it. */
interface VocabularyFile {
  readonly base: string;
  readonly concepts: readonly (Concept | string)[];
}

const loaded = new Map<string, Vocabulary>();

/**
 * Gives an authority table of schemas/vocabularies, read once.
 *
 * An unknown name is a mistake in the program: it throws what reading the file throws.
 */
export function vocabulary(name: string): Vocabulary {
  let known = loaded.get(name);
  if (!known) {
    known = toVocabulary(readTable(name));
    loaded.set(name, known);
  }
  return known;
}

function readTable(name: string): readonly Concept[] {
  const path = join(projectRoot, 'schemas', 'vocabularies', `${name}.json`);
  const { base, concepts } = JSON.parse(readFileSync(path, 'utf8')) as VocabularyFile;
  return concepts.map((concept) =>
    typeof concept === 'string'
      ? { code: concept, iri: base + concept, label: { vi: concept, en: concept } }
      : concept,
  );
}

function toVocabulary(concepts: readonly Concept[]): Vocabulary {
  const byCode = new Map(concepts.map((concept) => [concept.code, concept]));
  const byIri = new Map(concepts.map((concept) => [withoutScheme(concept.iri), concept.code]));
  return {
    concepts,
    find: (code) => byCode.get(code),
    codeOf: (iri) => byIri.get(withoutScheme(iri)),
    labelOf: (code, lang) => byCode.get(code)?.label[lang === 'en' ? 'en' : 'vi'] ?? code,
  };
}

const withoutScheme = (iri: string): string => iri.replace(/^https?:/, '');
