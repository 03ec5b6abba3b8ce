import { resolveSchema, type SchemaNode, schemas } from '../../catalog/model/schemas.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext } from './page-context.ts';

/*
 * Forms for everybody, drawn from the schemas: what a field is called, what helps, what may be chosen, how long it may
 * be. A text in languages is one field a language, `title.vi`.
 */

/** The schemas that the public may send something of. */
export type PublicSchema = 'reuse' | 'request' | 'feedback';

/** One field of a form. */
export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly kind: 'line' | 'text' | 'choice' | 'email' | 'url';
  readonly value: string;
  /** What is wrong with it; empty: nothing. */
  readonly problem: string;
  readonly isRequired: boolean;
  readonly maxLength: number;
  readonly choices: readonly FormChoice[];
}

export interface FormChoice {
  readonly value: string;
  readonly label: string;
  readonly lang?: string;
}

const languages = ['vi', 'en'] as const;
const longLine = 300;

/** Draws the fields of a form; `title.vi` names the Vietnamese part of a text in languages. */
export function drawForm(
  schema: PublicSchema,
  form: URLSearchParams,
  findings: FormFindings,
  context: PageContext,
) {
  const root = schemaOf(schema);
  return {
    /** @param choices absent: those of the schema */
    field(id: string, choices?: readonly FormChoice[]): FormField {
      const [name = '', language] = id.split('.');
      const property = propertyOf(root, name);
      const part = language === undefined ? property : propertyOf(property, language);
      const words = wordsOf(property, context);
      const isOther = language !== undefined && language !== context.lang;
      const pointer = `/${id.replace('.', '/')}`;
      const ofWhole = language === undefined || isOther ? undefined : findings.at(`/${name}`);
      return {
        id,
        label: isOther ? `${words.title} (${wordsOf(part, context).title})` : words.title,
        help: isOther ? '' : words.description,
        kind: kindOf(part, choices),
        value: form.get(id) ?? '',
        problem: findings.at(pointer) ?? ofWhole ?? '',
        isRequired: root.required?.includes(name) === true && !isOther,
        maxLength: part.maxLength ?? longLine,
        choices: choices ?? choicesOf(part, context),
      };
    },
    /** The fields of a text: the page's language first. */
    texts(name: string): readonly FormField[] {
      const [own, other] = context.lang === 'vi' ? languages : [...languages].reverse();
      return [this.field(`${name}.${own}`), this.field(`${name}.${other}`)];
    },
  };
}

/** What was typed, as the schema reads it: empty fields are left out. */
export function inputOf(schema: PublicSchema, form: URLSearchParams): Record<string, unknown> {
  const entries = Object.entries(schemaOf(schema).properties ?? {}).flatMap(([name, node]) => {
    const value = readField(name, node, form);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

/** A record as the fields of its form. */
export function fieldsFrom(record: object): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(record) as [string, unknown][]) {
    if (Array.isArray(value)) for (const each of value) fields.append(name, String(each));
    else if (typeof value === 'string') fields.set(name, value);
    else if (typeof value === 'object' && value !== null) {
      for (const language of languages) {
        const text = (value as Readonly<Record<string, unknown>>)[language];
        if (typeof text === 'string') fields.set(`${name}.${language}`, text);
      }
    }
  }
  return fields;
}

/** The label of a value that a schema lets choose: `application` is Ứng dụng. */
export function labelOf(
  schema: PublicSchema,
  name: string,
  value: string,
  { lang }: PageContext,
): string {
  return propertyOf(schemaOf(schema), name)['x-labels']?.[value]?.[lang] ?? value;
}

/** What a property is called. */
export function titleOf(schema: PublicSchema, name: string, context: PageContext): string {
  return wordsOf(propertyOf(schemaOf(schema), name), context).title;
}

/** The values that a schema lets choose, with their labels. */
export function schemaChoices(
  schema: PublicSchema,
  name: string,
  context: PageContext,
): readonly FormChoice[] {
  return choicesOf(propertyOf(schemaOf(schema), name), context);
}

function schemaOf(schema: PublicSchema): SchemaNode {
  const node = schemas.get(`${schema}.schema.json`);
  if (!node) throw new Error(`no schema ${schema}`);
  return node;
}

function propertyOf(node: SchemaNode, name: string): SchemaNode {
  const property = node.properties?.[name];
  if (!property) throw new Error(`no property ${name} in the schema`);
  return resolveSchema(property, 'definitions.schema.json').node;
}

function wordsOf(node: SchemaNode, { lang }: PageContext) {
  const words = lang === 'en' ? node['x-en'] : node;
  return { title: words?.title ?? '', description: words?.description ?? '' };
}

function kindOf(node: SchemaNode, choices: readonly FormChoice[] | undefined): FormField['kind'] {
  if (choices || node.enum) return 'choice';
  if (node.format === 'email') return 'email';
  if (node.format === 'web') return 'url';
  return (node.maxLength ?? 0) > longLine && node.format === 'text' ? 'text' : 'line';
}

function choicesOf(node: SchemaNode, { lang }: PageContext): readonly FormChoice[] {
  return (node.enum ?? []).map((value) => {
    const code = String(value);
    return { value: code, label: node['x-labels']?.[code]?.[lang] ?? code };
  });
}

function readField(name: string, node: SchemaNode, form: URLSearchParams): unknown {
  if (node.type === 'array') {
    const values = form.getAll(name).filter((value) => value !== '');
    return values.length > 0 ? [...new Set(values)] : undefined;
  }
  if (node.type !== 'object') return form.get(name)?.trim() || undefined;
  const texts = languages.flatMap((language) => {
    const text = form.get(`${name}.${language}`)?.trim();
    return text ? [[language, text] as const] : [];
  });
  return texts.length > 0 ? Object.fromEntries(texts) : undefined;
}
