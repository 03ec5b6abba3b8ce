import { scopeNames, scopes } from '../../../catalog/access/scopes.ts';
import type { OpenApiDocument } from '../../pages/open-api-page.ts';
import { componentSchemas, problemSchema } from './component-schemas.ts';
import { criteriaPaths } from './criteria-paths.ts';
import { datasetPaths } from './dataset-paths.ts';
import { component, type Json } from './describe.ts';
import { operationPaths } from './operation-paths.ts';
import { planPaths } from './plan-paths.ts';
import { previewPaths } from './preview-paths.ts';
import { reportPaths } from './report-paths.ts';
import { resourcePaths } from './resource-paths.ts';
import { reusePaths } from './reuse-paths.ts';
import { usePaths } from './use-paths.ts';

/** Describes the API from the schemas that validate it. OpenAPI 3.1, whose schemas are JSON Schema 2020-12. */
export function openApiDocument(baseURL: string): Json & OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Khuê API',
      version: '1',
      summary: 'Dữ liệu mở của thành phố: bản ghi, quy trình, lộ trình, số liệu.',
      description:
        'The record is the feed: what you send is JSON that these schemas validate, and read under /context.jsonld it is the DCAT-AP description itself. Errors are RFC 9457 problem details; a validation error lists every violation with a pointer, a keyword and a message in Vietnamese and English.',
      license: { name: 'CC BY 4.0', identifier: 'CC-BY-4.0' },
    },
    servers: [{ url: baseURL }],
    tags: [{ name: 'datasets' }, { name: 'plan' }, { name: 'use' }, { name: 'operation' }],
    paths: {
      ...datasetPaths,
      ...resourcePaths,
      ...previewPaths,
      ...planPaths,
      ...reportPaths,
      ...usePaths,
      ...reusePaths,
      ...criteriaPaths,
      ...operationPaths,
    } as OpenApiDocument['paths'],
    components: {
      schemas: {
        ...componentSchemas(),
        Problem: problemSchema,
      } as OpenApiDocument['components']['schemas'],
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: tokenScopes } },
      responses: {
        Problem: {
          description: 'What went wrong and what to do about it.',
          content: { 'application/problem+json': { schema: component('Problem') } },
        },
      },
    },
  };
}

/** What tokens are made for, from the table that the workspace shows. */
const tokenScopes = [
  'A token of an agency. It may be made for some uses only:',
  ...scopeNames.map((scope) => `- ${scope}: ${scopes[scope].en}`),
].join('\n');
