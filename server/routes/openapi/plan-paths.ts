import { body, component, inPath, type Json, ok, parameter, problem, secured } from './describe.ts';

const text = { type: 'string' };

/** The plan of a year and its roadmap. */
export const planPaths: Json = {
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
};
