import { transitions } from '../../catalog/model/lifecycle.ts';
import { type SchemaNode, schemas } from '../../catalog/model/schemas.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import { facetNames, sortNames } from '../../catalog/search/search-query.ts';

import type { OpenApiDocument } from '../pages/open-api-page.ts';

type Json = Readonly<Record<string, unknown>>;

/** Describes the API from the schemas that validate it. OpenAPI 3.1, whose schemas are JSON Schema 2020-12. */
export function openApiDocument(baseURL: string): Json & OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Khuê API',
      version: '1',
      summary: 'Dữ liệu mở của thành phố: bản ghi, quy trình, lộ trình, số liệu.',
      description:
        'The record is the feed: what you send is JSON that these schemas validate, and read under /context.jsonld it is the DCAT-AP description itself. Errors are RFC 9457 problem details; a validation error lists every violation with a pointer, a keyword and a message in Vietnamese and English.',
      license: { name: 'CC BY 4.0', identifier: 'CC-BY-4.0' },
    },
    servers: [{ url: baseURL }],
    tags: [{ name: 'datasets' }, { name: 'plan' }, { name: 'use' }, { name: 'operation' }],
    paths: paths() as OpenApiDocument['paths'],
    components: {
      schemas: {
        ...componentSchemas(),
        Problem: problemSchema,
      } as OpenApiDocument['components']['schemas'],
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: {
        Problem: {
          description: 'What went wrong and what to do about it.',
          content: { 'application/problem+json': { schema: component('Problem') } },
        },
      },
    },
  };
}

const problemSchema: Json = {
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

function component(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

/** `dataset-series.schema.json` is the component DatasetSeries. */
function componentName(file: string): string {
  return file
    .replace('.schema.json', '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function componentSchemas(): Json {
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

const problem = { $ref: '#/components/responses/Problem' };
const secured = [{ token: [] }];

function parameter(name: string, schema: Json, description: string): Json {
  return { name, in: 'query', required: false, schema, description };
}

function inPath(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

const ifMatch: Json = {
  name: 'If-Match',
  in: 'header',
  required: true,
  schema: { type: 'string' },
  description: 'The ETag of the version you read. 428 without it, 412 when somebody was faster.',
};

function ok(schema: Json, description = 'OK'): Json {
  return { description, content: { 'application/json': { schema } } };
}

function body(schema: Json, mediaType = 'application/json'): Json {
  return { required: true, content: { [mediaType]: { schema } } };
}

function paths(): Json {
  const dataset = component('Dataset');
  const text = { type: 'string' };
  return {
    '/api/v1/datasets': {
      get: {
        tags: ['datasets'],
        operationId: 'listDatasets',
        summary: 'Datasets that are published, and with a token your agency’s own.',
        parameters: [
          parameter('q', text, 'Words to search for, with or without diacritics.'),
          ...facetNames.map((name) => parameter(name, text, 'May be repeated.')),
          parameter('state', text, 'Only with a token of the agency.'),
          parameter('sort', { enum: sortNames }, 'Order of a search.'),
          parameter(
            'limit',
            { type: 'integer', minimum: 1, maximum: 1000, default: 50 },
            'Page size.',
          ),
          parameter('cursor', text, 'From the link "next".'),
        ],
        responses: {
          200: ok({
            type: 'object',
            properties: {
              items: { type: 'array', items: dataset },
              next: { type: 'string', format: 'uri' },
            },
          }),
          400: problem,
        },
      },
      post: {
        tags: ['datasets'],
        operationId: 'registerDataset',
        summary: 'Register a dataset as a draft.',
        security: secured,
        requestBody: body(dataset),
        responses: {
          201: ok(dataset, 'Created'),
          400: problem,
          401: problem,
          403: problem,
          409: problem,
          422: problem,
        },
      },
    },
    '/api/v1/datasets/{id}': {
      parameters: [inPath('id')],
      get: {
        tags: ['datasets'],
        operationId: 'getDataset',
        summary: 'One dataset.',
        responses: { 200: ok(dataset), 404: problem, 410: problem },
      },
      put: {
        tags: ['datasets'],
        operationId: 'replaceDataset',
        summary: 'Replace a dataset; what is published changes with it.',
        security: secured,
        parameters: [ifMatch],
        requestBody: body(dataset),
        responses: { 200: ok(dataset), 404: problem, 412: problem, 422: problem, 428: problem },
      },
      patch: {
        tags: ['datasets'],
        operationId: 'patchDataset',
        summary: 'Change parts of a dataset (RFC 7396 merge patch).',
        security: secured,
        parameters: [ifMatch],
        requestBody: body({ type: 'object' }, 'application/merge-patch+json'),
        responses: { 200: ok(dataset), 404: problem, 412: problem, 422: problem, 428: problem },
      },
    },
    '/api/v1/datasets/{id}/quality': {
      parameters: [inPath('id')],
      get: {
        tags: ['datasets'],
        operationId: 'showQuality',
        summary:
          'The score on the European assessment (405 points) and the six criteria, what would raise it, and its history.',
        responses: { 200: ok({ type: 'object' }), 404: problem, 410: problem },
      },
    },
    '/api/v1/agencies/{id}/quality': {
      parameters: [inPath('id')],
      get: {
        tags: ['datasets'],
        operationId: 'showAgencyQuality',
        summary:
          'The average of what an agency has published, what is missing most often, and its history.',
        responses: { 200: ok({ type: 'object' }), 404: problem },
      },
    },
    '/api/v1/datasets/{id}/revisions': {
      parameters: [inPath('id')],
      get: {
        tags: ['datasets'],
        operationId: 'listRevisions',
        summary: 'Every revision, newest first.',
        security: secured,
        responses: { 200: ok({ type: 'object' }), 403: problem, 404: problem },
      },
    },
    ...Object.fromEntries(
      Object.entries(transitions).map(([act, { from, to, roles, reason }]) => [
        `/api/v1/datasets/{id}/${act}`,
        {
          parameters: [inPath('id')],
          post: {
            tags: ['datasets'],
            operationId: `${act}Dataset`,
            summary: `From ${from.join(' or ')} to ${to}; for ${roles.join(', ')}.`,
            security: secured,
            ...(reason && {
              requestBody: body({
                type: 'object',
                required: ['reason'],
                properties: { reason: text },
              }),
            }),
            responses: { 200: ok(dataset), 403: problem, 404: problem, 409: problem, 422: problem },
          },
        },
      ]),
    ),
    '/api/v1/datasets/{id}/distributions/{distributionId}/file': {
      parameters: [inPath('id'), inPath('distributionId')],
      put: {
        tags: ['datasets'],
        operationId: 'uploadFile',
        summary: 'Upload the file of a distribution.',
        security: secured,
        parameters: [parameter('filename', text, 'Name under which it is downloaded.')],
        requestBody: {
          required: true,
          content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
        },
        responses: { 200: ok(dataset), 404: problem, 409: problem },
      },
    },
    '/api/v1/validate': {
      post: {
        tags: ['datasets'],
        operationId: 'validateDataset',
        summary: 'What is wrong with a record; nothing is stored.',
        requestBody: body(dataset),
        responses: { 200: ok({ type: 'object' }), 400: problem },
      },
    },
    '/api/v1/roadmap': {
      get: {
        tags: ['plan'],
        operationId: 'getRoadmap',
        summary: 'What is released when, and what became of it.',
        parameters: [parameter('year', text, 'The newest plan when absent.')],
        responses: { 200: ok({ type: 'object' }), 400: problem },
      },
    },
    '/api/v1/plans/{year}': {
      parameters: [inPath('year')],
      get: {
        tags: ['plan'],
        operationId: 'getPlan',
        summary: 'The plan of a year.',
        responses: { 200: ok(component('Plan')), 404: problem },
      },
      put: {
        tags: ['plan'],
        operationId: 'savePlan',
        summary: 'Write the plan of a year; for the coordinator. If-Match once it exists.',
        security: secured,
        requestBody: body(component('Plan')),
        responses: {
          200: ok(component('Plan')),
          201: ok(component('Plan')),
          403: problem,
          412: problem,
          422: problem,
          428: problem,
        },
      },
    },
    '/api/v1/metrics': {
      get: {
        tags: ['use'],
        operationId: 'getMetrics',
        summary: 'Downloads by day or month, as JSON or CSV.',
        parameters: [
          parameter('dataset', text, 'A dataset’s id.'),
          parameter('agency', text, 'An agency’s id.'),
          parameter('from', { type: 'string', format: 'date' }, 'First day.'),
          parameter('to', { type: 'string', format: 'date' }, 'Last day.'),
          parameter('by', { enum: ['day', 'month'] }, 'Default day.'),
          parameter('format', { enum: ['json', 'csv'] }, 'Or by Accept.'),
        ],
        responses: { 200: ok({ type: 'object' }), 400: problem },
      },
    },
    '/api/v1/indicators': {
      get: {
        tags: ['use'],
        operationId: 'getIndicators',
        summary: 'The plan’s criteria with value, target, formula and evidence.',
        responses: { 200: ok({ type: 'object' }) },
      },
    },
    '/api/v1/indicators/{agency}': {
      parameters: [inPath('agency')],
      get: {
        tags: ['use'],
        operationId: 'getAgencyIndicators',
        summary: 'The same for one agency.',
        responses: { 200: ok({ type: 'object' }), 404: problem },
      },
    },
    '/healthz': {
      get: {
        tags: ['operation'],
        operationId: 'health',
        summary: 'Is it alive?',
        responses: { 200: ok({ type: 'object' }) },
      },
    },
    '/readyz': {
      get: {
        tags: ['operation'],
        operationId: 'readiness',
        summary: 'Is it ready?',
        responses: { 200: ok({ type: 'object' }), 503: problem },
      },
    },
  };
}
