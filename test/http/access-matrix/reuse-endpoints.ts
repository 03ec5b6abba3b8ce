import { Readable } from 'node:stream';
import { operator } from '../../../catalog/access/actor.ts';
import { advanceInquiry } from '../../../catalog/reuse/advance-inquiry.ts';
import { type InquiryAct, inquiryActs } from '../../../catalog/reuse/inquiry-lifecycle.ts';
import { mentionRepository } from '../../../catalog/reuse/mention-repository.ts';
import { moderateReuse, type ReuseAct, reuseActs } from '../../../catalog/reuse/moderate-reuse.ts';
import { submitFeedback, submitRequest } from '../../../catalog/reuse/submit-inquiry.ts';
import { submitReuse } from '../../../catalog/reuse/submit-reuse.ts';
import { aFeedback, aRequest, aReuse } from '../../support/inquiries.ts';
import { aPng } from '../../support/pictures.ts';
import type { EndpointRow } from './matrix.ts';
import {
  agencyPeople,
  cityPeople,
  everyone,
  nobody,
  others,
  signedIn,
  type Who,
} from './people.ts';
import type { World } from './world.ts';

const readers: readonly Who[] = everyone.filter((who) => !nobody.includes(who)).concat('anonymous');
let senders = 0;
const sender = () => {
  senders += 1;
  return { key: `matrix ${senders}` };
};

async function freshReuse({ server }: World, act?: ReuseAct): Promise<string> {
  const keep = async () => ({
    ...(await server.product.files.put(Readable.from([aPng()]))),
    mediaType: 'image/png' as const,
    width: 320,
    height: 180,
  });
  const { reuse } = await submitReuse(aReuse(), keep, sender(), server.product);
  if (act === 'withdraw') {
    await moderateReuse(reuse.id, 'publish', undefined, operator, server.product);
  }
  return reuse.id;
}

const kinds = [
  { kind: 'request', path: '/api/v1/requests' },
  { kind: 'feedback', path: '/api/v1/feedback' },
] as const;

/** One that the agency of the datasets is to answer. */
async function freshInquiry({ server }: World, kind: (typeof kinds)[number]['kind']) {
  const { product } = server;
  if (kind === 'feedback') return (await submitFeedback(aFeedback(), sender(), product)).id;
  const { id } = await submitRequest(aRequest(), sender(), product);
  const agency = 'so-xay-dung';
  await advanceInquiry('request', id, 'assign', { agency }, operator, product);
  return id;
}

const bodies: Readonly<Record<InquiryAct, object>> = {
  show: {},
  take: {},
  reject: { reason: 'Quảng cáo.' },
  assign: { agency: 'so-y-te' },
  plan: { dataset: 'tuyen-xe-buyt' },
  answer: { answer: 'Đây.' },
  decline: { answer: 'Không.', legalReason: 'Điều 6' },
};

/** `/api/v1/reuses`, `/api/v1/requests` and `/api/v1/feedback`, beside what everybody may send. */
export const reuseEndpoints: readonly EndpointRow[] = [
  {
    endpoint: 'GET /api/v1/reuses/:id',
    may: cityPeople,
    ask: async (world) => ({ path: `/api/v1/reuses/${await freshReuse(world)}` }),
    hiddenFrom: [],
  },
  ...reuseActs.map(
    (act): EndpointRow => ({
      endpoint: `POST /api/v1/reuses/:id/${act}`,
      may: cityPeople,
      ask: async (world) => ({
        path: `/api/v1/reuses/${await freshReuse(world, act)}/${act}`,
        body: { reason: 'Thử' },
      }),
    }),
  ),
  ...kinds.flatMap(({ kind, path }): readonly EndpointRow[] => [
    { endpoint: `GET ${path}`, may: readers, ask: async () => ({ path }) },
    {
      endpoint: `GET ${path}/:id`,
      may: readers,
      ask: async (world) => ({ path: `${path}/${await freshInquiry(world, kind)}` }),
    },
    ...inquiryActs.map(
      (act): EndpointRow => ({
        endpoint: `POST ${path}/:id/${act}`,
        may: [...agencyPeople, ...cityPeople],
        ask: async (world) => ({
          path: `${path}/${await freshInquiry(world, kind)}/${act}`,
          body: bodies[act],
        }),
      }),
    ),
  ]),
];

/** One that was found to be true, and waits for a moderator. */
async function freshMention({ server }: World): Promise<string> {
  senders += 1;
  const id = `nhac-den-${senders}`;
  const { database, baseURL, clock } = server.product;
  await database.transaction((tx) =>
    mentionRepository(tx).save({
      id,
      source: `https://bao.example.vn/${senders}`,
      target: `${baseURL}/dataset/tuyen-xe-buyt`,
      dataset: 'tuyen-xe-buyt',
      state: 'proposed',
      receivedAt: clock(),
    }),
  );
  return id;
}

const confirmation = {
  'title.vi': 'Bài báo',
  'description.vi': 'Một bài báo về xe buýt.',
  type: 'article',
  creator: 'Báo',
};

/** `/workspace/reuses`, `/workspace/mentions` and `/workspace/inquiries`. */
export const participationEndpoints: readonly EndpointRow[] = [
  {
    endpoint: 'GET /workspace/reuses',
    may: cityPeople,
    ask: async () => ({ path: '/workspace/reuses' }),
  },
  ...['', '/picture'].map(
    (part): EndpointRow => ({
      endpoint: `GET /workspace/reuses/:id${part}`,
      may: cityPeople,
      ask: async (world) => ({ path: `/workspace/reuses/${await freshReuse(world)}${part}` }),
    }),
  ),
  ...reuseActs.map(
    (act): EndpointRow => ({
      endpoint: `POST /workspace/reuses/:id/${act}`,
      may: cityPeople,
      answer: 303,
      ask: async (world) => ({
        path: `/workspace/reuses/${await freshReuse(world, act)}/${act}`,
        body: { reason: 'Thử' },
      }),
    }),
  ),
  {
    endpoint: 'GET /workspace/mentions/:id',
    may: cityPeople,
    ask: async (world) => ({ path: `/workspace/mentions/${await freshMention(world)}` }),
  },
  ...(['confirm', 'refuse'] as const).map(
    (act): EndpointRow => ({
      endpoint: `POST /workspace/mentions/:id/${act}`,
      may: cityPeople,
      answer: 303,
      ask: async (world) => ({
        path: `/workspace/mentions/${await freshMention(world)}/${act}`,
        body: act === 'confirm' ? confirmation : { reason: 'Không liên quan.' },
      }),
    }),
  ),
  {
    endpoint: 'GET /workspace/inquiries',
    may: signedIn,
    ask: async () => ({ path: '/workspace/inquiries' }),
  },
  {
    endpoint: 'GET /workspace/inquiries/:id',
    may: [...agencyPeople, ...cityPeople],
    hiddenFrom: others,
    ask: async (world) => ({
      path: `/workspace/inquiries/${await freshInquiry(world, 'request')}`,
    }),
  },
  ...inquiryActs.map(
    (act): EndpointRow => ({
      endpoint: `POST /workspace/inquiries/:id/${act}`,
      may: [...agencyPeople, ...cityPeople],
      answer: 303,
      hiddenFrom: others,
      ask: async (world) => ({
        path: `/workspace/inquiries/${await freshInquiry(world, 'request')}/${act}`,
        body: bodies[act],
      }),
    }),
  ),
];
