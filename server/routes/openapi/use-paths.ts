import { usageKinds } from '../../../catalog/usage/usage-event.ts';
import { type Json, ok, parameter, problem } from './describe.ts';

const text = { type: 'string' };

const counts = {
  type: 'object',
  properties: Object.fromEntries(usageKinds.map((kind) => [kind, { type: 'integer' }])),
};
const metrics: Json = {
  type: 'object',
  required: ['by', 'totals', 'raw', 'figures', 'removed', 'lost'],
  properties: {
    by: { enum: ['day', 'month'] },
    totals: counts,
    raw: counts,
    figures: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          period: text,
          kind: { enum: [...usageKinds] },
          count: { type: 'integer' },
          raw: { type: 'integer' },
        },
      },
    },
    visitors: {
      type: 'array',
      items: { type: 'object', properties: { period: text, count: { type: 'integer' } } },
    },
    removed: { type: 'object', additionalProperties: { type: 'integer' } },
    lost: { type: 'integer' },
  },
};

/** How much is used. */
export const usePaths: Json = {
  '/api/v1/metrics': {
    get: {
      tags: ['use'],
      operationId: 'getMetrics',
      summary: 'Use by day or month, what was left out of it and why, as JSON or CSV.',
      description:
        '`count` is what counts, `raw` everything that was asked for, `removed` how many events each rule left out. `visitors` are estimated with a standard error of 1.6 %; who comes on two days is two. `lost` are events of the whole catalogue that could not be kept.',
      parameters: [
        parameter('dataset', text, 'A dataset’s id.'),
        parameter('agency', text, 'The id of an agency: of the datasets it publishes now.'),
        parameter('theme', text, 'The code of a theme.'),
        parameter('from', { type: 'string', format: 'date' }, 'First day.'),
        parameter('to', { type: 'string', format: 'date' }, 'Last day.'),
        parameter('by', { enum: ['day', 'month'] }, 'Default day.'),
        parameter('format', { enum: ['json', 'csv'] }, 'Or by Accept.'),
      ],
      responses: { 200: ok(metrics), 400: problem },
    },
  },
};
