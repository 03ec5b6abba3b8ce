import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { datasetRepository } from '../../catalog/inventory/dataset-repository.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { aDataset } from '../support/builders.ts';
import { type FreshDatabase, testDatabases } from '../support/databases.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Fields, type WebClient, webClient } from '../support/web-client.ts';

const password = 'hoa gạo đỏ bên sông tháng ba';

describe.each(testDatabases())('the form of a dataset on $name', ({ create }) => {
  let fresh: FreshDatabase;
  let server: TestServer;
  let lan: WebClient;
  let mai: WebClient;

  beforeAll(async () => {
    fresh = await create();
    server = await startServer(fresh.url);
    lan = await editor('lan@example.vn', 'Lan');
    mai = await editor('mai@example.vn', 'Mai');
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await fresh.drop();
  });

  async function editor(email: string, name: string): Promise<WebClient> {
    const grants = [{ role: 'editor' as const, agency: 'so-xay-dung' }];
    await addAccount({ email, name, grants }, password, operator, server.product);
    const client = webClient(server);
    await client.signIn(email, password);
    return client;
  }

  const stored = async (id: string) =>
    (await datasetRepository(server.product.database.current).find(id))?.record;
  const send = (who: WebClient, path: string, fields: Fields) => who.submit(path, path, fields);
  const register = (id: string, more: Partial<DatasetRecord> = {}) =>
    registerDataset(aDataset({ id, ...more }), operator, server.product);

  it('registers what an officer fills in, under an id that is made of the title', async () => {
    const fields = {
      '/title/vi': 'Nhà vệ sinh công cộng',
      '/publisher': 'so-xay-dung',
      '/theme': ['', 'TRAN'],
      '/contactPoint': ['', '0'],
      '/contactPoint/0/fn': 'Phòng Hạ tầng',
    };
    const made = await send(lan, '/workspace/datasets/new', fields);
    const again = await send(lan, '/workspace/datasets/new', fields);

    expect(made.headers.get('Location')).toBe(
      '/workspace/datasets/nha-ve-sinh-cong-cong?done=saved',
    );
    expect(again.headers.get('Location')).toContain('/nha-ve-sinh-cong-cong-2?');
    expect(await stored('nha-ve-sinh-cong-cong')).toEqual({
      id: 'nha-ve-sinh-cong-cong',
      title: { vi: 'Nhà vệ sinh công cộng' },
      publisher: 'so-xay-dung',
      theme: ['TRAN'],
      contactPoint: { fn: 'Phòng Hạ tầng' },
    });
  });

  it.each([
    { prefix: '', says: 'bắt buộc', place: 'Thư điện tử' },
    { prefix: '/en', says: 'required', place: 'E-mail' },
  ])('says beside the field what is wrong, and keeps what was typed ($says)', async (language) => {
    const path = `${language.prefix}/workspace/datasets/new`;
    const answer = await send(lan, path, {
      '/title/vi': 'Cây xanh <đô thị>',
      '/publisher': 'so-xay-dung',
      '/contactPoint': ['', '0'],
      '/contactPoint/0/fn': 'Phòng A',
      '/contactPoint/0/hasEmail': 'không phải thư',
    });
    const html = await answer.text();

    expect(answer.status).toBe(422);
    expect(html).toContain('Cây xanh &lt;đô thị&gt;');
    expect(html).toContain('value="không phải thư"');
    expect(html).toMatch(/href="#f-contactPoint-(0-)?hasEmail">[^<]*(Thư điện tử|E-mail)/);
    expect(html).toMatch(/aria-invalid="true"/);
    expect(html).toContain(language.says);
  });

  it('adds an item to a list and takes it out again, without saving anything', async () => {
    await register('danh-sach');
    const path = '/workspace/datasets/danh-sach/edit';
    const more = await send(lan, path, { revision: '1', do: 'add:/temporal' });
    const html = await more.text();
    const less = await send(lan, path, {
      revision: '1',
      '/temporal': ['', '0', '1'],
      '/temporal/0/startDate': '2020',
      '/temporal/1/startDate': '2021',
      do: 'remove:/temporal/0',
    });

    expect([more.status, less.status]).toEqual([200, 200]);
    expect(html).toContain('name="/temporal/1/startDate"');
    const left = await less.text();
    expect(left).toContain('value="2021"');
    expect(left).not.toContain('name="/temporal/1/startDate"');
    expect(await stored('danh-sach')).toEqual(aDataset({ id: 'danh-sach' }));
  });

  it('keeps what is typed, judges it meanwhile, and shows it again', async () => {
    await register('ban-nhap');
    const path = '/workspace/datasets/ban-nhap';
    const page = await (await lan.get(`${path}/edit`)).text();
    const typed = { revision: '1', '/title/vi': 'Đang gõ', '/landingPage': 'sai' };
    const live = await lan.submit(`${path}/edit`, `${path}/draft`, typed);
    const answer = (await live.json()) as { problems: { id: string }[]; saved: string };
    const scored = await lan.submit(`${path}/edit`, `${path}/draft`, {
      revision: '1',
      '/title/vi': 'Đang gõ',
    });

    expect(page).not.toContain('Đang gõ');
    expect(answer.problems[0]?.id).toMatch(/^f-landingPage/);
    expect((await scored.json()) as object).toMatchObject({
      problems: [],
      score: { ring: { text: expect.stringMatching(/^\d+$/) } },
    });
    expect(await (await lan.get(`${path}/edit`)).text()).toContain('Đang gõ');
    expect(await (await mai.get(`${path}/edit`)).text()).not.toContain('Đang gõ');
    expect((await stored('ban-nhap'))?.title['vi']).toBe('Danh mục tuyến xe buýt');
    await send(lan, `${path}/edit`, { revision: '1', do: 'discard' });
    expect(await (await lan.get(`${path}/edit`)).text()).not.toContain('Đang gõ');
  });

  it('says what is in the inventory already under such a title, and to each what they may know', async () => {
    const title = { vi: 'Danh mục trạm đo mưa tự động' };
    const own = (id: string, publisher: string) => register(id, { publisher, title });
    await own('tram-do-mua', 'so-xay-dung');
    await own('tram-do-mua-y-te', 'so-y-te');
    const typed = { '/title/vi': 'Trạm đo mưa tự động' };
    const path = '/workspace/datasets/new';
    const ask = async (who: WebClient, fields: Fields) =>
      (await (await who.submit(path, `${path}/draft`, fields)).json()) as { similar: object[] };

    expect((await ask(lan, typed)).similar).toEqual([
      expect.objectContaining({
        title: { text: title.vi },
        href: '/workspace/datasets/tram-do-mua',
        state: 'Bản nháp',
      }),
      {
        title: { text: 'Một bản ghi chưa công bố của cơ quan khác' },
        agency: { text: 'Sở Y tế' },
        like: 'giống 100%',
      },
    ]);
    expect((await ask(lan, { '/title/vi': 'Nghĩa trang' })).similar).toEqual([]);
    expect((await ask(lan, {})).similar).toEqual([]);

    // Without a script: beside what is refused.
    const refused = await (await send(lan, path, { ...typed, '/landingPage': 'sai' })).text();
    expect(refused).toContain('href="/workspace/datasets/tram-do-mua"');
    expect(refused).not.toContain('tram-do-mua-y-te');
    await send(lan, path, { do: 'discard' });
    expect(await (await lan.get(path)).text()).toMatch(/class="similar"[^>]* hidden/);
    const revising = await (await lan.get('/workspace/datasets/tram-do-mua/edit')).text();
    expect(revising).not.toContain('class="similar"');
  });

  it('merges what two officers changed in different places', async () => {
    await register('hai-nguoi');
    const path = '/workspace/datasets/hai-nguoi/edit';
    await send(mai, path, { revision: '1', '/title/vi': 'Tên của Mai' });
    const late = await send(lan, path, { revision: '1', '/description/vi': 'Mô tả của Lan' });
    expect(late.status).toBe(409);
    const merged = await send(lan, path, {
      revision: '1',
      theirs: '2',
      '/description/vi': 'Mô tả của Lan',
      do: 'merge',
    });

    expect(merged.status).toBe(303);
    expect(await stored('hai-nguoi')).toMatchObject({
      title: { vi: 'Tên của Mai', en: 'Bus routes' },
      description: { vi: 'Mô tả của Lan' },
    });
  });

  it('asks who is right where two officers changed the same, and loses neither', async () => {
    await register('mau-thuan');
    const path = '/workspace/datasets/mau-thuan/edit';
    await send(mai, path, { revision: '1', '/title/vi': 'Tên của Mai', '/theme': ['', 'HEAL'] });
    const mine = { revision: '1', '/title/vi': 'Tên của Lan', '/theme': ['', 'ENVI'] };
    const late = await send(lan, path, mine);
    const html = await late.text();
    const undecided = await send(lan, path, { ...mine, theirs: '2', do: 'merge' });
    const chosen = { 'choice:/title/vi': 'mine', 'choice:/theme': 'theirs' };
    const decided = await send(lan, path, { ...mine, ...chosen, theirs: '2', do: 'merge' });

    expect(late.status).toBe(409);
    for (const words of ['Tên của Mai', 'Tên của Lan', 'Danh mục tuyến xe buýt', 'Mai đã lưu']) {
      expect(html).toContain(words);
    }
    expect(undecided.status).toBe(409);
    expect(decided.status).toBe(303);
    expect(await stored('mau-thuan')).toMatchObject({
      title: { vi: 'Tên của Lan' },
      theme: ['HEAL'],
    });
  });

  it('shows merged what a third one changed while two were being merged', async () => {
    await register('ba-nguoi');
    const path = '/workspace/datasets/ba-nguoi/edit';
    await send(mai, path, { revision: '1', '/title/vi': 'Lần hai' });
    await send(mai, path, { revision: '2', '/title/vi': 'Lần ba' });
    const stale = { revision: '1', theirs: '2', '/title/vi': 'Lan', 'choice:/title/vi': 'mine' };
    const late = await send(lan, path, { ...stale, do: 'merge' });

    expect(late.status).toBe(409);
    expect((await stored('ba-nguoi'))?.title['vi']).toBe('Lần ba');
  });

  it('tells what each revision changed, and restores an older one with a reason', async () => {
    await register('lich-su');
    const path = '/workspace/datasets/lich-su';
    await send(lan, `${path}/edit`, { revision: '1', '/title/vi': 'Tên mới' });
    const history = await (await lan.get(`${path}/revisions`)).text();
    const unsaid = await lan.submit(`${path}/revisions`, `${path}/revisions/1/restore`, {});
    const restore = { reason: 'Nhầm tên.' };
    const restored = await lan.submit(`${path}/revisions`, `${path}/revisions/1/restore`, restore);
    const missing = await lan.submit(`${path}/revisions`, `${path}/revisions/9/restore`, restore);

    expect(history).toMatch(/Tên tập dữ liệu › vi[\s\S]*Danh mục tuyến xe buýt[\s\S]*Tên mới/);
    expect(unsaid.status).toBe(422);
    expect(restored.status).toBe(303);
    expect(missing.status).toBe(404);
    expect((await stored('lich-su'))?.title['vi']).toBe('Danh mục tuyến xe buýt');
    expect(await (await lan.get(`${path}/revisions`)).text()).toContain('Nhầm tên. (1)');
  });

  it('previews the public page of what nobody else sees yet', async () => {
    await register('xem-truoc');
    const page = await (await lan.get('/workspace/datasets/xem-truoc/preview')).text();

    expect(page).toContain('Danh mục tuyến xe buýt');
    expect((await server.get('/dataset/xem-truoc')).status).toBe(404);
  });

  it('keeps what another source said beyond the form', async () => {
    const extras = { 'https://x.vn/terms#a': [{ '@value': 'x' }] };
    await register('ngoai-ho-so', { extras, iri: 'https://nguon.vn/d/1' });
    await send(lan, '/workspace/datasets/ngoai-ho-so/edit', {
      revision: '1',
      '/title/vi': 'Tên khác',
      '/id': 'khac',
      '/extras': 'x',
    });

    expect(await stored('ngoai-ho-so')).toMatchObject({
      id: 'ngoai-ho-so',
      title: { vi: 'Tên khác' },
      extras,
      iri: 'https://nguon.vn/d/1',
    });
  });
});
