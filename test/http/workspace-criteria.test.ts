import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { criteriaRepository } from '../../catalog/criteria/criteria-repository.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type WebClient, webClient } from '../support/web-client.ts';

const password = 'bốn mùa hoa nở ven hồ';
const path = '/workspace/criteria';

describe('the coordinator’s form of the criteria', () => {
  let server: TestServer;
  let coordinator: WebClient;

  beforeAll(async () => {
    server = await startServer();
    for (const [email, role] of [
      ['dieu-phoi@example.vn', 'coordinator'],
      ['bien-tap@example.vn', 'editor'],
    ] as const) {
      const grant = role === 'editor' ? { role, agency: 'so-y-te' } : { role };
      await addAccount({ email, name: email, grants: [grant] }, password, operator, server.product);
    }
    coordinator = webClient(server);
    await coordinator.signIn('dieu-phoi@example.vn', password);
  });
  afterAll(() => server.close());

  const versions = () => criteriaRepository(server.product.database.read).list();

  /** The fields of the form as the page gives them, as a browser would send them back. */
  async function fieldsOf(page: string): Promise<Record<string, string>> {
    const fields: Record<string, string> = {};
    for (const [, name = '', value = ''] of page.matchAll(
      /<input[^>]* name="([^"]+)" type="(?:text|date)" value="([^"]*)"/g,
    ))
      fields[name] = unescaped(value);
    for (const [, name = '', value = ''] of page.matchAll(
      /<input id="\w+" name="(\w+)" type="\w+"[^>]* value="([^"]*)"/g,
    ))
      fields[name] = unescaped(value);
    for (const [, name = '', value = ''] of page.matchAll(
      /<input type="hidden" name="(\w+)" value="([^"]*)"/g,
    ))
      fields[name] = unescaped(value);
    for (const [, name = '', value = ''] of page.matchAll(
      /<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</g,
    ))
      fields[name] = unescaped(value);
    for (const [, name = '', options = ''] of page.matchAll(
      /<select[^>]* name="([^"]+)">(.*?)<\/select>/g,
    )) {
      fields[name] = /value="(\w+)" selected/.exec(options)?.[1] ?? 'percent';
    }
    return fields;
  }

  const open = async () => (await coordinator.get(path)).text();

  it('makes the next version from the one in force, and sends it back unchanged', async () => {
    expect(await open()).not.toContain('criteria-form');
    await coordinator.submit(path, path, { act: 'begin' });
    const saved = await coordinator.submit(path, path, {
      ...(await fieldsOf(await open())),
      act: 'save',
    });

    expect([saved.status, saved.headers.get('location')]).toEqual([303, `${path}?done=criteria`]);
    const [first, second] = await versions();
    expect(second).toMatchObject({ version: 2, revision: 2 });
    expect(second?.record.criteria).toEqual(first?.record.criteria);
    expect(second?.record.inForceFrom).toBeUndefined();
  });

  it('checks without saving, and says what each formula would give', async () => {
    const fields = {
      ...(await fieldsOf(await open())),
      'criteria.0.formula': '2 * 21',
      act: 'check',
    };
    const answer = await coordinator.submit(path, path, fields);

    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Giá trị của thành phố năm nay: 42%');
    expect((await versions())[1]?.revision).toBe(2);
  });

  it('says beside the field what is wrong, and keeps what was typed', async () => {
    const fields = {
      ...(await fieldsOf(await open())),
      'criteria.0.formula': 'percent(agencies,',
      'criteria.1.target': 'sáu mươi',
      'criteria.2.weight': 'nặng',
      act: 'save',
    };
    const answer = await coordinator.submit(path, path, fields);
    const page = unescaped(await answer.text());

    expect(answer.status).toBe(422);
    expect(page).toContain('percent(agencies,');
    expect(page).toContain('sáu mươi');
    expect(page).toContain('nặng');
    expect(page.match(/aria-invalid="true"/g)).toHaveLength(3);
  });

  it('takes a change of name, formula, weight and targets; leaves out, and adds', async () => {
    const fields = {
      ...(await fieldsOf(await open())),
      plan: '2027',
      'criteria.0.name.vi': 'Cơ quan có danh mục',
      'criteria.0.formula': 'ratio(agenciesInventoried, agencies) × 100',
      'criteria.0.weight': '2,5',
      'criteria.0.target': '2027: 60; 2028: 100',
      'criteria.1.remove': 'yes',
      'criteria.13.code': 'so-tap-du-lieu',
      'criteria.13.formula': 'datasetsOpen',
      'criteria.13.unit': 'count',
      'criteria.13.weight': '0',
      ...Object.fromEntries(
        ['name', 'formulaInWords', 'source', 'gaming', 'counter'].flatMap((name) =>
          ['vi', 'en'].map((lang) => [`criteria.13.${name}.${lang}`, 'x']),
        ),
      ),
      act: 'save',
    };
    expect((await coordinator.submit(path, path, fields)).status).toBe(303);

    const [first, second] = await versions();
    const [changed] = second?.record.criteria ?? [];
    expect(second?.record.plan).toBe('2027');
    expect(changed).toMatchObject({ weight: 2.5, target: { '2027': 60, '2028': 100 } });
    expect(second?.record.criteria.map(({ code }) => code)).toEqual([
      ...(first?.record.criteria ?? [])
        .map(({ code }) => code)
        .filter((code) => code !== 'plan-released'),
      'so-tap-du-lieu',
    ]);
  });

  it('keeps what was typed when somebody else was faster', async () => {
    const fields = {
      ...(await fieldsOf(await open())),
      'criteria.0.name.vi': 'Của tôi',
      act: 'save',
    };
    await coordinator.submit(path, path, { ...fields, 'criteria.0.name.vi': 'Của người khác' });
    const answer = await coordinator.submit(path, path, fields);
    const page = await answer.text();

    expect([answer.status, page.includes('Của tôi'), page.includes('Người khác vừa sửa')]).toEqual([
      422,
      true,
      true,
    ]);
    const again = { ...(await fieldsOf(page)), act: 'save' };
    expect((await coordinator.submit(path, path, again)).status).toBe(303);
    expect((await versions())[1]?.record.criteria[0]?.name.vi).toBe('Của tôi');
  });

  it('is closed to others', async () => {
    const editor = webClient(server);
    await editor.signIn('bien-tap@example.vn', password);
    expect((await editor.get(path)).status).toBe(403);
  });

  it('asks the server while one types', async () => {
    const ask = async (formula: string) =>
      (await server.get(`/api/v1/formula?formula=${encodeURIComponent(formula)}`)).json();
    expect(await ask('(1+2)×3')).toMatchObject({ findings: [], formula: '(1 + 2) * 3', value: 9 });
    expect(await ask('1 / 0')).not.toHaveProperty('value');
    expect(await ask('1 +')).toMatchObject({
      findings: [{ pointer: '/formula', keyword: 'formula' }],
    });
    expect(await ask('x'.repeat(2000))).toMatchObject({ findings: [{ keyword: 'formula' }] });
  });
});

function unescaped(html: string): string {
  return html
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
