import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../kernel/project-root.ts';

/** A JSON Schema document, or a part of one, as far as this product reads it itself. */
export interface SchemaNode {
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly 'x-en'?: { readonly title?: string; readonly description?: string };
  readonly 'x-class'?: string;
  /** The class of what a property points to. */
  readonly 'x-refers-to'?: string;
  readonly 'x-vocabulary'?: string;
  readonly 'x-open'?: boolean;
  /** What DCAT-AP 3 demands or recommends beyond what a draft must have. */
  readonly 'x-obligation'?: 'mandatory' | 'recommended';
  readonly 'x-labels'?: Readonly<Record<string, { readonly vi: string; readonly en: string }>>;
  readonly type?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly if?: SchemaNode;
  readonly then?: SchemaNode;
  readonly else?: SchemaNode;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

const folder = join(projectRoot, 'schemas');

/** The folder of the one truth: schemas, context and vocabularies. */
export const schemasFolder: string = folder;

/** Every `*.schema.json` by its `$id`, read once. */
export const schemas: ReadonlyMap<string, SchemaNode> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.schema.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as SchemaNode]),
);

/** Follows `$ref` to the schema it names; the schema itself when it has none. */
export function resolveSchema(node: SchemaNode, from: string): { node: SchemaNode; file: string } {
  if (node.$ref === undefined) return { node, file: from };
  const [name = '', path = ''] = node.$ref.split('#');
  const file = name === '' ? from : name;
  let target = schemas.get(file);
  for (const step of path.split('/').filter((part) => part !== '')) {
    target = (target as Readonly<Record<string, SchemaNode>> | undefined)?.[step];
  }
  if (!target) throw new Error(`schema reference ${node.$ref} in ${from} leads nowhere`);
  return resolveSchema(target, file);
}
