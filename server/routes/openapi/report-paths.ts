import { inPath, type Json, ok, parameter, problem } from './describe.ts';

const text = { type: 'string' };

/** The reports that were closed. */
export const reportPaths: Json = {
  '/api/v1/reports': {
    get: {
      tags: ['plan'],
      operationId: 'listReports',
      summary: 'The reports of the strategy that were closed, version by version.',
      responses: { 200: ok({ type: 'object' }) },
    },
  },
  '/api/v1/reports/{id}': {
    parameters: [inPath('id')],
    get: {
      tags: ['plan'],
      operationId: 'getReport',
      summary:
        'A closed report with its figures, which never change: 2026, interim-2027 or final-2030.',
      parameters: [parameter('version', text, 'The last one when absent.')],
      responses: { 200: ok({ type: 'object' }), 400: problem, 404: problem },
    },
  },
};
