import { operator } from '../../../catalog/access/actor.ts';
import { registerDataset } from '../../../catalog/inventory/register-dataset.ts';
import { mailRepository } from '../../../catalog/mail/mail-repository.ts';
import { queueMails } from '../../../catalog/mail/queue-mail.ts';
import { aDataset } from '../../support/builders.ts';
import type { EndpointRow } from './matrix.ts';
import { cityPeople, signedIn, type Who } from './people.ts';

const administrators: readonly Who[] = ['administrator'];
let serial = 0;

/** Being told, mail, handing over. */
export const dutyEndpoints: readonly EndpointRow[] = [
  page('/workspace/notices', signedIn),
  page('/workspace/mail', administrators),
  page('/workspace/handover', ['approver', 'other approver', ...cityPeople]),
  form('/workspace/notices', signedIn, 303, { lang: 'vi', reminders: 'on' }),
  form('/workspace/notices/calendar', signedIn, 200),
  form('/workspace/notices/calendar/revoke', signedIn, 303),
  // There is no mail server here: 409 says so to who may ask for one.
  form('/workspace/mail/trial', administrators, 409),
  {
    endpoint: 'POST /workspace/mail/:id/retry',
    may: administrators,
    answer: 303,
    ask: async ({ server: { product } }) => {
      const mail = {
        kind: 'trial' as const,
        to: { email: 'lan@example.vn', name: 'Lan' },
        lang: 'vi' as const,
        subject: 'x',
        text: 'x',
        html: 'x',
      };
      await product.database.transaction((tx) => queueMails(tx, [mail], product.clock()));
      const [queued] = await mailRepository(product.database.current).list('queued', 1);
      return { path: `/workspace/mail/${queued?.id}/retry` };
    },
  },
  {
    endpoint: 'POST /workspace/handover',
    may: ['approver', ...cityPeople],
    answer: 303,
    hiddenFrom: ['other approver'],
    ask: async ({ server: { product }, accounts }) => {
      serial += 1;
      const officerEmail = `roi-di-${serial}@example.vn`;
      const inventory = { updateResponsibility: { officerEmail } };
      const record = aDataset({ id: `ban-giao-${serial}`, inventory });
      await registerDataset(record, operator, product);
      return {
        path: `/workspace/handover?from=${officerEmail}`,
        body: { to: accounts.editor, reason: 'Chuyển công tác.', scope: 'all' },
      };
    },
  },
];

function page(path: string, may: readonly Who[]): EndpointRow {
  return { endpoint: `GET ${path}`, may, ask: async () => ({ path }) };
}

function form(path: string, may: readonly Who[], answer: number, body = {}): EndpointRow {
  return { endpoint: `POST ${path}`, may, answer, ask: async () => ({ path, body }) };
}
