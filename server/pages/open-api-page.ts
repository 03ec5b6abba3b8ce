/** The OpenAPI document as far as a reader sees it. */
export interface OpenApiPage {
  readonly operations: readonly {
    readonly id: string;
    readonly method: string;
    readonly path: string;
    readonly summary: string;
    readonly secured: boolean;
    readonly parameters: readonly {
      readonly name: string;
      readonly description: string;
      readonly required: boolean;
    }[];
    readonly responses: readonly string[];
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

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly security?: unknown;
  readonly parameters?: readonly Parameter[];
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
export function openApiPage(document: OpenApiDocument, lang: 'vi' | 'en'): OpenApiPage {
  const words = (schema: Schema) => (lang === 'en' ? { ...schema, ...schema['x-en'] } : schema);
  return {
    operations: Object.entries(document.paths).flatMap(([path, item]) => {
      const shared = (item['parameters'] ?? []) as readonly Parameter[];
      return methods.flatMap((method) => {
        const operation = item[method] as Operation | undefined;
        if (!operation) return [];
        return [
          {
            id: operation.operationId,
            method: method.toUpperCase(),
            path,
            summary: operation.summary ?? '',
            secured: operation.security !== undefined,
            parameters: [...shared, ...(operation.parameters ?? [])].map((parameter) => ({
              name: parameter.name,
              description: parameter.description ?? '',
              required: parameter.required === true,
            })),
            responses: Object.keys(operation.responses),
          },
        ];
      });
    }),
    schemas: Object.entries(document.components.schemas).flatMap(([name, schema]) => {
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
    }),
  };
}
