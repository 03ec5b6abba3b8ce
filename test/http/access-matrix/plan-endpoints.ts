import { operator } from '../../../catalog/access/actor.ts';
import { registerDataset } from '../../../catalog/inventory/register-dataset.ts';
import { decideProposals } from '../../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../../catalog/plan/issue-plan.ts';
import { savePlan } from '../../../catalog/plan/save-plan.ts';
import { aDataset } from '../../support/builders.ts';
import type { EndpointRow } from './matrix.ts';
import { agencyPeople, cityPeople, others, signedIn } from './people.ts';
import type { World } from './world.ts';

let count = 0;

/** `/workspace/plans`: everybody who is signed in reads, the coordinator decides, the agency proposes. */
export const planEndpoints: readonly EndpointRow[] = [
  {
    endpoint: 'GET /workspace/plans',
    may: signedIn,
    ask: async () => ({ path: '/workspace/plans' }),
  },
  {
    endpoint: 'POST /workspace/plans',
    may: cityPeople,
    answer: 303,
    ask: async (world) => ({
      path: '/workspace/plans',
      body: { year: nextYear(world), vi: 'Kế hoạch' },
    }),
  },
  {
    endpoint: 'GET /workspace/plans/:year',
    may: signedIn,
    ask: async () => ({ path: '/workspace/plans/2026' }),
  },
  {
    endpoint: 'POST /workspace/plans/:year/proposals',
    may: cityPeople,
    answer: 303,
    ask: async (world) => {
      const { year, id } = await proposed(world);
      return { path: `/workspace/plans/${year}/proposals`, body: { id, do: 'accept' } };
    },
  },
  {
    endpoint: 'POST /workspace/plans/:year/proposals/:id',
    may: [...agencyPeople, ...cityPeople],
    answer: 303,
    ask: async (world) => {
      const { year, id } = await proposed(world);
      return { path: `/workspace/plans/${year}/proposals/${id}` };
    },
  },
  {
    endpoint: 'POST /workspace/plans/:year/issue',
    may: cityPeople,
    answer: 303,
    ask: async (world) => {
      const { year } = await accepted(world);
      const body = { number: '1/QĐ-UBND', date: '2026-01-15' };
      return { path: `/workspace/plans/${year}/issue`, body };
    },
  },
  {
    endpoint: 'POST /workspace/plans/:year/amend',
    may: cityPeople,
    answer: 303,
    ask: async (world) => {
      const { year } = await issued(world);
      const more = await proposedFor(world, year);
      await decideProposals(year, [more], { act: 'accept' }, operator, world.server.product);
      const body = { number: '2/QĐ-UBND', date: '2026-02-15', reason: 'Thêm.' };
      return { path: `/workspace/plans/${year}/amend`, body };
    },
  },
  {
    endpoint: 'GET /workspace/plans/:year/board',
    may: signedIn,
    ask: async () => ({ path: '/workspace/plans/2026/board' }),
  },
  {
    endpoint: 'POST /workspace/plans/:year/board',
    may: [...agencyPeople, ...cityPeople],
    answer: 303,
    hiddenFrom: others,
    ask: async (world) => {
      const { year, id } = await proposed(world);
      const body = { id, from: `${year}-Q1`, due: `${year}-Q2` };
      return { path: `/workspace/plans/${year}/board`, body };
    },
  },
  {
    endpoint: 'GET /workspace/plans/:year/criteria',
    may: cityPeople,
    ask: async () => ({ path: '/workspace/plans/2026/criteria' }),
  },
  {
    endpoint: 'POST /workspace/plans/:year/criteria',
    may: cityPeople,
    answer: 303,
    ask: async (world) => {
      const { year } = await proposed(world);
      const body = {
        revision: '1',
        '/criteria': '0',
        '/criteria/0/key': 'reach',
        '/criteria/0/name/vi': 'Phạm vi',
        '/criteria/0/name/en': 'Reach',
        '/criteria/0/weight': '1',
      };
      return { path: `/workspace/plans/${year}/criteria`, body };
    },
  },
  {
    endpoint: 'POST /workspace/datasets/:id/work',
    may: [...agencyPeople, ...cityPeople],
    answer: 303,
    hiddenFrom: others,
    ask: async (world) => {
      const id = await proposedFor(world, '2026');
      return { path: `/workspace/datasets/${id}/work`, body: { planning: '1', done: 'prepare' } };
    },
  },
  {
    endpoint: 'GET /workspace/plans/:year/versions/:version',
    may: signedIn,
    ask: async (world) => ({ path: `/workspace/plans/${await oneIssued(world)}/versions/1` }),
  },
];

const yearsTaken = new WeakMap<World, number>();

/** A year that nobody else asks for; there are some ninety. */
function nextYear(world: World): string {
  const taken = yearsTaken.get(world) ?? 2027;
  yearsTaken.set(world, taken + 1);
  return String(taken);
}

async function proposedFor({ server }: World, plan: string): Promise<string> {
  count += 1;
  const id = `de-xuat-${count}`;
  const inventory = { release: { plan, due: `${plan}-Q1` } };
  await registerDataset(aDataset({ id, inventory }), operator, server.product);
  return id;
}

async function proposed(world: World) {
  const year = nextYear(world);
  await savePlan(year, { title: { vi: 'Kế hoạch' } }, undefined, operator, world.server.product);
  return { year, id: await proposedFor(world, year) };
}

async function accepted(world: World) {
  const made = await proposed(world);
  const { product } = world.server;
  await decideProposals(made.year, [made.id], { act: 'accept' }, operator, product);
  return made;
}

const issuedYears = new WeakMap<World, Promise<string>>();

/** The year of a plan that is issued; it is only read, so there is one for everybody. */
function oneIssued(world: World): Promise<string> {
  const known = issuedYears.get(world) ?? issued(world).then(({ year }) => year);
  issuedYears.set(world, known);
  return known;
}

async function issued(world: World) {
  const made = await accepted(world);
  const decision = { number: `${made.id}/QĐ`, date: '2026-01-15' };
  await issuePlan(made.year, decision, operator, world.server.product);
  return made;
}
