import { reuseTypes } from '../../../catalog/model/reuse.ts';
import { inquiryActs, inquiryStates } from '../../../catalog/reuse/inquiry-lifecycle.ts';
import { reuseActs } from '../../../catalog/reuse/moderate-reuse.ts';
import { reuseOrders, reuseStates } from '../../../catalog/reuse/reuse-repository.ts';
import { body, component, inPath, type Json, ok, parameter, problem, secured } from './describe.ts';

const text = { type: 'string' };
const paging = [
  parameter('limit', { type: 'integer', minimum: 1, maximum: 100 }, 'Default 50.'),
  parameter('page', { type: 'integer', minimum: 1 }, 'Default 1.'),
];
const dataset = parameter('dataset', text, 'A dataset’s id.');
const acted = {
  200: ok({ type: 'object' }),
  401: problem,
  403: problem,
  404: problem,
  409: problem,
  422: problem,
};
const submitted = {
  201: ok({ type: 'object' }, 'Taken in. A moderator reads it before it is shown.'),
  400: problem,
  422: problem,
  429: problem,
};
const listed = {
  type: 'object',
  required: ['total', 'items'],
  properties: { total: { type: 'integer' }, items: { type: 'array', items: { type: 'object' } } },
};

/** What each act does, and what it brings. */
const inquiryActSummaries: Readonly<Record<string, string>> = {
  show: 'Let the text be seen.',
  reject: 'Reject as spam, with a reason; it is listed and counted no more.',
  take: 'Say that you work on it; your name is for those who answer alone.',
  assign:
    'Say which agency is to answer: the coordinator, or the agency that has it and passes it on.',
  plan: 'Name the dataset or the commitment that will answer a request.',
  answer: 'Answer, for everybody to read.',
  decline: 'Decline with an answer; a request with the law that keeps the data closed.',
};
const inquiryActBody: Json = {
  type: 'object',
  properties: {
    agency: { ...text, description: 'Of assign.' },
    dataset: { ...text, description: 'Of plan, and of answer.' },
    answer: { description: 'Of plan, answer and decline: text, or texts under vi and en.' },
    legalReason: { ...text, description: 'Of decline.' },
    reason: { ...text, description: 'Of reject, which needs it; of assign.' },
  },
};

/** What people make of the data, ask for, and find wrong. */
export const reusePaths: Json = {
  '/api/v1/reuses': {
    get: {
      tags: ['use'],
      operationId: 'listReuses',
      summary: 'Published reuses, the newest first; other states for moderators.',
      parameters: [
        dataset,
        parameter('type', { enum: [...reuseTypes] }, 'Of this type.'),
        parameter('theme', text, 'Of a dataset of this theme.'),
        parameter('agency', text, 'Of a dataset of this agency.'),
        parameter('sort', { enum: [...reuseOrders] }, 'Default newest.'),
        parameter('state', { enum: [...reuseStates] }, 'Default published.'),
        ...paging,
      ],
      responses: { 200: ok(listed), 400: problem, 401: problem, 403: problem },
    },
    post: {
      tags: ['use'],
      operationId: 'submitReuse',
      summary:
        'Register something made with the data; for anybody. `manage` is a private link to change or withdraw it, told once.',
      requestBody: body(component('Reuse')),
      responses: submitted,
    },
  },
  '/api/v1/reuses/{id}': {
    parameters: [inPath('id')],
    get: {
      tags: ['use'],
      operationId: 'getReuse',
      summary: 'One reuse.',
      responses: { 200: ok({ type: 'object' }), 404: problem, 410: problem },
    },
  },
  ...Object.fromEntries(
    reuseActs.map((act) => [
      `/api/v1/reuses/{id}/${act}`,
      {
        parameters: [inPath('id')],
        post: {
          tags: ['use'],
          operationId: `${act}Reuse`,
          summary: `${act.charAt(0).toUpperCase()}${act.slice(1)} a reuse; for the coordinator.`,
          security: secured,
          ...(act !== 'publish' && {
            requestBody: body({
              type: 'object',
              required: ['reason'],
              properties: { reason: text },
            }),
          }),
          responses: acted,
        },
      },
    ]),
  ),
  ...inquiryPaths('/api/v1/requests', 'Request', 'requests for data'),
  ...inquiryPaths('/api/v1/feedback', 'Feedback', 'reports of problems in data'),
};

function inquiryPaths(path: string, name: string, what: string): Json {
  return {
    [path]: {
      get: {
        tags: ['use'],
        operationId: `list${name}`,
        summary: `The ${what}: where each stands, when it is due, and its text once that is shown.`,
        parameters: [
          dataset,
          parameter('agency', text, 'Who is to answer.'),
          parameter('state', { enum: [...inquiryStates] }, 'In this state.'),
          parameter('overdue', { enum: ['true'] }, 'Only what is open after its deadline.'),
          parameter('sort', { enum: ['newest', 'supported', 'due'] }, 'Default newest.'),
          ...paging,
        ],
        responses: { 200: ok(listed), 400: problem },
      },
      post: {
        tags: ['use'],
        operationId: `submit${name}`,
        summary: `Send one of the ${what}; for anybody.`,
        requestBody: body(component(name)),
        responses: { ...submitted, 404: problem, 410: problem },
      },
    },
    [`${path}/{id}`]: {
      parameters: [inPath('id')],
      get: {
        tags: ['use'],
        operationId: `get${name}`,
        summary: 'Where it stands.',
        responses: { 200: ok({ type: 'object' }), 404: problem },
      },
    },
    ...Object.fromEntries(
      inquiryActs.map((act) => [
        `${path}/{id}/${act}`,
        {
          parameters: [inPath('id')],
          post: {
            tags: ['use'],
            operationId: `${act}${name}`,
            summary: inquiryActSummaries[act],
            security: secured,
            ...(act !== 'show' && { requestBody: body(inquiryActBody) }),
            responses: acted,
          },
        },
      ]),
    ),
  };
}
