import { transitions } from '../../../catalog/model/lifecycle.ts';
import { facetNames, sortNames } from '../../../catalog/search/search-query.ts';
import {
  body,
  component,
  ifMatch,
  inPath,
  type Json,
  ok,
  parameter,
  problem,
  secured,
} from './describe.ts';

const dataset = component('Dataset');
const text = { type: 'string' };

/** Records and their workflow. */
export const datasetPaths: Json = {
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
};
