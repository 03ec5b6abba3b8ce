import { inPath, type Json, ok, parameter, problem } from './describe.ts';

const text = { type: 'string' };

/** How much is used, and how the plan is doing. */
export const usePaths: Json = {
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
};
