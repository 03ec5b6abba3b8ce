import { body, component, ifMatch, inPath, type Json, ok, problem, secured } from './describe.ts';

function pathsOf(path: string, name: string, noun: string): Json {
  const schema = component(name);
  const tags = ['datasets'];
  return {
    [`/api/v1/${path}`]: {
      get: {
        tags,
        operationId: `list${name}`,
        summary: `Every ${noun} in the catalogue.`,
        responses: {
          200: ok({ type: 'object', properties: { items: { type: 'array', items: schema } } }),
        },
      },
      post: {
        tags,
        operationId: `register${name}`,
        summary: `Register a ${noun}; it is in the open at once.`,
        security: secured,
        requestBody: body(schema),
        responses: {
          201: ok(schema, 'Created'),
          401: problem,
          403: problem,
          409: problem,
          422: problem,
        },
      },
    },
    [`/api/v1/${path}/{id}`]: {
      parameters: [inPath('id')],
      get: {
        tags,
        operationId: `get${name}`,
        summary: `One ${noun}.`,
        responses: { 200: ok(schema), 404: problem, 410: problem },
      },
      put: {
        tags,
        operationId: `replace${name}`,
        summary: `Replace a ${noun}.`,
        security: secured,
        parameters: [ifMatch],
        requestBody: body(schema),
        responses: { 200: ok(schema), 404: problem, 412: problem, 422: problem, 428: problem },
      },
    },
    [`/api/v1/${path}/{id}/withdraw`]: {
      parameters: [inPath('id')],
      post: {
        tags,
        operationId: `withdraw${name}`,
        summary: `Take a ${noun} out of the catalogue; its address tells so for ever.`,
        security: secured,
        requestBody: body({
          type: 'object',
          required: ['reason'],
          properties: { reason: { type: 'string' } },
        }),
        responses: { 200: ok(schema), 403: problem, 404: problem, 422: problem },
      },
    },
  };
}

/** Series of datasets and data services. */
export const resourcePaths: Json = {
  ...pathsOf('series', 'DatasetSeries', 'series of datasets'),
  ...pathsOf('services', 'DataService', 'data service'),
};
