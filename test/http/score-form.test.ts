import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const password = 'hoa gạo đỏ bên sông tháng ba';
const edit = '/workspace/datasets/xe/edit';
const criteria = [
  { key: 'demand', name: { vi: 'Nhu cầu', en: 'Demand' }, weight: 2 },
  {
    key: 'reach',
    name: { vi: 'Phạm vi phục vụ', en: 'Reach' },
    weight: 1,
    step: { 0: { vi: 'một phường', en: 'one ward' }, 5: { vi: 'cả thành phố' } },
  },
];

let server: TestServer;
let lan: WebClient;

beforeAll(async () => {
  server = await startServer();
  const grants = [{ role: 'editor' as const, agency: 'so-xay-dung' }];
  await addAccount(
    { email: 'lan@example.vn', name: 'Lan', grants },
    password,
    operator,
    server.product,
  );
  lan = webClient(server);
  await lan.signIn('lan@example.vn', password);
  await savePlan('2027', { title: { vi: 'Kế hoạch' }, criteria }, 0, operator, server.product);
  const inventory = { priority: { value: 3 }, release: { plan: '2027' } };
  await registerDataset(aDataset({ id: 'xe', inventory }), operator, server.product);
}, 60_000);
afterAll(() => server.close());

const priority = async () =>
  (await datasetRepository(server.product.database.current).find('xe'))?.record.inventory?.priority;
const named = (html: string) =>
  [...html.matchAll(/name="\/inventory\/priority\/(\w+)"/g)].map(([, key]) => key);

describe('the form of a dataset asks for the scores', () => {
  it('of the criteria of its plan, and says what they mean', async () => {
    const vi = await (await lan.get(edit)).text();
    const en = await (await lan.get(`/en${edit}`)).text();

    expect(named(vi)).toEqual(['demand', 'reach']);
    expect(vi).toContain('Phạm vi phục vụ');
    expect(vi).toContain('0: một phường; 5: cả thành phố');
    expect(en).toContain('0: one ward; 5: cả thành phố');
  });

  it('and keeps those that it does not ask for', async () => {
    const fields = { revision: '1', '/inventory/priority/reach': '4,5' };
    const answer = await lan.submit(edit, edit, fields);

    expect(answer.status).toBe(303);
    expect(await priority()).toEqual({ value: 3, reach: 4.5 });
  });

  it('and says beside the field what is wrong with one', async () => {
    const fields = { revision: '2', '/inventory/priority/reach': '9' };
    const answer = await lan.submit(edit, edit, fields);
    const html = await answer.text();

    expect(answer.status).toBe(422);
    expect(html).toContain('Phạm vi phục vụ</a>');
    expect(html).toMatch(/name="\/inventory\/priority\/reach"[^>]*aria-invalid="true"/);
  });

  it('of the plan that it moves to, without losing what was typed', async () => {
    const fields = {
      revision: '2',
      do: 'add:/temporal',
      '/inventory/release/plan': '2031',
      '/inventory/priority/reach': '2',
    };
    const answer = await lan.submit(edit, edit, fields);

    expect(named(await answer.text())).toEqual(['demand', 'value', 'readiness', 'obligation']);
    const saved = await lan.submit(edit, edit, { ...fields, do: 'save' });
    expect(saved.status).toBe(303);
    expect(await priority()).toEqual({ value: 3, reach: 2 });
  });
});
