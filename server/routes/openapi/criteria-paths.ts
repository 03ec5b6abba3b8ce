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

const text = { type: 'string' };
const period = parameter(
  'period',
  { type: 'string', pattern: '^20\\d{2}(-(Q[1-4]|0[1-9]|1[0-2]))?$' },
  'A month 2026-11, a quarter 2026-Q4 or a year 2026; this year when absent.',
);
const format = parameter('format', { enum: ['json', 'csv'] }, 'Or by Accept.');
const whose = [
  parameter('agency', text, 'An agency’s id.'),
  parameter('theme', text, 'A code of the EU’s data themes.'),
  parameter('dataset', text, 'A dataset’s id.'),
];
const criterion = parameter('criterion', text, 'A criterion’s code.');

/** A value for JSON, a table for CSV. */
function both(schema: Json): Json {
  return {
    description: 'OK',
    content: { 'application/json': { schema }, 'text/csv': { schema: text } },
  };
}

const indicator = {
  type: 'object',
  required: ['code', 'name', 'formula', 'formulaInWords', 'unit', 'weight', 'trend', 'evidence'],
  properties: {
    code: text,
    name: { type: 'object' },
    formula: text,
    formulaInWords: { type: 'object' },
    unit: { enum: ['percent', 'points', 'change', 'count'] },
    weight: { type: 'number' },
    value: { type: 'number', description: 'Absent: there is nothing to measure.' },
    target: { type: 'number' },
    targetYear: text,
    isReached: { type: 'boolean' },
    trend: { type: 'array', items: { type: 'object' } },
    evidence: {
      type: 'object',
      properties: {
        counted: { type: 'number' },
        of: { type: 'number' },
        measures: { type: 'object', additionalProperties: { type: 'number' } },
        against: text,
        missing: { type: 'array', items: text },
      },
    },
  },
};
const indicators = {
  type: 'object',
  required: ['scope', 'period', 'version', 'isClosed', 'items'],
  properties: {
    scope: text,
    period: text,
    version: { type: 'integer', description: 'Of the criteria that the values are computed with.' },
    isClosed: { type: 'boolean', description: 'Whether the values stay as they are.' },
    takenAt: { type: 'string', format: 'date-time' },
    items: { type: 'array', items: indicator },
  },
};

/** How the plan is doing: the criteria, their values, and the records behind them. */
export const criteriaPaths: Json = {
  '/api/v1/indicators': {
    get: {
      tags: ['use'],
      operationId: 'getIndicators',
      summary: 'The plan’s criteria with value, target, trend, formula and evidence, for the city.',
      parameters: [period, criterion, ...whose, format],
      responses: { 200: both(indicators), 400: problem, 404: problem },
    },
  },
  '/api/v1/indicators/{agency}': {
    parameters: [inPath('agency')],
    get: {
      tags: ['use'],
      operationId: 'getAgencyIndicators',
      summary: 'The same for one agency.',
      parameters: [period, criterion, format],
      responses: { 200: both(indicators), 400: problem, 404: problem },
    },
  },
  '/api/v1/evidence': {
    get: {
      tags: ['use'],
      operationId: 'getEvidence',
      summary: 'The records that add up to a measure.',
      parameters: [
        parameter('measure', text, 'A name of /api/v1/criteria.'),
        period,
        ...whose,
        format,
      ],
      responses: { 200: both({ type: 'object' }), 400: problem, 404: problem },
    },
  },
  '/api/v1/rankings': {
    get: {
      tags: ['use'],
      operationId: 'getRanking',
      summary: 'Agencies, each among those with about as many datasets.',
      parameters: [
        parameter('criterion', text, 'By all criteria together when absent.'),
        period,
        format,
      ],
      responses: { 200: both({ type: 'object' }), 400: problem, 404: problem },
    },
  },
  '/api/v1/criteria': {
    get: {
      tags: ['plan'],
      operationId: 'getCriteria',
      summary:
        'The criteria in force, the versions there are, and the measures that formulas may name.',
      responses: { 200: ok({ type: 'object' }) },
    },
  },
  '/api/v1/formula': {
    get: {
      tags: ['plan'],
      operationId: 'previewFormula',
      summary: 'What a formula would give for the city this year, or what is wrong with it.',
      parameters: [parameter('formula', text, 'As in a criterion.')],
      responses: { 200: ok({ type: 'object' }) },
    },
  },
  '/api/v1/criteria/{version}': {
    parameters: [inPath('version')],
    get: {
      tags: ['plan'],
      operationId: 'getCriteriaVersion',
      summary: 'A version of the criteria.',
      responses: { 200: ok(component('CriteriaSet')), 400: problem, 404: problem },
    },
    put: {
      tags: ['plan'],
      operationId: 'saveCriteria',
      summary:
        'Write the newest version, or the next; for the coordinator. Without inForceFrom it is a draft. If-Match once it exists.',
      security: secured,
      parameters: [{ ...ifMatch, required: false }],
      requestBody: body(component('CriteriaSet')),
      responses: {
        200: ok(component('CriteriaSet')),
        201: ok(component('CriteriaSet')),
        400: problem,
        403: problem,
        409: problem,
        412: problem,
        422: problem,
        428: problem,
      },
    },
  },
};
