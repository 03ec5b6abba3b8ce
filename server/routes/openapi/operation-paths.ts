import { type Json, ok, problem } from './describe.ts';

/** For those who run the server. */
export const operationPaths: Json = {
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
