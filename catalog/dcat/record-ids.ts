import { hash } from 'node:crypto';
import { slug } from '../kernel/fold.ts';

const longestId = 128;

/**
 * An id from the end of an IRI, else from the identifier or the title; a name that says nothing takes more of its path.
 *
 * @param iri absent for a blank node
 */
export function datasetId(
  iri: string | undefined,
  identifier: string | undefined,
  title: string,
): string {
  const parts = decode(iri ?? identifier ?? title)
    .split(/[/#?=]/)
    .filter((part) => part !== '');
  const last = slug(parts.at(-1) ?? '');
  if (last !== '' && last === slug(identifier ?? '')) return last;
  const saysNothing =
    last.length < 4 || /^(dataset|data|about|id|index|record|show|view)$/.test(last);
  const name = saysNothing ? slug(parts.slice(-2).join('-')) : last;
  return name || slug(identifier ?? '') || slug(title) || `dataset-${digest(iri ?? title)}`;
}

/** An id from an agency's name, else from its IRI; names in other scripts have no slug. Empty: it has neither. */
export function agencyId(name: string, iri: string | undefined): string {
  const id = slug(name) || slug(iri ?? '');
  return id || name === '' ? id : `agency-${digest(name)}`;
}

function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 12);
}

/** Most catalogues number their distributions within the dataset, so the dataset's id stands before the name. */
export function distributionIds(
  dataset: string,
  iris: readonly (string | undefined)[],
): readonly string[] {
  const used = new Set<string>();
  return iris.map((iri, index) => {
    const name = slug(
      decode(iri ?? '')
        .split(/[/#?=]/)
        .at(-1) ?? '',
    );
    const wanted = withName(dataset, name || String(index + 1));
    const id = used.has(wanted) ? withName(dataset, `${name.slice(0, 60)}-${index + 1}`) : wanted;
    used.add(id);
    return id;
  });
}

function withName(dataset: string, name: string): string {
  if (name.startsWith(`${dataset}-`) && name.length <= longestId) return name;
  const room = longestId - dataset.length - 1;
  if (name.length <= room) return `${dataset}-${name}`;
  const digest = hash('sha256', `${dataset}/${name}`, 'hex').slice(0, 16);
  return `${dataset.slice(0, 60)}-${name.slice(0, 48)}-${digest}`;
}

/** The name of a blank node that must have one: from what it belongs to, and the same each time it is read. */
export function skolemLabel(owner: string, n: number): string {
  return `${hash('sha256', owner, 'hex').slice(0, 16)}-${n}`;
}

/** The last part of an IRI as words. */
export function lastPart(iri: string): string {
  return (
    decode(iri)
      .split(/[/#:]/)
      .filter((part) => part !== '')
      .at(-1) ?? iri
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
