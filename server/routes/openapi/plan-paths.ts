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
  '/api/v1/plans/{year}/progress': {
    parameters: [inPath('year')],
    get: {
      tags: ['plan'],
      operationId: 'getPlanProgress',
      summary:
        'How far the plan of a year was at the end of a day: whole, by agency and by quarter.',
      parameters: [parameter('at', { type: 'string', format: 'date' }, 'Today when absent.')],
      responses: { 200: ok({ type: 'object' }), 400: problem, 404: problem },
    },
  },
  '/api/v1/plans/{year}/versions': {
    parameters: [inPath('year')],
    get: {
      tags: ['plan'],
      operationId: 'listPlanVersions',
      summary: 'The decisions that issued and amended the plan of a year, the newest first.',
      responses: { 200: ok({ type: 'object' }), 404: problem },
    },
  },
  '/api/v1/plans/{year}/versions/{version}': {
    parameters: [inPath('year'), inPath('version')],
    get: {
      tags: ['plan'],
      operationId: 'getPlanVersion',
      summary: 'A plan as a decision froze it, and what is different from the version before.',
      responses: { 200: ok({ type: 'object' }), 404: problem },
    },
  },
};
