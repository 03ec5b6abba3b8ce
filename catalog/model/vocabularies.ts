import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../kernel/project-root.ts';

export interface Concept {
  readonly code: string;
  readonly iri: string;
  readonly label: { readonly vi: string; readonly en: string };
  readonly period?: string;
  readonly mediaType?: string;
}

export interface Vocabulary {
  readonly concepts: readonly Concept[];
  find(code: string): Concept | undefined;
  codeOf(iri: string): string | undefined;
  labelOf(code: string, lang: string): string;
}

const loaded = new Map<string, Vocabulary>();

export function vocabulary(name: string): Vocabulary {
  const known = loaded.get(name);
  if (known) return known;
  const file = JSON.parse(
    readFileSync(join(projectRoot, 'schemas', 'vocabularies', `${name}.json`), 'utf8'),
  ) as { concepts: readonly Concept[] };
  const byCode = new Map(file.concepts.map((concept) => [concept.code, concept]));
  const byIri = new Map(file.concepts.map((concept) => [concept.iri, concept]));
  const made: Vocabulary = {
    concepts: file.concepts,
    find: (code) => byCode.get(code),
    codeOf: (iri) => byIri.get(iri)?.code,
    labelOf: (code, lang) => byCode.get(code)?.label[lang === 'en' ? 'en' : 'vi'] ?? code,
  };
  loaded.set(name, made);
  return made;
}
