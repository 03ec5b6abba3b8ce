import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { addAccount } from '../../catalog/access/manage-accounts.ts';
import { later } from '../../catalog/kernel/clock.ts';
import { advanceInquiry } from '../../catalog/reuse/advance-inquiry.ts';
import { mentionRepository } from '../../catalog/reuse/mention-repository.ts';
import { moderateReuse } from '../../catalog/reuse/moderate-reuse.ts';
import { submitRequest } from '../../catalog/reuse/submit-inquiry.ts';
import { submitReuse } from '../../catalog/reuse/submit-reuse.ts';
import type { Outcome } from '../../catalog/reuse/tell-sender.ts';
import { checkReuses } from '../../server/jobs/checking-reuses.ts';
import { outcomeMail } from '../../server/pages/outcome-mail.ts';
import { aDataset } from '../support/builders.ts';
import { aRequest, aReuse } from '../support/inquiries.ts';
import { startPageServer } from '../support/page-server.ts';
import { aPng } from '../support/pictures.ts';
import { anOldTicket, sendWithFile } from '../support/public-form.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Fields, type WebClient, webClient } from '../support/web-client.ts';
import { elements, parseXml } from '../support/xml.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  await server.publish(aDataset());
});
afterAll(() => server.close());

const text = async (path: string) => (await server.get(path, { Accept: 'text/html' })).text();
const reuseFields = {
  'title.vi': 'Xe buýt quanh tôi',
  'description.vi': 'Tìm tuyến gần nhất.',
  type: 'application',
  url: 'https://example.vn/xe-buyt',
  creator: 'Nhóm An',
  email: 'an@example.vn',
  dataset: 'tuyen-xe-buyt',
};
const requestFields = {
  'title.vi': 'Vị trí cây xanh đường phố',
  'description.vi': 'Từng cây, loài và năm trồng.',
  email: 'binh@example.vn',
};

describe('a reuse', () => {
  const send = (fields: object, picture?: Buffer, path = '/reuse/new') =>
    sendWithFile(
      server,
      path,
      { ticket: anOldTicket('reuse', server), ...fields },
      picture && { bytes: picture, name: 'anh.png' },
    );

  it('is registered with a picture, shown once it is published, and changed by its secret link', async () => {
    const sent = await send(reuseFields, aPng());
    const link = sent.headers.get('location') ?? '';
    expect(sent.status).toBe(303);
    expect(link).toMatch(/^\/reuse\/manage\?key=[\w-]{43}&done=sent$/);
    expect(await text('/reuse')).not.toContain('Xe buýt quanh tôi');
    expect(await text(link)).toContain('Đã nhận, đang chờ duyệt.');

    const waiting = await server.product.database.read.selectFrom('reuse').selectAll().execute();
    const id = waiting[0]?.id ?? '';
    expect((await server.get(`/reuse/${id}/picture`)).status).toBe(404);
    await moderateReuse(id, 'publish', undefined, operator, server.product);

    expect(await text('/reuse')).toContain('Xe buýt quanh tôi');
    expect(await text(`/en/reuse/${id}`)).not.toContain('an@example.vn');
    expect(await text('/dataset/tuyen-xe-buyt')).toContain(`/reuse/${id}`);
    expect(await (await server.get('/reuse.csv')).text()).toContain('https://example.vn/xe-buyt');
    const picture = await server.get(`/reuse/${id}/picture`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('x-content-type-options')).toBe('nosniff');
    expect(picture.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await picture.arrayBuffer()).includes('phố Huế')).toBe(false);

    const key = new URL(link, server.baseURL).searchParams.get('key') ?? '';
    const revised = await send(
      { ...reuseFields, creator: 'Nhóm Bình', key },
      undefined,
      '/reuse/manage',
    );
    expect(revised.status).toBe(303);
    expect(await text(`/reuse/${id}`)).not.toContain('Nhóm Bình');
    expect(await text(link)).toContain('bản sửa đang chờ duyệt');

    await send({ key, act: 'withdraw' }, undefined, '/reuse/manage');
    expect((await server.get(`/reuse/${id}`, { Accept: 'text/html' })).status).toBe(410);
  });

  it.each([
    { why: 'nobody was that fast', fields: { ticket: '' }, says: 'quá một ngày' },
    {
      why: 'a field was filled in that nobody sees',
      fields: { homepage: 'https://spam.example' },
      says: 'ô ẩn',
    },
    { why: 'its address is none', fields: { url: 'javascript:alert(1)' }, says: 'https://' },
    { why: 'it uses nothing', fields: { dataset: '' }, says: 'dataset' },
    { why: 'it has no author', fields: { creator: '' }, says: 'creator' },
  ])('comes back with what was typed when $why', async ({ fields, says }) => {
    const answer = await send({ ...reuseFields, ...fields });
    const page = await answer.text();

    expect(answer.status).toBe(422);
    expect(page).toContain(says);
    expect(page).toContain('Xe buýt quanh tôi');
  });

  it('comes back when it was sent as fast as machines do', async () => {
    const answer = await send({ ...reuseFields, ticket: anOldTicket('reuse', server, 500) });

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('đợi vài giây');
  });

  it.each([
    { why: 'no picture', bytes: Buffer.from('MZ'), status: 422 },
    { why: 'too large', bytes: Buffer.alloc(2_100_000), status: 413 },
  ])('is refused with a file that is $why', async ({ bytes, status }) => {
    expect((await send(reuseFields, bytes)).status).toBe(status);
  });

  it('is refused when a page of another site sent it', async () => {
    const form = new FormData();
    const headers = { Origin: 'https://elsewhere.example' };
    const answer = await fetch(`${server.baseURL}/reuse/new`, {
      method: 'POST',
      body: form,
      headers,
    });

    expect(answer.status).toBe(403);
  });

  it('finds the datasets that it uses by their words, without JavaScript', async () => {
    const found = await send({ ...reuseFields, dataset: '', act: 'find', find: 'xe buyt' });

    expect(found.status).toBe(200);
    expect(await found.text()).toContain('name="dataset" value="tuyen-xe-buyt"');
  });

  it.each(['/reuse?type=x', '/reuse?page=0', '/reuse?sort=x', '/request?state=rejected'])(
    'is not listed at %s, which asks for what there is not',
    async (path) => {
      expect((await server.get(path, { Accept: 'text/html' })).status).toBe(400);
    },
  );

  it.each([
    '/reuse?theme=TRAN',
    '/reuse?agency=so-xay-dung',
    '/reuse?dataset=tuyen-xe-buyt&sort=proven',
  ])('is looked for at %s', async (path) => {
    expect((await server.get(path, { Accept: 'text/html' })).status).toBe(200);
  });
});

describe('the work of a coordinator', () => {
  it('names what waits for a moderator, and leads to it', async () => {
    const { product } = server;
    const own = { title: { vi: 'Đang chờ đọc' } };
    const { reuse } = await submitReuse(aReuse(own), undefined, { key: 'work' }, product);
    const password = 'bốn mùa hoa nở ven hồ';
    const person = { email: 'dp@example.vn', name: 'Điều phối', grants: [{ role: 'coordinator' }] };
    await addAccount(person, password, operator, product);
    const browser = webClient(server);
    await browser.signIn(person.email, password);
    const home = await (await browser.get('/workspace')).text();

    expect(home).toContain(`/workspace/reuses/${reuse.id}`);
    const desk = `/workspace/reuses/${reuse.id}`;
    const refused = await browser.submit(desk, `${desk}/reject`, { reason: ' ' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('Hãy ghi lý do');
    const done = await browser.submit(desk, `${desk}/publish`, {});
    expect(done.headers.get('location')).toBe('/workspace/reuses?done=reuse-publish');
    expect(await text('/reuse')).toContain('Đang chờ đọc');
  });
});

describe('a request for data', () => {
  let browser: WebClient;
  const send = (fields: object) =>
    browser.post('/request/new', { ticket: anOldTicket('request', server), ...fields });
  beforeAll(() => {
    browser = webClient(server);
  });

  it('is followed from the first, read later, and supported once by each', async () => {
    const sent = await send(requestFields);
    const own = sent.headers.get('location')?.split('?')[0] ?? '';
    expect(sent.status).toBe(303);
    const before = await text(own);
    expect(before).toContain('Hạn trả lời');
    expect(before).not.toMatch(/cây xanh|binh@/);
    expect(before).not.toContain('/support');

    const id = own.split('/').at(-1) ?? '';
    await advanceInquiry('request', id, 'show', {}, operator, server.product);
    expect(await text('/request')).toContain('Vị trí cây xanh đường phố');
    expect((await browser.post(`${own}/support`, {})).headers.get('location')).toBe(
      `${own}?done=supported`,
    );
    expect((await browser.post(`${own}/support`, {})).headers.get('location')).toBe(
      `${own}?done=already`,
    );
    expect((await webClient(server).post(`/en${own}/support`, {})).status).toBe(303);
    expect(await text(`/en${own}`)).toContain('2 others need it');
    const elsewhere = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await browser.post(`${own}/support`, {}, elsewhere)).status).toBe(403);
  });

  it('is held where much the same was asked for, and sent when its asker says so', async () => {
    const again = { ...requestFields, 'title.vi': 'Cây xanh trên đường phố, vị trí' };
    const held = await send(again);
    const page = await held.text();

    expect(held.status).toBe(200);
    expect(page).toContain('Vị trí cây xanh đường phố');
    expect(page).toContain('value="anyway"');
    expect((await send({ ...again, act: 'anyway' })).status).toBe(303);
  });

  it('shows a dataset that is published already while it is typed', async () => {
    const answer = await server.get(
      '/request/similar?title=danh+s%C3%A1ch+tuy%E1%BA%BFn+xe+bu%C3%BDt',
    );

    expect(await answer.json()).toMatchObject({ datasets: [{ href: '/dataset/tuyen-xe-buyt' }] });
  });

  it('comes back with what was typed when something is missing', async () => {
    const answer = await send({ ...requestFields, 'description.vi': ' ' });
    const page = await answer.text();

    expect(answer.status).toBe(422);
    expect(page).toContain('aria-invalid="true"');
    expect(page).toContain('Vị trí cây xanh đường phố');
  });

  it('is sent once: a form that comes twice is said to have come', async () => {
    const fields = {
      ...requestFields,
      'title.vi': 'Mực nước hồ',
      ticket: anOldTicket('request', server),
    };
    expect((await send(fields)).status).toBe(303);
    const twice = await send(fields);

    expect(twice.status).toBe(422);
    expect(await twice.text()).toContain('đã được gửi rồi');
  });
});

describe('a report of an error', () => {
  const send = (fields: object) =>
    webClient(server).post('/dataset/tuyen-xe-buyt/feedback', {
      ticket: anOldTicket('feedback', server),
      type: 'wrong-value',
      distribution: 'tuyen-xe-buyt-csv',
      place: 'dòng 12, cột chieu_dai',
      'description.vi': 'Chiều dài tuyến 09A là 12 km.',
      ...fields,
    });

  it('says which file and row, and is told of on the page of the dataset', async () => {
    const sent = await send({});
    const own = sent.headers.get('location')?.split('?')[0] ?? '';

    expect(sent.status).toBe(303);
    expect(await text('/dataset/tuyen-xe-buyt')).toContain(own);
    expect(await text(own)).toContain('Số liệu sai');
    expect(await text(own)).not.toContain('09A');
    const id = own.split('/').at(-1) ?? '';
    await advanceInquiry('feedback', id, 'show', {}, operator, server.product);
    expect(await text(own)).toContain('dòng 12, cột chieu_dai');
  });

  it('is refused for a file that the dataset does not have', async () => {
    const answer = await send({ distribution: 'khac-csv' });

    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('không có tệp');
  });

  it.each(['yes', 'no'])('may follow the one question, answered with %s', async (useful) => {
    const answered = await webClient(server).post('/dataset/tuyen-xe-buyt/usefulness', { useful });
    const next = answered.headers.get('location') ?? '';

    expect(next).toBe(`/dataset/tuyen-xe-buyt/feedback?useful=${useful}`);
    expect(await text(next)).toContain('Cảm ơn');
    expect((await send({ type: 'other', useful, 'description.vi': 'Rất tiện.' })).status).toBe(303);
  });

  it.each([
    { path: '/dataset/tuyen-xe-buyt/usefulness', fields: { useful: 'maybe' }, status: 400 },
    { path: '/dataset/khong-co/usefulness', fields: { useful: 'yes' }, status: 404 },
    { path: '/dataset/khong-co/feedback', fields: {}, status: 404 },
    { path: '/request/khong-co/support', fields: {}, status: 404 },
  ])('is refused at $path with $status', async ({ path, fields, status }) => {
    expect((await webClient(server).post(path, fields)).status).toBe(status);
  });
});

describe('webmention', () => {
  const tell = (fields: Fields) => webClient(server).post('/webmention', fields);
  const target = () => `${server.baseURL}/dataset/tuyen-xe-buyt`;

  it('is found on the page of a dataset', async () => {
    const answer = await server.get('/dataset/tuyen-xe-buyt', { Accept: 'text/html' });

    expect(answer.headers.get('link')).toContain('</webmention>; rel="webmention"');
  });

  it('takes in a page that links to a dataset, looks, and proposes it to the moderators', async () => {
    const elsewhere = await startPageServer({
      '/bai': `<title>Xe buýt &amp; phố</title><a href="${target()}#files">dữ liệu</a>`,
      '/khac': `<p>${target()}</p>`,
    });
    try {
      for (const path of ['/bai', '/khac', '/khong-co']) {
        expect((await tell({ source: `${elsewhere.url}${path}`, target: target() })).status).toBe(
          202,
        );
      }
      const allowed = { allowIPAddressList: ['127.0.0.1'] };
      expect(await checkReuses(server.product, allowed)).toMatchObject({ mentions: 3 });
      const mentions = mentionRepository(server.product.database.read);
      expect(await mentions.list('proposed', 9)).toMatchObject([
        { source: `${elsewhere.url}/bai`, title: 'Xe buýt & phố', dataset: 'tuyen-xe-buyt' },
      ]);
      expect(await mentions.list('unfounded', 9)).toMatchObject([
        { source: `${elsewhere.url}/khac`, reason: 'status 200, no link' },
        { source: `${elsewhere.url}/khong-co`, reason: 'status 404, no link' },
      ]);
      // Told again, what was unfounded is looked at again; what waits for a moderator is left alone.
      await tell({ source: `${elsewhere.url}/khac`, target: target() });
      await tell({ source: `${elsewhere.url}/bai`, target: target() });
      expect(await checkReuses(server.product, allowed)).toMatchObject({ mentions: 1 });
    } finally {
      await elsewhere.close();
    }
  });

  it('asks no address of the inside, whoever names it', async () => {
    await tell({ source: 'http://127.0.0.1:1/x', target: target() });
    await checkReuses(server.product);
    const unfounded = await mentionRepository(server.product.database.read).list('unfounded', 9);

    expect(unfounded.at(-1)).toMatchObject({ reason: 'address-not-public' });
  });

  it.each([
    { why: 'nothing', fields: () => ({}) },
    { why: 'no address', fields: () => ({ source: 'javascript:alert(1)', target: target() }) },
    {
      why: 'a page of our own',
      fields: () => ({ source: `${server.baseURL}/x`, target: target() }),
    },
    {
      why: 'a target elsewhere',
      fields: () => ({ source: 'https://a.example/', target: 'https://b.example/' }),
    },
    {
      why: 'a dataset that never was',
      fields: () => ({ source: 'https://a.example/', target: `${target()}-x` }),
    },
  ])('refuses $why in words', async ({ fields }) => {
    expect((await tell(fields())).status).toBe(400);
  });
});

describe('the page of a reuse', () => {
  it('is asked for again each day: dead after three days, alive with an answer, proven by a link back', async () => {
    const elsewhere = await startPageServer({ '/app': `<a href="${server.baseURL}/">nguồn</a>` });
    const { product } = server;
    const own = { url: `${elsewhere.url}/app` };
    const { reuse } = await submitReuse(aReuse(own), undefined, { key: 'x' }, product);
    await moderateReuse(reuse.id, 'publish', undefined, operator, product);
    const onDay = (day: number) =>
      checkReuses(
        { ...product, clock: () => later(product.clock(), day * 25 * 3_600_000) },
        { allowIPAddressList: ['127.0.0.1'] },
      );

    await onDay(0);
    expect(await text(`/reuse/${reuse.id}`)).toContain('có dẫn về danh mục này');
    await elsewhere.close();
    for (const day of [1, 2, 3]) await onDay(day);

    expect(await text(`/reuse/${reuse.id}`)).toContain('không mở được từ ngày');
    expect(await text('/reuse')).toContain('Không mở được');
  });
});

describe('a feed of news', () => {
  const entries = async (path: string) => {
    const answer = await server.get(path);
    expect(answer.headers.get('content-type')).toContain('application/atom+xml');
    return elements(parseXml(await answer.text()), 'entry').map((entry) =>
      Object.fromEntries(entry.children.map(({ name, text: words }) => [name, words])),
    );
  };

  it('tells what was presented last', async () => {
    const [newest] = await entries('/reuse.atom');

    expect(newest).toMatchObject({ title: 'Xe buýt quanh tôi' });
    expect((await server.get(String(newest?.['id']).replace(server.baseURL, ''))).status).toBe(200);
  });

  it('tells what became of what people asked for, and of nothing that is not shown', async () => {
    const { product } = server;
    const input = aRequest({ title: { vi: 'Bảng <giá> & phí' } });
    const { id } = await submitRequest(input, { key: 'feed' }, product);
    await submitRequest(aRequest({ title: { vi: 'Chưa ai đọc' } }), { key: 'feed' }, product);
    await advanceInquiry('request', id, 'show', {}, operator, product);
    await advanceInquiry('request', id, 'answer', { answer: 'Đã có.' }, operator, product);

    expect(await entries('/request.atom')).toMatchObject([
      { title: 'Bảng <giá> & phí', summary: 'Đã có.', id: `${server.baseURL}/request/${id}` },
    ]);
  });
});

describe('who gave an e-mail', () => {
  const deps = () => ({
    ...server.product,
    writeOutcome: (outcome: Outcome) => outcomeMail(outcome, server.baseURL),
  });
  const queued = () =>
    server.product.database.read
      .selectFrom('mail')
      .selectAll()
      .where('kind', '=', 'outcome')
      .orderBy('created_at')
      .execute();

  it('is told what became of it, in the language in which they wrote', async () => {
    const { product } = server;
    const asked = await submitRequest(aRequest(), { key: 'mail' }, product);
    await advanceInquiry('request', asked.id, 'answer', { answer: 'Đã có.' }, operator, deps());
    const { reuse } = await submitReuse(
      aReuse({ title: { en: 'Buses' }, description: { en: 'Nearest stop.' } }),
      undefined,
      { key: 'mail' },
      product,
    );
    await moderateReuse(reuse.id, 'reject', 'Không mở được.', operator, deps());

    expect(await queued()).toMatchObject([
      { to_email: 'binh@example.vn', subject: expect.stringContaining('đã được trả lời: Vị trí') },
      { to_email: 'an@example.vn', subject: 'Your work was not accepted: Buses', lang: 'en' },
    ]);
    const [first] = await queued();
    expect(first?.body_text).toContain(`${server.baseURL}/request/${asked.id}`);
    expect(first?.body_text).toContain('Đã có.');
    expect(first?.body_text).not.toContain('/workspace');
  });

  it('hears nothing of what is spam, or when there is no mail server', async () => {
    const before = (await queued()).length;
    const spam = await submitRequest(aRequest(), { key: 'mail' }, server.product);
    await advanceInquiry('request', spam.id, 'reject', { reason: 'Rác.' }, operator, deps());
    const other = await submitRequest(aRequest(), { key: 'mail' }, server.product);
    await advanceInquiry(
      'request',
      other.id,
      'answer',
      { answer: 'Có.' },
      operator,
      server.product,
    );

    expect(await queued()).toHaveLength(before);
  });
});

describe('whoever sends what no page of ours sends', () => {
  const send = (fields: Fields) =>
    webClient(server).post('/request/new', { ticket: anOldTicket('request', server), ...fields });

  it.each([
    { why: 'ten thousand characters', title: 'x'.repeat(10_000), status: 422 },
    { why: 'a control character', title: 'xe \u0001', status: 422 },
    { why: 'only spaces', title: '   ', status: 422 },
    { why: 'a NUL', title: 'xe\0buýt', status: 400 },
    { why: 'more than a form holds', title: 'x'.repeat(300_000), status: 413 },
  ])('is told so: $why', async ({ title, status }) => {
    expect((await send({ ...requestFields, 'title.vi': title })).status).toBe(status);
  });

  it('finds markup written as text', async () => {
    const answer = await send({
      ...requestFields,
      'title.vi': '<script>alert(1)</script>',
      email: 'x',
    });

    expect(await answer.text()).not.toContain('<script>alert(1)');
  });

  it.each([
    '/reuse?page=1000000',
    '/request?agency=khong-co',
    '/request?sort=due',
    '/en/reuse?theme=x',
  ])('sees an empty page at %s', async (path) => {
    expect((await server.get(path, { Accept: 'text/html' })).status).toBe(200);
  });
});
