import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import type { Inventory } from '../../catalog/model/dataset.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const password = 'lá rơi phố Phan Đình Phùng';
const partly: Inventory = { openness: 'conditional', legalBasis: 'Luật Tiếp cận thông tin' };

let server: TestServer;
let approver: WebClient;

beforeAll(async () => {
  server = await startServer();
  const grants = [{ role: 'approver' as const, agency: 'so-xay-dung' }];
  const person = { email: 'hung@example.vn', name: 'Hùng', grants };
  await addAccount(person, password, operator, server.product);
  approver = webClient(server);
  await approver.signIn(person.email, password);
}, 60_000);
afterAll(() => server.close());

async function inReview(id: string, inventory: Inventory = {}): Promise<string> {
  const record = aDataset({ id, title: { vi: `Tập ${id}` }, inventory });
  await registerDataset(record, operator, server.product);
  await advanceDataset(id, 'submit', undefined, operator, server.product);
  return `/workspace/datasets/${id}`;
}

const approve = (desk: string, fields: Record<string, string>) =>
  approver.submit(desk, `${desk}/approve`, { revision: '2', ...fields });
const datasetOf = async (id: string) => datasetRepository(server.product.database.current).find(id);

describe('the approval of a dataset', () => {
  it('takes a declaration of personal data, and keeps it in the record', async () => {
    const desk = await inReview('khai');
    const without = await approve(desk, {});

    expect(without.status).toBe(422);
    expect(await without.text()).toContain('Hãy khai có dữ liệu cá nhân hay không');
    expect((await datasetOf('khai'))?.state).toBe('in-review');

    expect((await approve(desk, { personalData: 'anonymised' })).status).toBe(303);
    expect(await datasetOf('khai')).toMatchObject({
      state: 'approved',
      revision: 3,
      record: { inventory: { personalData: 'anonymised' } },
    });
    expect(await (await approver.get(`/en${desk}`)).text()).toContain('Anonymised');
    const revisions = await (await approver.get(`${desk}/revisions`)).text();
    expect(revisions).toContain('anonymised');
  });

  it.each([
    ['is not a choice', { personalData: 'maybe' }, {}, 'Dữ liệu cá nhân'],
    ['has no legal basis', { personalData: 'lawful' }, {}, 'id="legalBasis-note">Thiếu'],
    ['has no date of review', { personalData: 'none' }, partly, 'phải có ngày xem xét lại'],
    [
      'is reviewed in the past',
      { personalData: 'none', reviewDate: '2020-01-01' },
      partly,
      'phải sau hôm nay',
    ],
    ['is reviewed on no day', { personalData: 'none', reviewDate: '2030-02-30' }, partly, ''],
  ])('is refused when it %s', async (how, fields, inventory, words) => {
    const id = `t-${how.replace(/\W+/g, '-')}`;
    const answer = await approve(await inReview(id, inventory), fields);

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(words);
    expect(await datasetOf(id)).toMatchObject({ state: 'in-review', revision: 2 });
  });

  it('names the law that lets personal data be published', async () => {
    const desk = await inReview('theo-luat');
    const law = 'Điều 16 Luật Bảo vệ dữ liệu cá nhân';
    const answer = await approve(desk, { personalData: 'lawful', legalBasis: law });

    expect(answer.status).toBe(303);
    expect((await datasetOf('theo-luat'))?.record.inventory).toEqual({
      personalData: 'lawful',
      legalBasis: law,
    });
  });

  it('keeps the date of review, and reminds of it', async () => {
    const desk = await inReview('kin', partly);
    const answer = await approve(desk, { personalData: 'none', reviewDate: '2030-05-01' });

    expect(answer.status).toBe(303);
    expect((await datasetOf('kin'))?.record.inventory?.reviewDate).toBe('2030-05-01');
    expect(await (await approver.get(desk)).text()).toContain('01/05/2030');
  });

  it('of many at once passes over what nobody has declared', async () => {
    await inReview('da-khai', { personalData: 'none' });
    await inReview('chua-khai');
    const list = '/workspace/datasets';
    const answer = await approver.submit(list, `${list}/bulk`, {
      act: 'approve',
      id: ['da-khai', 'chua-khai'],
    });

    expect(await answer.text()).toContain('Hãy khai có dữ liệu cá nhân hay không');
    expect((await datasetOf('da-khai'))?.state).toBe('approved');
    expect((await datasetOf('chua-khai'))?.state).toBe('in-review');
  });

  it('by the API of an agency’s own system is as it was', async () => {
    await inReview('qua-api');
    const headers = await server.as('approver', 'so-xay-dung');
    const answer = await server.send('POST', '/api/v1/datasets/qua-api/approve', {}, headers);

    expect(answer.status).toBe(200);
  });
});
