import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../server/routes/openapi/openapi-document.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const document = JSON.parse(JSON.stringify(openApiDocument('https://data.example.vn'))) as {
  readonly openapi: string;
  readonly info: Readonly<Record<string, string>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};
const methods = ['get', 'put', 'post', 'patch', 'delete'];
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => methods.includes(method))
    .map(([method, operation]) => ({ path, method, operation: operation as Operation, item })),
);

function referencesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === '$ref' ? [String(item)] : referencesOf(item),
  );
}

function follow(reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (node, step) => (node as Record<string, unknown> | undefined)?.[step],
      document,
    );
}

describe('the OpenAPI document', () => {
  it('is of version 3.1 with all that it must have', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  });

  it('refers only to what it holds', () => {
    const references = referencesOf(document);

    expect(references.length).toBeGreaterThan(50);
    expect(
      references.filter((each) => !each.startsWith('#/') || follow(each) === undefined),
    ).toEqual([]);
  });

  it('names each operation once, and each parameter of its path', () => {
    const names = operations.map(({ operation }) => operation.operationId);

    expect(new Set(names).size).toBe(names.length);
    for (const { path, operation, item } of operations) {
      const shared = (item['parameters'] ?? []) as Operation['parameters'];
      const declared = [...(shared ?? []), ...(operation.parameters ?? [])]
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([path, declared]).toEqual([path, inPath]);
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
    }
  });

  it('has schemas that a validator of JSON Schema 2020-12 takes', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'api', components: document.components });
    const validate = ajv.compile({ $ref: 'api#/components/schemas/Dataset' });

    expect(validate(aDataset())).toBe(true);
    expect(validate({ ...aDataset(), title: 1 })).toBe(false);
  });
});

describe('every documented operation', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  it.each(operations)(
    '$method $path answers as documented',
    async ({ path, method, operation }) => {
      const id = `mo-ta-${operation.operationId.toLowerCase()}`;
      await server.publish(aDataset({ id }));
      const address = path
        .replace('{id}', id)
        .replace('{distributionId}', `${id}-csv`)
        .replace('{agency}', 'so-xay-dung')
        .replace('{year}', '2026')
        .replace('{version}', '1');
      const who = operation.security ? await server.as('coordinator') : {};
      const body = method === 'get' ? undefined : { reason: 'Thử', title: { vi: 'Thử' } };
      const answer = await server.send(method.toUpperCase(), address, body, {
        ...who,
        'If-Match': '*',
      });

      expect(Object.keys(operation.responses)).toContain(String(answer.status));
      expect(await answer.text()).not.toContain('address-unknown');
    },
  );

  it.each(operations.filter(({ operation }) => operation.security))(
    '$method $path asks who is there',
    async ({ path, method }) => {
      const answer = await server.send(
        method.toUpperCase(),
        path.replaceAll(/\{\w+\}/g, '2026'),
        method === 'get' ? undefined : {},
        { 'If-Match': '*' },
      );

      expect(answer.status).toBe(401);
    },
  );
});
