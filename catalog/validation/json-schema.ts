import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Finding } from '../kernel/errors.ts';
import { formats, isIri } from '../kernel/formats.ts';
import { schemas } from '../model/schemas.ts';
import { vocabulary } from '../model/vocabularies.ts';
import { messageFor } from './messages.ts';

/*
 * Ajv, compiled once. `x-vocabulary` holds a code against its table; a table marked `x-open` also lets an IRI pass,
 * because other catalogues bring concepts of their own.
 *
 * Anyone may have a record validated, so the time must grow with its size and no faster. That rules out Ajv's own
 * `uniqueItems`, which compares each item with each, and keywords that bring errors of their own, which Ajv copies.
 */

const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
});
for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);
for (const annotation of [
  'x-class',
  'x-refers-to',
  'x-en',
  'x-labels',
  'x-obligation',
  'x-open',
  'x-groups',
  'x-choices',
  'x-suggests',
])
  ajv.addKeyword(annotation);
ajv.addKeyword({
  keyword: 'x-vocabulary',
  type: 'string',
  schemaType: 'string',
  compile: (name: string, parent) => {
    const open = (parent as { readonly 'x-open'?: boolean })['x-open'] === true;
    const { find } = vocabulary(name);
    return (data: string) => find(data) !== undefined || (open && isIri(data));
  },
  errors: false,
});
ajv.removeKeyword('uniqueItems');
ajv.addKeyword({
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  compile: (unique: boolean) => (data: readonly unknown[]) =>
    !unique || repeated(data) === undefined,
  errors: false,
});
for (const schema of schemas.values()) ajv.addSchema(schema);

/** The places of the first two texts that are the same. Everything in our lists that must be unique is text. */
function repeated(
  items: readonly unknown[],
): { readonly i: number; readonly j: number } | undefined {
  const places = new Map<string, number>();
  for (const [i, item] of items.entries()) {
    if (typeof item !== 'string') continue;
    const j = places.get(item);
    if (j !== undefined) return { i, j };
    places.set(item, i);
  }
  return undefined;
}

/** Beyond so many, one more finding helps nobody. */
const mostFindings = 1000;

const compiled = new Map<string, ValidateFunction>();

/**
 * Holds a value against one of our schemas.
 *
 * Gives every violation: its place as an RFC 6901 pointer, the keyword, and a message in both languages. None: valid.
 * A key that is missing or too many is pointed at itself, so that a form can show the message beside the field.
 */
export function validateAgainst(file: string, value: unknown): readonly Finding[] {
  let validate = compiled.get(file);
  if (!validate) {
    validate = ajv.getSchema(file);
    if (!validate) throw new Error(`no schema ${file}`);
    compiled.set(file, validate);
  }
  if (validate(value)) return [];
  const findings = new Map<string, Finding>();
  for (const error of validate.errors ?? []) {
    // The composing keywords only repeat what their parts said.
    if (['if', 'allOf', 'anyOf', 'oneOf'].includes(error.keyword)) continue;
    if (findings.size === mostFindings) break;
    const finding = toFinding(withParams(error));
    findings.set(`${finding.pointer} ${finding.keyword} ${finding.message.en}`, finding);
  }
  return [...findings.values()];
}

/** Says what our own keywords found in the words of JSON Schema: a code that a table does not have fails an `enum`. */
function withParams(error: ErrorObject): ErrorObject {
  if (error.keyword === 'x-vocabulary') {
    const allowedValues = vocabulary(String(error.schema)).concepts.map(({ code }) => code);
    return { ...error, keyword: 'enum', params: { allowedValues } };
  }
  if (error.keyword !== 'uniqueItems') return error;
  return { ...error, params: repeated(error.data as readonly unknown[]) ?? {} };
}

function toFinding(error: ErrorObject): Finding {
  const { missingProperty, additionalProperty, propertyName } = error.params as Record<
    string,
    string | undefined
  >;
  const key = error.keyword === 'required' ? missingProperty : (additionalProperty ?? propertyName);
  const pointer =
    key === undefined
      ? error.instancePath
      : `${error.instancePath}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { pointer, keyword: error.keyword, message: messageFor(error) };
}
