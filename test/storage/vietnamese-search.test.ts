import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '../../catalog/access/actor.ts';
import { sourcePolicy } from '../../catalog/exchange/import-policy.ts';
import { importRecords } from '../../catalog/exchange/import-records.ts';
import { readSearchQuery } from '../../catalog/search/search-query.ts';
import { testDatabases } from '../support/databases.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { searchCorpus } from '../support/search-corpus.ts';

/** What is typed, and what must stand first. */
const expected: readonly (readonly [string, string])[] = [
  // With and without marks, in any case, composed and decomposed.
  ['xe buýt', 'tuyen-xe-buyt'],
  ['xe buyt', 'tuyen-xe-buyt'],
  ['XE BUÝT', 'tuyen-xe-buyt'],
  ['Xe Buýt'.normalize('NFD'), 'tuyen-xe-buyt'],
  ['điểm dừng xe buýt', 'diem-dung'],
  ['diem dung', 'diem-dung'],
  ['dừng xe', 'diem-dung'],
  ['bãi đỗ xe', 'bai-do-xe'],
  ['bai do xe', 'bai-do-xe'],
  ['giá đất', 'gia-dat'],
  ['gia dat', 'gia-dat'],
  ['đất đai', 'gia-dat'],
  ['đường phố', 'duong-pho'],
  ['duong pho', 'duong-pho'],
  ['Đường Sắt', 'duong-sat'],
  ['đái tháo đường', 'duong-mau'],
  // Spelled so comes before spelled otherwise.
  ['bản đồ', 'ban-do-dia-chinh'],
  ['bạn đọc', 'ban-doc'],
  ['hòa giải', 'hoa-giai'],
  ['hoà giải', 'hoa-giai'],
  ['hoa', 'hoa-cay-canh'],
  ['thủy lợi', 'thuy-loi'],
  ['thuỷ lợi', 'thuy-loi'],
  ['văn hoá', 'di-tich'],
  ['khám bệnh', 'kham-benh'],
  ['chợ', 'cho-sieu-thi'],
  ['giá', 'gia-thi-truong'],
  // The title before keywords, keywords before the description.
  ['không khí', 'khong-khi'],
  ['PM2.5', 'khong-khi'],
  ['pm10', 'khong-khi'],
  ['ngập', 'diem-ngap'],
  ['khách sạn', 'luu-tru'],
  ['thư viện', 'ban-doc'],
  ['trường học', 'truong-hoc'],
  ['giao thông', 'un-tac'],
  ['dịch bệnh', 'benh-truyen-nhiem'],
  ['quan trắc', 'khong-khi'],
  ['trạm bơm', 'tram-bom'],
  // What is recent before what is stale.
  ['dân số', 'dan-so'],
  ['dan so theo', 'dan-so'],
  // While somebody types.
  ['xe bu', 'tuyen-xe-buyt'],
  ['khong kh', 'khong-khi'],
  ['ngân sá', 'ngan-sach'],
  ['trun', 'ngoai-ngu'],
  ['lễ h', 'le-hoi'],
  // Abbreviations and other words for the same.
  ['UBND', 'uy-ban'],
  ['ubnd phường', 'uy-ban'],
  ['TTHC', 'thu-tuc'],
  ['xe bus', 'tuyen-xe-buyt'],
  ['bus', 'tuyen-xe-buyt'],
  ['THPT', 'thpt'],
  ['cấp 3', 'thpt'],
  ['HTX', 'hop-tac-xa'],
  ['BHYT', 'bao-hiem-y-te'],
  ['TNGT', 'tai-nan'],
  ['KCN', 'khu-cong-nghiep'],
  ['ATTP', 'an-toan-thuc-pham'],
  ['GPXD', 'giay-phep-xay-dung'],
  ['metro', 'duong-sat'],
  ['KTTV', 'thoi-tiet'],
  ['rác thải sinh hoạt', 'rac-thai'],
  ['dịch vụ công trực tuyến', 'dich-vu-cong'],
  // English.
  ['bus stops', 'diem-dung'],
  ['air quality', 'khong-khi'],
  ['schools', 'truong-hoc'],
  ['land prices', 'gia-dat'],
];

/** What is typed wrongly, and what may have been meant. */
const mistyped: readonly (readonly [string, string | undefined])[] = [
  ['xe buytt', 'xe buýt'],
  ['gaio thông', 'giao thông'],
  ['xebuyt', 'xe buýt'],
  ['truong hocj', 'truong học'],
  ['khônq khí', 'không khí'],
  ['zzzzzzzzzzzz', undefined],
];

describe.each(testDatabases())('a search in Vietnamese on $name', ({ create }) => {
  let test: TestProduct;

  beforeAll(async () => {
    test = await startProduct(create);
    const items = (async function* () {
      for (const [at, record] of searchCorpus.entries()) yield { line: at + 1, record };
    })();
    const deps = { ...test.product, actor: operator, dryRun: false };
    const report = await importRecords(items, sourcePolicy, deps);
    expect(report.published).toBe(searchCorpus.length);
  });
  afterAll(() => test.close());

  const search = (q: string) =>
    test.product.search.search(readSearchQuery(new URLSearchParams({ q })), 1, 10);

  it.each(expected)('for “%s” puts %s first', async (q, id) => {
    const { hits } = await search(q);
    expect(hits.map(({ record }) => record.id)).toContain(id);
    expect(hits[0]?.record.id).toBe(id);
  });

  it.each(mistyped)('for “%s” asks whether “%s” was meant', async (q, meant) => {
    const { total, didYouMean } = await search(q);
    expect({ total, didYouMean }).toEqual({ total: 0, didYouMean: meant });
  });

  it.each([
    ['10,000 characters', 'xe '.repeat(3334)],
    ['punctuation', '"*^-+:()[]{}!@#$%&/\\'],
    ['operators', 'xe AND OR NOT NEAR(buýt) title:xe "buýt'],
    ['SQL', "'; drop table dataset; --"],
    ['HTML', '<script>alert(1)</script>'],
    ['half a character', '\ud800 xe \udfff'],
    ['NUL', 'xe\u0000buýt'],
  ])('answers %s', async (_what, q) => {
    expect((await search(q)).total).toBeGreaterThanOrEqual(0);
  });

  it('is the same for a word and for the word decomposed', async () => {
    for (const { title } of searchCorpus) {
      const ids = async (q: string) => (await search(q)).hits.map(({ record }) => record.id);
      expect(await ids((title['vi'] ?? '').normalize('NFD'))).toEqual(await ids(title['vi'] ?? ''));
    }
  });

  it('finds every dataset first by its whole title', async () => {
    for (const { id, title } of searchCorpus) {
      expect((await search(title['vi'] ?? '')).hits[0]?.record.id).toBe(id);
    }
  });
});
