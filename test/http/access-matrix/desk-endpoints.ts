import type { DatasetState } from '../../../catalog/model/dataset.ts';
import type { EndpointRow } from './matrix.ts';
import { cityPeople, signedIn, type Who } from './people.ts';

const members: readonly Who[] = ['editor', 'approver', ...cityPeople];
const approvers: readonly Who[] = ['approver', ...cityPeople];
const others: readonly Who[] = ['other editor', 'other approver'];

/** `/workspace/datasets`: the table, and the desk of one dataset. Another agency's are not even there. */
export const deskEndpoints: readonly EndpointRow[] = [
  table('/workspace/datasets'),
  table('/workspace/datasets.csv'),
  {
    // Who may not does nothing to any row, and is told so row by row: inventory-desk.test.ts.
    endpoint: 'POST /workspace/datasets/bulk',
    may: signedIn,
    ask: async (world) => ({
      path: '/workspace/datasets/bulk',
      body: { act: 'submit', id: await world.dataset() },
    }),
  },
  {
    endpoint: 'GET /workspace/datasets/:id',
    may: members,
    hiddenFrom: others,
    ask: async (world) => ({ path: `/workspace/datasets/${await world.dataset()}` }),
  },
  act('submit', 'draft', members),
  act('approve', 'in-review', approvers),
  act('return', 'in-review', approvers),
  act('publish', 'approved', members),
  act('withdraw', 'published', approvers),
  act('comment', 'draft', members),
];

function table(path: string): EndpointRow {
  return { endpoint: `GET ${path}`, may: signedIn, ask: async () => ({ path }) };
}

function act(name: string, state: DatasetState, may: readonly Who[]): EndpointRow {
  return {
    endpoint: `POST /workspace/datasets/:id/${name}`,
    may,
    answer: 303,
    hiddenFrom: others,
    ask: async (world) => ({
      path: `/workspace/datasets/${await world.dataset(state)}/${name}`,
      body: {
        reason: 'Thiếu bản đồ.',
        body: 'Xem lại giúp.',
        pointer: '',
        personalData: 'none',
        revision: revisions[state],
      },
    }),
  };
}

/** The revision that a dataset of the world has in a state. */
const revisions: Readonly<Partial<Record<DatasetState, string>>> = {
  draft: '1',
  'in-review': '2',
  approved: '3',
  published: '4',
};
