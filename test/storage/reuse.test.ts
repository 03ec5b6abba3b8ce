import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, operator } from '../../catalog/access/actor.ts';
import { auditRepository } from '../../catalog/audit/audit-repository.ts';
import { advanceDataset } from '../../catalog/inventory/advance-dataset.ts';
import { registerDataset } from '../../catalog/inventory/register-dataset.ts';
import { type Instant, later, localDate } from '../../catalog/kernel/clock.ts';
import { advanceInquiry } from '../../catalog/reuse/advance-inquiry.ts';
import { confirmMention, refuseMention } from '../../catalog/reuse/decide-mention.ts';
import type { InquiryAct } from '../../catalog/reuse/inquiry-lifecycle.ts';
import { inquiryRepository } from '../../catalog/reuse/inquiry-repository.ts';
import { mentionRepository } from '../../catalog/reuse/mention-repository.ts';
import { moderateReuse } from '../../catalog/reuse/moderate-reuse.ts';
import { rateDataset } from '../../catalog/reuse/rate-dataset.ts';
import { receiveMention } from '../../catalog/reuse/receive-mention.ts';
import { isInTime, reuseFactsRepository } from '../../catalog/reuse/reuse-facts-repository.ts';
import { reuseRepository } from '../../catalog/reuse/reuse-repository.ts';
import { submitFeedback, submitRequest } from '../../catalog/reuse/submit-inquiry.ts';
import {
  getOwnReuse,
  reviseReuse,
  submitReuse,
  withdrawOwnReuse,
} from '../../catalog/reuse/submit-reuse.ts';
import { supportRequest } from '../../catalog/reuse/support-request.ts';
import type { Sender } from '../../catalog/reuse/throttle.ts';
import { usefulnessRepository } from '../../catalog/reuse/usefulness-repository.ts';
import { aDataset } from '../support/builders.ts';
import { testDatabases } from '../support/databases.ts';
import { aFeedback, aRequest, aReuse } from '../support/inquiries.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

let senders = 0;
/** Somebody from a network that nothing came from yet. */
function somebody(): Sender {
  senders += 1;
  return { key: `network ${senders}` };
}
const editor = (agency: string): Actor => ({ name: 'x', grants: [{ role: 'editor', agency }] });

describe.each(testDatabases())('what people make, ask and report, on $name', ({ create }) => {
  let made: TestProduct;
  let product: TestProduct['product'];

  beforeAll(async () => {
    made = await startProduct(create);
    product = made.product;
    await made.publish(aDataset());
    await made.publish(aDataset({ id: 'diem-dung' }));
    await registerDataset(aDataset({ id: 'ban-nhap' }), operator, product);
    const planned = { id: 'cam-ket', title: { vi: 'Giá đất' }, publisher: 'so-xay-dung' };
    const inventory = { release: { plan: '2026', due: '2026-Q4' } };
    await registerDataset({ ...planned, inventory }, operator, product);
  });
  afterAll(() => made.close());

  describe('a reuse', () => {
    const find = (id: string) => reuseRepository(product.database.read).find(id);

    it('waits until a moderator publishes it, and its act is in the audit without the e-mail', async () => {
      const { reuse } = await submitReuse(aReuse(), undefined, somebody(), product);
      expect((await find(reuse.id))?.state).toBe('pending');

      await moderateReuse(reuse.id, 'publish', undefined, operator, product);

      const kept = await find(reuse.id);
      expect(kept).toMatchObject({ state: 'published', record: { type: 'application' } });
      expect(kept?.publishedAt).toBeDefined();
      const audit = await auditRepository(product.database.read).list({}, undefined, 1);
      expect(audit[0]).toMatchObject({ act: 'reuse.publish', subject: `reuse/${reuse.id}` });
      expect(JSON.stringify(audit)).not.toContain('an@example.vn');
    });

    it('that was rejected says why, and can be sent again by its secret link alone', async () => {
      const { reuse, key } = await submitReuse(aReuse(), undefined, somebody(), product);
      await moderateReuse(reuse.id, 'reject', 'Thiếu giới thiệu.', operator, product);
      expect(await getOwnReuse(key, product)).toMatchObject({
        state: 'rejected',
        reason: 'Thiếu giới thiệu.',
      });

      await reviseReuse(key, aReuse({ creator: 'Bình' }), undefined, somebody(), product);

      expect(await find(reuse.id)).toMatchObject({ state: 'pending', record: { creator: 'Bình' } });
      await expect(getOwnReuse(`${key}x`, product)).rejects.toMatchObject({
        code: 'reuse-link-unknown',
      });
      expect(JSON.stringify(await find(reuse.id))).not.toContain(key);
    });

    it('stays as it is while a change of it waits, and loses its proof with its address', async () => {
      const { reuse, key } = await submitReuse(aReuse(), undefined, somebody(), product);
      await moderateReuse(reuse.id, 'publish', undefined, operator, product);
      const proven = { failures: 0, checkedAt: product.clock(), provenAt: product.clock() };
      await product.database.transaction((tx) => reuseRepository(tx).saveCheck(reuse.id, proven));
      const change = aReuse({ url: 'https://example.vn/khac', dataset: ['diem-dung'] });

      await reviseReuse(key, change, undefined, somebody(), product);
      expect(await find(reuse.id)).toMatchObject({
        state: 'published',
        record: { url: 'https://example.vn/xe-buyt' },
        revision: { url: 'https://example.vn/khac' },
      });

      await moderateReuse(reuse.id, 'publish', undefined, operator, product);
      const after = await find(reuse.id);
      expect(after).toMatchObject({ state: 'published', record: { dataset: ['diem-dung'] } });
      expect([after?.revision, after?.provenAt]).toEqual([undefined, undefined]);
    });

    it('is withdrawn by its submitter for good', async () => {
      const { reuse, key } = await submitReuse(aReuse(), undefined, somebody(), product);
      await moderateReuse(reuse.id, 'publish', undefined, operator, product);

      await withdrawOwnReuse(key, product);

      expect((await find(reuse.id))?.state).toBe('withdrawn');
      await expect(
        reviseReuse(key, aReuse(), undefined, somebody(), product),
      ).rejects.toMatchObject({ code: 'reuse-withdrawn' });
    });

    it.each([
      { what: 'a script as address', change: { url: 'javascript:alert(1)' }, at: '/url' },
      { what: 'an FTP address', change: { url: 'ftp://example.vn/x' }, at: '/url' },
      { what: 'a draft as dataset', change: { dataset: ['ban-nhap'] }, at: '/dataset/0' },
      { what: 'a planned dataset', change: { dataset: ['cam-ket'] }, at: '/dataset/0' },
      { what: 'a dataset that never was', change: { dataset: ['x'] }, at: '/dataset/0' },
      { what: 'no dataset', change: { dataset: [] }, at: '/dataset' },
      { what: 'a NUL', change: { creator: 'a\0b' }, at: '/creator' },
      {
        what: 'a huge text',
        change: { description: { vi: 'x'.repeat(3001) } },
        at: '/description/vi',
      },
      {
        what: 'advertising',
        change: { description: { vi: 'https://a www.b http://c https://d' } },
        at: '/description/vi',
      },
      {
        what: 'a link in the title',
        change: { title: { vi: 'Xem https://a.vn' } },
        at: '/title/vi',
      },
      { what: 'another field', change: { state: 'published' }, at: '/state' },
    ])('is refused with $what', async ({ change, at }) => {
      const input = { ...aReuse(), ...change };

      await expect(submitReuse(input, undefined, somebody(), product)).rejects.toMatchObject({
        code: 'reuse-invalid',
        findings: [{ pointer: at }],
      });
    });

    it('is moderated by the coordinator alone, and rejected with a reason', async () => {
      const { reuse } = await submitReuse(aReuse(), undefined, somebody(), product);

      await expect(
        moderateReuse(reuse.id, 'publish', undefined, editor('so-xay-dung'), product),
      ).rejects.toMatchObject({ kind: 'forbidden' });
      await expect(
        moderateReuse(reuse.id, 'reject', '  ', operator, product),
      ).rejects.toMatchObject({ code: 'reason-missing' });
      await expect(
        moderateReuse(reuse.id, 'withdraw', 'x', operator, product),
      ).rejects.toMatchObject({ code: 'act-not-possible' });
    });
  });

  describe('a request', () => {
    const act = (id: string, name: InquiryAct, input = {}, actor = operator) =>
      advanceInquiry('request', id, name, input, actor, product);

    it('goes from hand to hand until it is answered, with a deadline in working days', async () => {
      const friday = { ...product, clock: () => '2026-11-27T03:00:00.000Z' as Instant };
      const request = await submitRequest(aRequest(), somebody(), friday);
      expect(request).toMatchObject({ state: 'received', isShown: false, due: '2026-12-18' });

      await act(request.id, 'show');
      await act(request.id, 'assign', { agency: 'so-xay-dung' });
      await act(request.id, 'plan', { dataset: 'cam-ket' }, editor('so-xay-dung'));
      const answered = await act(
        request.id,
        'answer',
        { answer: 'Đã công bố.', dataset: 'tuyen-xe-buyt' },
        editor('so-xay-dung'),
      );

      expect(answered).toMatchObject({
        state: 'answered',
        isShown: true,
        dataset: 'tuyen-xe-buyt',
        answer: { text: { vi: 'Đã công bố.' } },
      });
      expect(answered.answeredAt).toBeDefined();
    });

    it('is declined with an answer and the law', async () => {
      const request = await submitRequest(aRequest(), somebody(), product);

      await expect(act(request.id, 'decline', { answer: 'Không.' })).rejects.toMatchObject({
        findings: [{ pointer: '/legalReason' }],
      });
      const legalReason = 'Điều 6 Luật Tiếp cận thông tin 2016';
      await act(request.id, 'decline', { answer: 'Không.', legalReason });

      await expect(act(request.id, 'plan', { dataset: 'cam-ket' })).rejects.toMatchObject({
        code: 'act-not-possible',
      });
    });

    it.each([
      { what: 'a draft', dataset: 'ban-nhap' },
      { what: 'nothing', dataset: undefined },
    ])('is not linked to $what', async ({ dataset }) => {
      const request = await submitRequest(aRequest(), somebody(), product);

      await expect(act(request.id, 'plan', { dataset })).rejects.toMatchObject({
        code: 'dataset-unknown',
      });
    });

    it('is answered by the agency that has it, and by no other', async () => {
      const request = await submitRequest(aRequest(), somebody(), product);
      const answer = { answer: 'Đây.' };
      const other = editor('so-y-te');

      await expect(act(request.id, 'answer', answer, other)).rejects.toMatchObject({
        kind: 'forbidden',
      });
      await act(request.id, 'assign', { agency: 'so-xay-dung' });
      await expect(act(request.id, 'answer', answer, other)).rejects.toMatchObject({
        kind: 'forbidden',
      });
      await expect(act(request.id, 'assign', { agency: 'khong-co' })).rejects.toMatchObject({
        code: 'agency-unknown',
      });
    });

    it('counts each visitor once, and tells nobody who they are', async () => {
      const request = await submitRequest(aRequest(), somebody(), product);
      await expect(supportRequest(request.id, 'a', somebody(), product)).rejects.toMatchObject({
        code: 'request-not-found',
      });
      await act(request.id, 'show');

      expect(await supportRequest(request.id, 'khach-a', somebody(), product)).toBe(true);
      expect(await supportRequest(request.id, 'khach-a', somebody(), product)).toBe(false);
      expect(await supportRequest(request.id, 'khach-b', somebody(), product)).toBe(true);

      const kept = await inquiryRepository(product.database.read).find(request.id);
      expect(kept?.supporters).toBe(2);
      const rows = await product.database.read.selectFrom('inquiry_support').selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain('khach');
    });

    it('takes ten supporters a day from one network, however many cookies come from it', async () => {
      const request = await submitRequest(aRequest(), somebody(), product);
      await act(request.id, 'show');
      const one = somebody();
      const flood = Array.from({ length: 40 }, (_, at) => at);

      const outcomes = await Promise.allSettled(
        flood.map((at) => supportRequest(request.id, `dem-${at}`, one, product)),
      );

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
      const kept = await inquiryRepository(product.database.read).find(request.id);
      expect(kept?.supporters).toBe(10);
      expect(await supportRequest(request.id, 'khac', somebody(), product)).toBe(true);
    });
  });

  it('takes twenty submissions an hour from one network, and each form once', async () => {
    const one = somebody();
    for (let count = 0; count < 20; count += 1) await submitRequest(aRequest(), one, product);
    await expect(submitRequest(aRequest(), one, product)).rejects.toMatchObject({
      code: 'too-many-submissions',
      retryAfter: expect.any(Number),
    });
    const hourLater = { ...product, clock: () => later(product.clock(), 3_700_000) };
    await submitRequest(aRequest(), one, hourLater);

    const twice = { ...somebody(), formNonce: 'mau-1' };
    await submitRequest(aRequest(), twice, product);
    await expect(submitRequest(aRequest(), twice, product)).rejects.toMatchObject({
      code: 'form-sent-already',
    });
  });

  it('gives a report to the agency of the dataset, and refuses one of what is not published', async () => {
    const feedback = await submitFeedback(aFeedback(), somebody(), product);

    expect(feedback).toMatchObject({ state: 'assigned', agency: 'so-xay-dung', isShown: false });
    await expect(
      submitFeedback(aFeedback({ dataset: 'ban-nhap' }), somebody(), product),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('counts usefulness by day, five times a day from one network', async () => {
    const one = somebody();
    const rate = (isUseful: boolean, sender: Sender) =>
      rateDataset('diem-dung', isUseful, sender, product);
    for (let count = 0; count < 5; count += 1) await rate(true, one);
    await expect(rate(false, one)).rejects.toMatchObject({ kind: 'throttled' });
    await rate(false, somebody());

    expect(await usefulnessRepository(product.database.read).of('diem-dung')).toEqual({
      useful: 5,
      useless: 1,
    });
  });

  describe('the facts for the criteria', () => {
    const today = () => localDate(product.clock());
    const facts = () => reuseFactsRepository(product.database.read);

    it('tell what was published of each dataset, and whether it is alive', async () => {
      const { reuse } = await submitReuse(
        aReuse({ type: 'study', dataset: ['diem-dung', 'tuyen-xe-buyt'] }),
        undefined,
        somebody(),
        product,
      );
      await moderateReuse(reuse.id, 'publish', undefined, operator, product);
      const own = async (to: string) =>
        (await facts().reuses({ to })).filter(({ reuseId }) => reuseId === reuse.id);

      expect((await own(today())).map(({ datasetId }) => datasetId).sort()).toEqual([
        'diem-dung',
        'tuyen-xe-buyt',
      ]);
      expect((await own(today()))[0]).toMatchObject({
        type: 'study',
        publisher: 'so-xay-dung',
        isAlive: true,
        isProven: false,
      });
      expect(await own('2020-01-01')).toEqual([]);
      const dead = { failures: 3, deadSince: product.clock() };
      await product.database.transaction((tx) => reuseRepository(tx).saveCheck(reuse.id, dead));
      expect((await own(today())).map(({ isAlive }) => isAlive)).toEqual([false, false]);
      await moderateReuse(reuse.id, 'withdraw', 'Đã đóng.', operator, product);
      expect(await own(today())).toEqual([]);
    });

    it('tell which requests were answered in time, without what was spam', async () => {
      const at = (day: string) => ({ ...product, clock: () => `${day}T03:00:00.000Z` as Instant });
      const asked = async () => submitRequest(aRequest(), somebody(), at('2025-03-03'));
      const [inTime, late, open, spam] = [
        await asked(),
        await asked(),
        await asked(),
        await asked(),
      ];
      const answer = { answer: 'Đây.' };
      await advanceInquiry('request', inTime.id, 'answer', answer, operator, at('2025-03-24'));
      await advanceInquiry('request', late.id, 'answer', answer, operator, at('2025-03-25'));
      await advanceInquiry('request', spam.id, 'reject', { reason: 'x' }, operator, product);

      const found = await facts().inquiries({ from: '2025-03-01', to: '2025-03-31' }, 'request');
      const told = new Map(found.map((fact) => [fact.id, isInTime(fact, '2025-06-01')]));

      expect(told).toEqual(
        new Map([
          [inTime.id, true],
          [late.id, false],
          [open.id, false],
        ]),
      );
      expect(found.map((fact) => isInTime(fact, '2025-03-24'))).toContain(undefined);
    });

    it('tell how many were satisfied', async () => {
      const days = { from: today(), to: today() };

      expect(await facts().satisfaction(days)).toEqual([
        { datasetId: 'diem-dung', publisher: 'so-xay-dung', useful: 5, useless: 1 },
      ]);
    });
  });

  it('keeps a reuse of a dataset that was withdrawn since', async () => {
    await made.publish(aDataset({ id: 'se-rut' }));
    const { reuse } = await submitReuse(
      aReuse({ dataset: ['se-rut'] }),
      undefined,
      somebody(),
      product,
    );
    await advanceDataset('se-rut', 'withdraw', 'Trùng.', operator, product);

    await moderateReuse(reuse.id, 'publish', undefined, operator, product);

    const published = { states: ['published'], dataset: 'se-rut' } as const;
    expect(await reuseRepository(product.database.read).count(published)).toBe(1);
  });

  it('is found by the theme and the agency of its datasets, those with a link back first', async () => {
    const list = (filter: object, order: 'newest' | 'proven' = 'newest') =>
      reuseRepository(product.database.read).list(
        { states: ['published'], ...filter },
        0,
        9,
        order,
      );
    const { reuse } = await submitReuse(
      aReuse({ title: { vi: 'Đã dẫn nguồn' } }),
      undefined,
      somebody(),
      product,
    );
    await moderateReuse(reuse.id, 'publish', undefined, operator, product);
    const at = product.clock();
    await product.database.transaction((tx) =>
      reuseRepository(tx).saveCheck(reuse.id, { checkedAt: at, provenAt: at, failures: 0 }),
    );
    const ids = async (...asked: Parameters<typeof list>) =>
      (await list(...asked)).map(({ id }) => id);

    expect(await ids({ theme: 'TRAN' })).toContain(reuse.id);
    expect(await ids({ theme: 'HEAL' })).toEqual([]);
    expect(await ids({ agency: 'so-xay-dung', theme: 'TRAN' })).toContain(reuse.id);
    expect(await ids({ agency: 'so-y-te' })).toEqual([]);
    expect((await ids({}, 'proven'))[0]).toBe(reuse.id);
  });

  describe('an inquiry at its agency', () => {
    it('is taken by an officer, who has it no more once it is passed on', async () => {
      const { id } = await submitFeedback(aFeedback(), somebody(), product);
      const advance = (act: InquiryAct, input: object, actor: Actor) =>
        advanceInquiry('feedback', id, act, input, actor, product);
      const officer = editor('so-xay-dung');

      const taken = await advance('take', {}, { ...officer, name: 'Bà Hoa' });
      expect(taken).toMatchObject({ state: 'assigned', handler: 'Bà Hoa' });
      const passed = await advance(
        'assign',
        { agency: 'so-xay-dung', reason: 'Việc của Sở.' },
        officer,
      );
      expect(passed.handler).toBeUndefined();
      await expect(advance('take', {}, editor('so-y-te'))).rejects.toMatchObject({
        kind: 'forbidden',
      });
    });

    it('is answered without the address of who asked, half a year later', async () => {
      const { id } = await submitFeedback(aFeedback(), somebody(), product);
      await advanceInquiry('feedback', id, 'answer', { answer: 'Đã sửa.' }, operator, product);
      const forget = (before: string) =>
        product.database.transaction((tx) => inquiryRepository(tx).forgetEmails(before));
      const email = async () => (await inquiryRepository(product.database.read).find(id))?.email;

      await forget(later(product.clock(), -1000));
      expect(await email()).toBe('cuc@example.vn');
      await forget(later(product.clock(), 1000));
      expect(await email()).toBeUndefined();
    });
  });

  describe('a mention', () => {
    const source = 'https://bao.example.vn/xe-buyt';
    const target = 'https://data.example.vn/dataset/tuyen-xe-buyt';
    const confirmation = {
      title: { vi: 'Xe buýt trong phố' },
      description: { vi: 'Một bài báo.' },
      type: 'article',
      creator: 'Báo',
      email: 'dieu-phoi@example.vn',
    };
    const find = async () => mentionRepository(product.database.read).findPair(source, target);
    const propose = async () => {
      const mention = await receiveMention({ source, target }, somebody(), product);
      const checkedAt = product.clock();
      await product.database.transaction((tx) =>
        mentionRepository(tx).save({ ...mention, state: 'proposed', checkedAt }),
      );
      return mention.id;
    };

    it('is one, however often it is told', async () => {
      const first = await receiveMention({ source, target }, somebody(), product);
      const again = await receiveMention({ source: `${source}#x`, target }, somebody(), product);

      expect(again.id).toBe(first.id);
      expect(await mentionRepository(product.database.read).count('received')).toBe(1);
    });

    it('becomes a proven reuse when a moderator confirms it, and nothing twice', async () => {
      const id = await propose();
      await expect(
        confirmMention(id, confirmation, editor('so-xay-dung'), product),
      ).rejects.toMatchObject({ kind: 'forbidden' });
      const reuse = await confirmMention(id, confirmation, operator, product);

      expect(reuse).toMatchObject({ state: 'published', record: { url: source } });
      expect(reuse.provenAt).toBeDefined();
      expect(await find()).toMatchObject({ state: 'confirmed', reuse: reuse.id });
      await expect(refuseMention(id, 'Muộn.', operator, product)).rejects.toMatchObject({
        code: 'act-not-possible',
      });
      const [act] = await auditRepository(product.database.read).list(
        { act: 'mention' },
        undefined,
        1,
      );
      expect(act).toMatchObject({ act: 'mention.confirm', subject: `mention/${id}` });
    });
  });
});
