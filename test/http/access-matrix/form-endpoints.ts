import type { EndpointRow } from './matrix.ts';
import { agencyPeople, cityPeople, others, signedIn, type Who } from './people.ts';
import type { World } from './world.ts';

const editors: readonly Who[] = [...agencyPeople, ...cityPeople];
const title = { '/title/vi': 'Tập dữ liệu mới', '/publisher': 'so-xay-dung' };

/** The form of a dataset: `/workspace/datasets/new`, `…/{id}/edit`, and what belongs to them. */
export const formEndpoints: readonly EndpointRow[] = [
  {
    endpoint: 'GET /workspace/datasets/new',
    may: signedIn,
    ask: async () => ({ path: '/workspace/datasets/new' }),
  },
  {
    endpoint: 'POST /workspace/datasets/new',
    may: editors,
    answer: 303,
    ask: async () => ({ path: '/workspace/datasets/new', body: title }),
  },
  {
    // A draft is one's own, whoever one is.
    endpoint: 'POST /workspace/datasets/new/draft',
    may: signedIn,
    ask: async () => ({ path: '/workspace/datasets/new/draft', body: title }),
  },
  own('GET', 'edit', 200),
  own('POST', 'edit', 303, { ...title, revision: '1' }),
  own('POST', 'draft', 200, { ...title, revision: '1' }),
  own('GET', 'preview', 200),
  own('GET', 'revisions', 200),
  {
    endpoint: 'POST /workspace/datasets/:id/revisions/:number/restore',
    may: editors,
    answer: 303,
    hiddenFrom: others,
    ask: async (world) => ({
      path: `/workspace/datasets/${await world.dataset()}/revisions/1/restore`,
      body: { reason: 'Nhầm.' },
    }),
  },
];

/** An address of a draft of the agency; others do not learn that there is one. */
function own(method: 'GET' | 'POST', part: string, answer: number, body?: object): EndpointRow {
  return {
    endpoint: `${method} /workspace/datasets/:id/${part}`,
    may: editors,
    answer,
    hiddenFrom: others,
    ask: async (world: World) => ({
      path: `/workspace/datasets/${await world.dataset()}/${part}`,
      ...(body && { body }),
    }),
  };
}
