import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { planWork } from '../../catalog/plan/plan-work.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const password = 'sương sớm trên hồ Trúc Bạch';
const email = 'dp@example.vn';
const many = 53;

let server: TestServer;
let coordinator: WebClient;

beforeAll(async () => {
  server = await startServer();
  const { product } = server;
  const grants = [{ role: 'coordinator' as const }];
  await addAccount({ email, name: 'Điều phối', grants }, password, operator, product);
  coordinator = webClient(server);
  await coordinator.signIn(email, password);
  await savePlan('2020', { title: { vi: 'Kế hoạch' } }, 0, operator, product);
  for (let n = 1; n <= many; n += 1) {
    const id = `tap-${String(n).padStart(2, '0')}`;
    const due = n === many ? '2020-Q4' : '2020-Q2';
    const inventory = { release: { plan: '2020', due } };
    const record = aDataset({ id, title: { vi: `Tập ${id}` }, inventory });
    await registerDataset(record, operator, product);
  }
  const work = { due: {}, done: ['prepare'], dependsOn: [`tap-${many}`] };
  await planWork('tap-01', work, operator, product);
}, 60_000);
afterAll(() => server.close());

const html = async (query = '') =>
  (await coordinator.get(`/workspace/plans/2020/board${query}`)).text();
const cards = (page: string) => [...page.matchAll(/id="card-(tap-\d+)"/g)].map(([, id]) => id);

describe('the board of a plan', () => {
  it('says on each card what is next, in red what is late, and what comes too late for it', async () => {
    const card = /id="card-tap-01"[\s\S]*?<\/li>/.exec(await html())?.[0];

    expect(card).toContain(
      '<strong class="late">Làm sạch, chuẩn hóa: quá hạn từ 31/05/2020</strong>',
    );
    expect(card).toContain('Chờ Tập tap-53 (Quý IV/2020)');
  });

  it('shows so many cards of each quarter on a page, and all of them on its pages', async () => {
    const first = cards(await html());
    const second = cards(await html('?page=2'));

    expect([first.length, second]).toEqual([51, ['tap-51', 'tap-52']]);
    expect(cards(await html('?page=99'))).toEqual(second);
    expect(cards(await html('?page=-1'))).toEqual(first);
  });

  it('comes back to the page of the card whose move was refused', async () => {
    const address = '/workspace/plans/2020/board';
    const answer = await coordinator.submit(address, address, {
      id: 'tap-52',
      from: '2020-Q1',
      due: '2020-Q3',
      page: '2',
    });

    expect(answer.status).toBe(422);
    expect(cards(await answer.text())).toContain('tap-52');
  });

  it('draws the milestones along the year, each with its words', async () => {
    const page = await html('?view=timeline');

    expect(page).toMatch(/aria-label="Chuẩn bị dữ liệu: xong ngày [\d/]+; Làm sạch[^"]*quá hạn từ/);
    expect([...page.matchAll(/<svg class="year"/g)]).toHaveLength(50);
    expect(page).toMatch(/rel="next" href="[^"]*view=timeline&amp;page=2"/);
  });
});
