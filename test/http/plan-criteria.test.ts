import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { auditRepository } from '../../catalog/audit/audit-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { decideProposals } from '../../catalog/plan/decide-proposals.ts';
import { issuePlan } from '../../catalog/plan/issue-plan.ts';
import { planRepository } from '../../catalog/plan/plan-repository.ts';
import { savePlan } from '../../catalog/plan/save-plan.ts';
import { aDataset } from '../support/builders.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Fields, type WebClient, webClient } from '../support/web-client.ts';

const password = 'hoa gạo đỏ bên sông tháng ba';
const path = '/workspace/plans/2027/criteria';
const weights = { demand: 1 };

let server: TestServer;
let coordinator: WebClient;

beforeAll(async () => {
  server = await startServer();
  const grants = [{ role: 'coordinator' as const }];
  const person = { email: 'dieuphoi@example.vn', name: 'Điều phối', grants };
  await addAccount(person, password, operator, server.product);
  coordinator = webClient(server);
  await coordinator.signIn('dieuphoi@example.vn', password);
  const plan = { title: { vi: 'Kế hoạch 2027' }, note: { vi: 'Nháp' }, weights };
  await savePlan('2027', plan, 0, operator, server.product);
  for (const [id, demand, value] of [
    ['xe', 5, 1],
    ['cau', 3, 3],
    ['cay', 1, 5],
    ['ho', undefined, undefined],
  ] as const) {
    const priority = demand === undefined ? {} : { priority: { demand, value } };
    const inventory = { release: { plan: '2027', due: '2027-Q1' }, ...priority };
    await registerDataset(
      aDataset({ id, title: { vi: `Tập ${id}` }, inventory }),
      operator,
      server.product,
    );
  }
}, 60_000);
afterAll(() => server.close());

const fieldsOf = (...criteria: readonly (readonly [string, string, string])[]): Fields => ({
  '/criteria': ['', ...criteria.keys()].map(String),
  ...Object.fromEntries(
    criteria.flatMap(([key, name, weight], at) => [
      [`/criteria/${at}/key`, key],
      [`/criteria/${at}/name/vi`, name],
      [`/criteria/${at}/name/en`, name],
      [`/criteria/${at}/weight`, weight],
    ]),
  ),
});
const send = (fields: Fields) => coordinator.submit(path, path, { revision: '1', ...fields });
const plan = async () =>
  (await planRepository(server.product.database.current).find('2027'))?.record;
const order = (html: string) =>
  [...html.matchAll(/href="\/workspace\/datasets\/(\w+)"/g)].map(([, id]) => id);

describe('the criteria of a plan', () => {
  it('begin with the usual ones, at the weights that the plan gives them', async () => {
    const html = await (await coordinator.get(path)).text();

    for (const [key, weight] of [
      ['demand', 1],
      ['value', 0],
      ['readiness', 0],
      ['obligation', 0],
    ]) {
      expect(html).toContain(`value="${key}"`);
      expect(html).toContain(`value="${weight}"`);
    }
    expect(html).toContain('name="/hvdBonus" type="text" inputmode="decimal" value="0"');
    expect(order(html)).toEqual(['xe', 'cau', 'cay', 'ho']);
    expect(await (await coordinator.get('/workspace/plans/2027')).text()).toContain(
      `href="${path}"`,
    );
  });

  it('show what would rise and fall before anything is saved', async () => {
    const answer = await send({ do: 'preview', ...fieldsOf(['value', 'Giá trị', '2,5']) });
    const html = await answer.text();

    expect(answer.status).toBe(200);
    expect(order(html)).toEqual(['cay', 'cau', 'xe', 'ho']);
    expect(html).toContain('4 tập dữ liệu: 1 lên hạng, 1 xuống hạng, 1 chưa chấm điểm.');
    expect(html).toContain('Lên 2 bậc');
    expect(html).toContain('Xuống 2 bậc');
    expect((await plan())?.weights).toEqual(weights);
  });

  it('are added and taken out on the page, keeping what was typed', async () => {
    const typed = fieldsOf(['value', 'Giá trị', '1'], ['demand', 'Nhu cầu', '']);
    const more = await (await send({ do: 'add:/criteria', ...typed })).text();
    const less = await (await send({ do: 'remove:/criteria/0', ...typed })).text();

    expect(more).toContain('name="/criteria/2/key"');
    expect(less).toContain('name="/criteria/0/key" type="text" value="demand"');
    expect(less).not.toContain('name="/criteria/1/key"');
  });

  it.each<[string, Fields, string]>([
    ['a key twice', fieldsOf(['a', 'A', '1'], ['a', 'B', '1']), '/criteria/1/key'],
    ['a weight that is none', fieldsOf(['a', 'A', 'nhiều']), '/criteria/0/weight'],
    [
      'no name in English',
      { ...fieldsOf(['a', 'A', '1']), '/criteria/0/name/en': '' },
      '/criteria/0/name/en',
    ],
    ['a bonus over 100', { ...fieldsOf(['a', 'A', '1']), '/hvdBonus': '101' }, '/hvdBonus'],
  ])('are refused beside the field with %s', async (_what, fields, name) => {
    const answer = await send(fields);
    const html = await answer.text();

    expect(answer.status).toBe(422);
    expect(html).toMatch(new RegExp(`name="${name}"[^>]*aria-invalid="true"`));
    expect((await plan())?.weights).toEqual(weights);
  });

  it('cannot all be taken out', async () => {
    const answer = await send({ '/criteria': '' });

    expect([answer.status, (await answer.text()).includes('id="problems"')]).toEqual([422, true]);
  });

  it('are saved with what the plan says beside them, and the audit tells', async () => {
    const fields = {
      ...fieldsOf(['value', 'Giá trị', '2,5'], ['reach', 'Phạm vi', '1']),
      '/criteria/1/step/0/vi': 'một phường',
      '/hvdBonus': '0',
    };
    const answer = await send(fields);
    const [act] = await auditRepository(server.product.database.current).list(
      { subject: 'plan/2027' },
      undefined,
      1,
    );

    expect(answer.headers.get('Location')).toBe(`${path}?done=planCriteria`);
    expect(await plan()).toEqual({
      year: '2027',
      title: { vi: 'Kế hoạch 2027' },
      note: { vi: 'Nháp' },
      criteria: [
        { key: 'value', name: { vi: 'Giá trị', en: 'Giá trị' }, weight: 2.5 },
        {
          key: 'reach',
          name: { vi: 'Phạm vi', en: 'Phạm vi' },
          weight: 1,
          step: { 0: { vi: 'một phường' } },
        },
      ],
      hvdBonus: 0,
    });
    expect(act).toMatchObject({ act: 'plan.revise', actor: 'Điều phối' });
    const api = await server.get('/api/v1/plans/2027');
    expect(await api.json()).toEqual(await plan());
    expect(order(await (await coordinator.get('/workspace/plans/2027')).text())).toHaveLength(4);
  });

  it('keep what was typed when somebody else was faster', async () => {
    const answer = await send(fieldsOf(['demand', 'Nhu cầu', '7']));
    const html = await answer.text();

    expect(answer.status).toBe(422);
    expect(html).toContain('Người khác vừa sửa kế hoạch này');
    expect(html).toContain('value="7"');
    expect(html).toContain('name="revision" value="2"');
  });

  it('are told of the version that a decision froze', async () => {
    await decideProposals('2027', ['xe'], { act: 'accept' }, operator, server.product);
    const decision = { number: '1/QĐ-UBND', date: '2026-01-15' };
    await issuePlan('2027', decision, operator, server.product);
    const version = await (await coordinator.get('/workspace/plans/2027/versions/1')).text();

    expect(version).toContain('Xếp hạng theo: Giá trị (2,5), Phạm vi (1).');
    expect(await (await coordinator.get(path)).text()).toContain('Kế hoạch đã ban hành');
  });

  it('are of a plan that there is', async () => {
    expect((await coordinator.get('/workspace/plans/2041/criteria')).status).toBe(404);
  });
});
