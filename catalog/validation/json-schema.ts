import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Finding } from '../kernel/errors.ts';
import { schemas } from '../model/schemas.ts';
import { vocabulary } from '../model/vocabularies.ts';
import { formats, isIri } from './formats.ts';
import { messageFor } from './messages.ts';

/*
 * Ajv, compiled once. `x-vocabulary` holds a code against its table; a table marked `x-open` also lets an IRI pass,
 * because other catalogues bring concepts of their own.
 */

const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
});
for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, validate);
for (const annotation of ['x-class', 'x-refers-to', 'x-en', 'x-labels', 'x-open'])
  ajv.addKeyword(annotation);
ajv.addKeyword({
  keyword: 'x-vocabulary',
  type: 'string',
  schemaType: 'string',
  compile: (name: string, parent) => {
    const open = (parent as { readonly 'x-open'?: boolean })['x-open'] === true;
    const { concepts, find } = vocabulary(name);
    const allowedValues = concepts.map(({ code }) => code);
    const validate: ((data: string) => boolean) & { errors?: Partial<ErrorObject>[] } = (data) => {
      if (find(data) || (open && isIri(data))) return true;
      validate.errors = [{ keyword: 'enum', params: { allowedValues }, data }];
      return false;
    };
    return validate;
  },
});
for (const schema of schemas.values()) ajv.addSchema(schema);

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
    const finding = toFinding(error);
    findings.set(`${finding.pointer} ${finding.keyword} ${finding.message.en}`, finding);
  }
  return [...findings.values()];
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
