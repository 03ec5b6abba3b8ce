import { bundledCriteria } from '../../../catalog/criteria/bundled-criteria.ts';
import { criteriaRepository } from '../../../catalog/criteria/criteria-repository.ts';
import type { DatasetState } from '../../../catalog/model/dataset.ts';
import type { Act } from '../../../catalog/model/lifecycle.ts';
import type { EndpointRow } from './matrix.ts';
import { agencyPeople, cityPeople, everyone, nobody, others, type Who } from './people.ts';

const editors: readonly Who[] = [...agencyPeople, ...cityPeople];
const approvers: readonly Who[] = ['approver', ...cityPeople];
/** Who comes with a token that does not count is told so, also where nobody needs one. */
const readers: readonly Who[] = everyone.filter((who) => !nobody.includes(who)).concat('anonymous');

const acts: readonly {
  readonly act: Act;
  readonly from: DatasetState;
  readonly may: readonly Who[];
}[] = [
  { act: 'submit', from: 'draft', may: editors },
  { act: 'approve', from: 'in-review', may: approvers },
  { act: 'return', from: 'in-review', may: approvers },
  { act: 'publish', from: 'approved', may: editors },
  { act: 'withdraw', from: 'published', may: approvers },
];

/** `/api/v1/datasets`, `/api/v1/plans` and `/api/v1/criteria`. */
export const datasetEndpoints: readonly EndpointRow[] = [
  {
    endpoint: 'GET /api/v1/datasets/',
    may: readers,
    ask: async () => ({ path: '/api/v1/datasets' }),
  },
  {
    endpoint: 'GET /api/v1/datasets/:id',
    may: editors,
    hiddenFrom: others,
    ask: async (world) => ({ path: `/api/v1/datasets/${await world.dataset()}` }),
  },
  {
    endpoint: 'GET /api/v1/datasets/:id/quality',
    may: editors,
    hiddenFrom: others,
    ask: async (world) => ({ path: `/api/v1/datasets/${await world.dataset()}/quality` }),
  },
  {
    endpoint: 'GET /api/v1/datasets/:id/revisions',
    may: editors,
    ask: async (world) => ({
      path: `/api/v1/datasets/${await world.dataset('published')}/revisions`,
    }),
  },
  {
    endpoint: 'POST /api/v1/datasets/',
    may: editors,
    answer: 201,
    ask: async (_world, who) => ({
      path: '/api/v1/datasets',
      body: { title: { vi: `Bản ghi mới của ${who}` }, publisher: 'so-xay-dung' },
    }),
  },
  {
    endpoint: 'PUT /api/v1/datasets/:id',
    may: editors,
    hiddenFrom: others,
    ask: async (world) => ({
      path: `/api/v1/datasets/${await world.dataset()}`,
      headers: { 'If-Match': '"1"' },
      body: { title: { vi: 'Đổi tên' }, publisher: 'so-xay-dung' },
    }),
  },
  {
    endpoint: 'PATCH /api/v1/datasets/:id',
    may: editors,
    hiddenFrom: others,
    ask: async (world) => ({
      path: `/api/v1/datasets/${await world.dataset()}`,
      headers: { 'If-Match': '"1"' },
      body: { title: { vi: 'Đổi tên' } },
    }),
  },
  ...acts.map(
    ({ act, from, may }): EndpointRow => ({
      endpoint: `POST /api/v1/datasets/:id/${act}`,
      may,
      // What is published, everybody sees.
      ...(from !== 'published' && { hiddenFrom: others }),
      ask: async (world) => ({
        path: `/api/v1/datasets/${await world.dataset(from)}/${act}`,
        body: { reason: 'Vì lý do này' },
      }),
    }),
  ),
  {
    endpoint: 'PUT /api/v1/datasets/:id/distributions/:distributionId/file',
    may: editors,
    hiddenFrom: others,
    ask: async (world) => {
      const id = await world.dataset();
      return {
        path: `/api/v1/datasets/${id}/distributions/${id}-csv/file`,
        headers: { 'Content-Type': 'text/csv' },
        body: 'a,b\n1,2\n',
      };
    },
  },
  {
    endpoint: 'PUT /api/v1/plans/:year',
    may: cityPeople,
    answer: 201,
    ask: async (_world, who) => ({
      path: `/api/v1/plans/20${30 + everyone.indexOf(who)}`,
      body: { title: { vi: 'Kế hoạch' } },
    }),
  },
  {
    endpoint: 'PUT /api/v1/criteria/:version',
    may: cityPeople,
    answer: 201,
    ask: async ({ server }) => {
      const versions = await criteriaRepository(server.product.database.read).list();
      return {
        path: `/api/v1/criteria/${versions.length + 1}`,
        body: { criteria: bundledCriteria },
      };
    },
  },
];
