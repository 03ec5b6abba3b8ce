import type { Shown } from './page-context.ts';

export interface OperationView {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The document's prose is English. */
  readonly summary: Shown;
  /** An address that answers now; absent: it cannot be had by following a link. */
  readonly example?: string;
  readonly secured: boolean;
  readonly parameters: readonly {
    readonly name: string;
    readonly description: Shown;
    readonly required: boolean;
  }[];
  /** What is sent, as `Dataset (application/json)`; absent for operations without a body. */
  readonly body?: readonly BodyView[];
  readonly responses: readonly {
    readonly status: string;
    readonly bodies: readonly BodyView[];
  }[];
}

export interface BodyView {
  readonly mediaType: string;
  /** The component it is; absent for what has no name. */
  readonly schema?: string;
}

/** The OpenAPI document as far as a reader sees it. */
export interface OpenApiPage {
  readonly groups: readonly {
    readonly name: string;
    readonly operations: readonly OperationView[];
  }[];
  readonly schemas: readonly {
    readonly name: string;
    readonly title: string;
    readonly fields: readonly {
      readonly name: string;
      readonly title: string;
      readonly description?: string;
      readonly required: boolean;
    }[];
  }[];
}

interface Parameter {
  readonly name: string;
  readonly description?: string;
  readonly required?: boolean;
}

interface Body {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: unknown;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly 'x-en'?: { readonly title?: string; readonly description?: string };
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

export interface OpenApiDocument {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Operation | readonly Parameter[]>>>
  >;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly [part: string]: unknown;
  };
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Draws the document for people, in the language of the page where the schemas have words in it. */
export function openApiPage(
  document: OpenApiDocument,
  examples: ReadonlyMap<string, string>,
  lang: 'vi' | 'en',
): OpenApiPage {
  const operations = operationsOf(document, examples, lang);
  const names = [...new Set(operations.map(({ tag }) => tag))];
  return {
    groups: names.map((name) => ({
      name,
      operations: operations.filter(({ tag }) => tag === name).map(({ view }) => view),
    })),
    schemas: schemasOf(document, lang),
  };
}

function operationsOf(
  document: OpenApiDocument,
  examples: ReadonlyMap<string, string>,
  lang: 'vi' | 'en',
) {
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const shared = (item['parameters'] ?? []) as readonly Parameter[];
    return methods.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      if (!operation) return [];
      const view = operationView(method, path, operation, shared, document, lang);
      const example = method === 'get' ? examples.get(path) : undefined;
      const shown = { ...view, ...(example !== undefined && { example }) };
      return [{ tag: operation.tags?.[0] ?? '', view: shown }];
    });
  });
}

function operationView(
  method: string,
  path: string,
  operation: Operation,
  shared: readonly Parameter[],
  document: OpenApiDocument,
  lang: 'vi' | 'en',
): OperationView {
  const english = (text = ''): Shown => (lang === 'en' ? { text } : { text, lang: 'en' });
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: english(operation.summary),
    secured: operation.security !== undefined,
    parameters: [...shared, ...(operation.parameters ?? [])].map((parameter) => ({
      name: parameter.name,
      description: english(parameter.description),
      required: parameter.required === true,
    })),
    ...(operation.requestBody && { body: bodiesOf(operation.requestBody) }),
    responses: Object.entries(operation.responses).map(([status, written]) => ({
      status,
      bodies: bodiesOf(resolved(written as Body, document)),
    })),
  };
}

function bodiesOf({ content = {} }: Body): readonly BodyView[] {
  return Object.entries(content).map(([mediaType, { schema }]) => {
    const name = schema?.$ref?.split('/').at(-1);
    return { mediaType, ...(name !== undefined && { schema: name }) };
  });
}

/** Follows a reference into the components, which is where shared answers stand. */
function resolved(body: Body, document: OpenApiDocument): Body {
  if (body.$ref === undefined) return body;
  let target: unknown = document;
  for (const step of body.$ref.split('/').slice(1)) {
    target = (target as Readonly<Record<string, unknown>> | undefined)?.[step];
  }
  return (target ?? {}) as Body;
}

function schemasOf(document: OpenApiDocument, lang: 'vi' | 'en'): OpenApiPage['schemas'] {
  const words = (schema: Schema) => (lang === 'en' ? { ...schema, ...schema['x-en'] } : schema);
  return Object.entries(document.components.schemas).flatMap(([name, schema]) => {
    const fields = Object.entries(schema.properties ?? {}).map(([field, property]) => {
      const { title, description } = words(property);
      return {
        name: field,
        title: title ?? '',
        ...(description !== undefined && { description }),
        required: schema.required?.includes(field) ?? false,
      };
    });
    return fields.length > 0 ? [{ name, title: words(schema).title ?? '', fields }] : [];
  });
}
