import { columnTypes, previewFormats } from '../../../catalog/preview/preview-facts.ts';
import { encodings } from '../../../catalog/preview/preview-job.ts';
import { inPath, type Json, ok, parameter, problem } from './describe.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };

const column: Json = {
  type: 'object',
  required: ['name', 'type'],
  properties: { name: text, type: { enum: [...columnTypes] } },
};

const rows: Json = {
  type: 'object',
  required: [
    'distribution',
    'dataset',
    'format',
    'total',
    'page',
    'limit',
    'columns',
    'rows',
    'notes',
  ],
  properties: {
    distribution: text,
    dataset: text,
    format: { enum: [...previewFormats] },
    total: whole,
    page: whole,
    limit: whole,
    columns: { type: 'array', items: column },
    rows: {
      type: 'array',
      items: { type: 'array', items: { type: ['string', 'number', 'boolean', 'null'] } },
    },
    notes: { type: 'object' },
  },
};

const profile: Json = {
  type: 'object',
  required: ['distribution', 'dataset', 'format', 'rows', 'columns', 'notes'],
  properties: {
    distribution: text,
    dataset: text,
    format: { enum: [...previewFormats] },
    rows: whole,
    columns: {
      type: 'array',
      items: {
        ...column,
        properties: {
          name: text,
          type: { enum: [...columnTypes] },
          missing: whole,
          distinct: whole,
          min: text,
          max: text,
          mean: { type: 'number' },
          top: {
            type: 'array',
            items: { type: 'object', properties: { value: text, count: whole } },
          },
          histogram: { type: 'array', items: whole },
        },
      },
    },
    notes: { type: 'object' },
    place: { type: 'object' },
  },
};

const reading = [
  parameter('encoding', { enum: [...encodings] }, 'How a text is encoded. Default: guessed.'),
  parameter('sheet', whole, 'A sheet of a workbook, from 0.'),
];
const preparing = {
  description: 'The table is being prepared: ask again after Retry-After seconds.',
  content: {
    'application/json': {
      schema: { type: 'object', properties: { state: { const: 'preparing' } } },
    },
  },
};

/** A file as a table. */
export const previewPaths: Json = {
  '/api/v1/distributions/{id}/preview': {
    get: {
      tags: ['datasets'],
      operationId: 'getPreview',
      summary: 'The rows of a CSV, XLSX, JSON, GeoJSON or Parquet file of a published dataset.',
      description:
        'Columns are named by their place, from 0: `f3=xe` keeps rows whose fourth cell contains “xe”, whatever its accents and case. Sorted or filtered, the first 10,000 rows can be had.',
      parameters: [
        inPath('id'),
        parameter('page', whole, 'From 1.'),
        parameter('limit', { type: 'integer', maximum: 1000 }, 'Rows on a page. Default 100.'),
        parameter('sort', text, 'The place of a column; with - before it, downwards.'),
        parameter('f0', text, 'What cells of the first column contain; f1, f2, … likewise.'),
        ...reading,
      ],
      responses: {
        200: ok(rows),
        202: preparing,
        400: problem,
        404: problem,
        422: problem,
        503: problem,
      },
    },
  },
  '/api/v1/distributions/{id}/profile': {
    get: {
      tags: ['datasets'],
      operationId: 'getProfile',
      summary:
        'What the columns of a file hold: types, missing and different values, extremes, spread.',
      parameters: [inPath('id'), ...reading],
      responses: { 200: ok(profile), 202: preparing, 404: problem, 422: problem },
    },
  },
};
