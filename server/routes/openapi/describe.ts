/** A JSON object, as OpenAPI is written in. */
export type Json = Readonly<Record<string, unknown>>;

export function component(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

export const problem = { $ref: '#/components/responses/Problem' };
export const secured = [{ token: [] }];

export function parameter(name: string, schema: Json, description: string): Json {
  return { name, in: 'query', required: false, schema, description };
}

export function inPath(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

export const ifMatch: Json = {
  name: 'If-Match',
  in: 'header',
  required: true,
  schema: { type: 'string' },
  description: 'The ETag of the version you read. 428 without it, 412 when somebody was faster.',
};

export function ok(schema: Json, description = 'OK'): Json {
  return { description, content: { 'application/json': { schema } } };
}

export function body(schema: Json, mediaType = 'application/json'): Json {
  return { required: true, content: { [mediaType]: { schema } } };
}
