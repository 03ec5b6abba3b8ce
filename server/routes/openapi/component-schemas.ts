import { type SchemaNode, schemas } from '../../../catalog/model/schemas.ts';
import { vocabulary } from '../../../catalog/model/vocabularies.ts';
import type { Json } from './describe.ts';

export const problemSchema: Json = {
  type: 'object',
  required: ['type', 'status', 'title'],
  properties: {
    type: { type: 'string', format: 'uri' },
    status: { type: 'integer' },
    title: { type: 'string' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'keyword', 'message'],
        properties: {
          pointer: { type: 'string', description: 'RFC 6901 JSON Pointer' },
          keyword: { type: 'string' },
          message: {
            type: 'object',
            properties: { vi: { type: 'string' }, en: { type: 'string' } },
          },
        },
      },
    },
  },
};

/** `dataset-series.schema.json` is the component DatasetSeries. */
function componentName(file: string): string {
  return file
    .replace('.schema.json', '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The schemas as OpenAPI components. */
export function componentSchemas(): Json {
  return Object.fromEntries(
    [...schemas].map(([file, schema]) => [componentName(file), localised(schema, file)]),
  );
}

/** The schema with its references turned inwards, and its tables written out as the codes they hold. */
function localised(value: unknown, file: string): unknown {
  if (Array.isArray(value)) return value.map((item) => localised(item, file));
  if (typeof value !== 'object' || value === null) return value;
  const node = value as SchemaNode & Json;
  const local: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(node)) {
    if (key === '$schema' || key === '$id' || key === 'x-open') continue;
    if (key === '$ref') local['$ref'] = localReference(String(item), file);
    else if (key === 'x-vocabulary')
      Object.assign(local, codes(String(item), node['x-open'] === true));
    else local[key] = localised(item, file);
  }
  return local;
}

function localReference(reference: string, file: string): string {
  const [target = '', path = ''] = reference.split('#');
  return `#/components/schemas/${componentName(target || file)}${path}`;
}

function codes(name: string, open: boolean): Json {
  const list = vocabulary(name).concepts.map(({ code }) => code);
  return {
    'x-vocabulary': name,
    ...(open ? { anyOf: [{ enum: list }, { type: 'string', format: 'iri' }] } : { enum: list }),
  };
}
