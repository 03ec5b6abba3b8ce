import { operator } from '../../../catalog/access/actor.ts';
import type { EndpointRow } from './matrix.ts';
import { cityPeople, signedIn, type Who } from './people.ts';

const administrators: readonly Who[] = ['administrator'];
const tokenMakers: readonly Who[] = ['approver', ...cityPeople];
const auditReaders: readonly Who[] = ['approver', 'other approver', ...cityPeople];

/** `/workspace`. */
export const workspaceEndpoints: readonly EndpointRow[] = [
  page('/workspace', signedIn),
  page('/workspace/account', signedIn),
  page('/workspace/people', administrators),
  page('/workspace/tokens', ['other approver', ...tokenMakers]),
  page('/workspace/criteria', cityPeople),
  {
    endpoint: 'POST /workspace/criteria',
    may: cityPeople,
    answer: 303,
    ask: async () => ({ path: '/workspace/criteria', body: { act: 'begin' } }),
  },
  {
    endpoint: 'GET /workspace/plans/:year/annex.:suffix',
    may: cityPeople,
    ask: async () => ({ path: '/workspace/plans/2026/annex.docx' }),
  },
  page('/workspace/reports', cityPeople),
  {
    endpoint: 'GET /workspace/reports/:id',
    may: cityPeople,
    ask: async () => ({ path: '/workspace/reports/2026' }),
  },
  {
    endpoint: 'GET /workspace/reports/:id.:suffix',
    may: cityPeople,
    ask: async () => ({ path: '/workspace/reports/2026.xlsx' }),
  },
  {
    endpoint: 'POST /workspace/reports/:id',
    may: cityPeople,
    answer: 303,
    ask: async ({ server }) => {
      const { items } = (await (await server.get('/api/v1/reports')).json()) as { items: object[] };
      return {
        path: '/workspace/reports/2026',
        body: { version: String(items.length), reason: 'Đính chính' },
      };
    },
  },
  page('/workspace/audit', auditReaders),
  page('/workspace/audit.csv', auditReaders),
  {
    endpoint: 'GET /workspace/people/:id',
    may: administrators,
    ask: async (world) => ({ path: `/workspace/people/${await world.account()}` }),
  },
  {
    endpoint: 'POST /workspace/people',
    may: administrators,
    ask: async (_world, who) => ({
      path: '/workspace/people',
      body: {
        name: 'Người mới',
        email: `moi-${who.replace(' ', '-')}@example.vn`,
        role: 'coordinator',
        agency: '',
      },
    }),
  },
  {
    endpoint: 'POST /workspace/people/:id',
    may: administrators,
    answer: 303,
    ask: async (world) => ({
      path: `/workspace/people/${await world.account()}`,
      body: { name: 'Tên khác', role: 'administrator', agency: '' },
    }),
  },
  {
    endpoint: 'POST /workspace/people/:id/link',
    may: administrators,
    ask: async (world) => ({ path: `/workspace/people/${await world.account()}/link` }),
  },
  {
    endpoint: 'POST /workspace/people/:id/disable',
    may: administrators,
    answer: 303,
    ask: async (world) => ({ path: `/workspace/people/${await world.account()}/disable` }),
  },
  {
    endpoint: 'POST /workspace/people/:id/enable',
    may: administrators,
    answer: 303,
    ask: async (world) => ({ path: `/workspace/people/${world.accounts.disabled}/enable` }),
  },
  {
    endpoint: 'POST /workspace/tokens',
    may: tokenMakers,
    ask: async () => ({
      path: '/workspace/tokens',
      body: {
        label: 'Kho dữ liệu',
        agency: 'so-xay-dung',
        role: 'editor',
        scope: 'datasets:read',
        lastDay: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      },
    }),
  },
  {
    endpoint: 'POST /workspace/tokens/:id/revoke',
    may: tokenMakers,
    answer: 303,
    hiddenFrom: ['other approver'],
    ask: async ({ server }) => {
      const input = { label: 'x', role: 'editor', agency: 'so-xay-dung' } as const;
      const { id } = await server.product.tokens.create(input, operator);
      return { path: `/workspace/tokens/${id}/revoke` };
    },
  },
  {
    // Nobody changes a password but their own, with the one they have: 422 says that it was wrong.
    endpoint: 'POST /workspace/account',
    may: signedIn,
    answer: 422,
    ask: async () => ({ path: '/workspace/account', body: { current: 'x', password: 'y' } }),
  },
  {
    // Ends nothing: the session is somebody else’s.
    endpoint: 'POST /workspace/account/sessions/:id/end',
    may: signedIn,
    answer: 303,
    ask: async ({ server, accounts }, who) => {
      const sessions = server.product.database.read.selectFrom('session').select('id');
      const theirs = await sessions
        .where('account_id', '!=', accounts[who])
        .executeTakeFirstOrThrow();
      return { path: `/workspace/account/sessions/${theirs.id}/end` };
    },
  },
];

/** Where one comes in: for everybody, and with proofs of their own. Tested in sign-in, people and single-sign-on. */
export const doors: readonly string[] = [
  'GET /workspace/sign-in',
  'POST /workspace/sign-in',
  'POST /workspace/sign-out',
  'GET /workspace/due.ics',
  'GET /workspace/link',
  'POST /workspace/link',
  'GET /workspace/sign-in/oidc',
  'GET /workspace/sign-in/oidc/callback',
  'GET /workspace/sign-out/oidc',
];

function page(path: string, may: readonly Who[]): EndpointRow {
  return { endpoint: `GET ${path}`, may, ask: async () => ({ path }) };
}
