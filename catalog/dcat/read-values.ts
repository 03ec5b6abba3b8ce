import { escapeIri, isTemporal } from '../kernel/formats.ts';
import { type Literal, type ObjectTerm, xsd } from '../rdf/terms.ts';
import type { Term } from './context.ts';
import type { Field } from './fields.ts';
import { absolute } from './node-object.ts';

/*
 * Terms of a graph as values of a record. Each gives a value only when that value, published, is the term again, up to
 * the normalisations that ARCHITECTURE.md lists; what gives none is kept among the extras.
 */

/** What a term becomes in a record. `exact` is false where the record's way of saying it leaves something out. */
export interface ReadValue {
  readonly value: string | number;
  readonly exact: boolean;
}

/** Reads a term as a value of a field. Absent: the field cannot say it. */
export function readValue(object: ObjectTerm, field: Field): ReadValue | undefined {
  if (object.termType === 'BlankNode') return undefined;
  if (field.term.kind === 'literal') {
    return object.termType === 'Literal' ? readLiteral(object, field) : undefined;
  }
  const text =
    object.termType === 'Literal' ? iriOfLiteral(object, field) : escapeIri(object.value);
  if (text === undefined) return undefined;
  return { value: field.term.kind === 'code' ? codeOf(text, field) : text, exact: true };
}

function readLiteral(object: Literal, field: Field): ReadValue | undefined {
  const text = object.value;
  if (field.isNumber) {
    if (object.language !== '') return undefined;
    const number = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(number) ? { value: number, exact: true } : undefined;
  }
  if (field.term.datatype === `${xsd}string`) {
    const isPlain = object.language === '' && object.datatype.value === `${xsd}string`;
    return /\S/.test(text) ? { value: text, exact: isPlain } : undefined;
  }
  const value = isDateTerm(field.term) ? cleanMoment(text) : text.trim();
  if (value === undefined) return undefined;
  const wanted = field.datatypeOf(value);
  const isNear = object.datatype.value === wanted || isRetyped(object, field.term);
  return isNear ? { value, exact: true } : undefined;
}

/** Dates, numbers and durations are told by their form, so a source's wrong datatype is corrected. */
function isRetyped({ datatype, language }: Literal, term: Term): boolean {
  return language === '' && (datatype.value.startsWith(xsd) || isDateTerm(term));
}

function isDateTerm(term: Term): boolean {
  return term.datatype === `${xsd}date` || term.datatype === `${xsd}dateTime`;
}

/** A moment as the record wants it: `T` between date and time, seconds, and UTC where no zone is said. */
function cleanMoment(text: string): string | undefined {
  const moment = text.trim().replace(' ', 'T');
  const candidates = [moment, `${moment}Z`, `${moment}:00Z`, moment.slice(0, 10)];
  return candidates.find(isTemporal);
}

/** An address or a code that was written as text. */
function iriOfLiteral({ value, language }: Literal, { term, table }: Field): string | undefined {
  if (language !== '') return undefined;
  const text = value.trim();
  if (table?.find(text)) return absolute(text, term);
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\S/.test(text)) return escapeIri(text);
  const isOwnScheme = /^(mailto|tel):$/.test(term.base ?? '') && text !== '';
  const isMediaType = term.base?.includes('media-types') && /^[\w.+-]+\/[\w.+-]+$/.test(text);
  return isOwnScheme || isMediaType ? absolute(text, term) : undefined;
}

/** The code of an IRI where publishing the code gives the IRI again, else the IRI. http and https are one to a table. */
function codeOf(iri: string, { term, table }: Field): string {
  if (table) return table.codeOf(iri) ?? iri;
  const base = term.base ?? '';
  if (base === '' || !iri.startsWith(base)) return iri;
  const code = iri.slice(base.length);
  return code !== '' && absolute(code, term) === iri ? code : iri;
}
