import { createDescriber } from '../../catalog/dcat/record-forms.ts';
import type { AgencyRecord } from '../../catalog/model/agency.ts';
import type { DatasetRecord, DistributionRecord } from '../../catalog/model/dataset.ts';

/*
 * Any number of datasets as a city would describe them, the same ones on every machine. Record `n` depends on `n`
 * alone, so that a thousand are the first thousand of a million.
 */

/** What a dataset is about: the words of its title and its keywords, in both languages, and its theme. */
interface Subject {
  readonly vi: string;
  readonly en: string;
  readonly theme: string;
  readonly keyword: { readonly vi: readonly string[]; readonly en: readonly string[] };
}

function subject(
  theme: string,
  vi: string,
  en: string,
  viKeyword: string,
  enKeyword: string,
): Subject {
  return { vi, en, theme, keyword: { vi: viKeyword.split(', '), en: enKeyword.split(', ') } };
}

const subjects: readonly Subject[] = [
  subject('TRAN', 'tuyến xe buýt', 'bus routes', 'xe buýt, giao thông', 'bus, transport'),
  subject('TRAN', 'điểm đỗ xe', 'parking places', 'bãi đỗ xe, giao thông', 'parking, transport'),
  subject('TRAN', 'đèn tín hiệu', 'traffic lights', 'tín hiệu, giao thông', 'signals, transport'),
  subject('TRAN', 'cầu vượt và hầm', 'bridges and tunnels', 'cầu, hầm, hạ tầng', 'bridge, tunnel'),
  subject(
    'EDUC',
    'trường tiểu học',
    'primary schools',
    'trường học, giáo dục',
    'school, education',
  ),
  subject(
    'EDUC',
    'trường mầm non',
    'nursery schools',
    'mầm non, giáo dục',
    'kindergarten, education',
  ),
  subject('EDUC', 'điểm thi vào lớp 10', 'entrance exam results', 'điểm thi, giáo dục', 'exam'),
  subject('HEAL', 'cơ sở khám bệnh', 'clinics', 'phòng khám, y tế', 'clinic, health'),
  subject('HEAL', 'nhà thuốc', 'pharmacies', 'nhà thuốc, y tế', 'pharmacy, health'),
  subject('HEAL', 'tiêm chủng mở rộng', 'vaccinations', 'tiêm chủng, vắc xin', 'vaccination'),
  subject(
    'ENVI',
    'quan trắc không khí',
    'air quality readings',
    'không khí, bụi mịn',
    'air, PM2.5',
  ),
  subject('ENVI', 'chất lượng nước hồ', 'lake water quality', 'nước, hồ', 'water, lake'),
  subject('ENVI', 'cây xanh đường phố', 'street trees', 'cây xanh, công viên', 'tree, park'),
  subject('ENVI', 'điểm thu gom rác', 'waste collection points', 'rác thải, môi trường', 'waste'),
  subject('ECON', 'doanh nghiệp mới', 'new enterprises', 'doanh nghiệp, đăng ký', 'enterprise'),
  subject(
    'ECON',
    'chợ và siêu thị',
    'markets and supermarkets',
    'chợ, thương mại',
    'market, trade',
  ),
  subject('ECON', 'giá hàng thiết yếu', 'prices of staples', 'giá cả, thị trường', 'price, market'),
  subject(
    'GOVE',
    'thủ tục hành chính',
    'administrative procedures',
    'thủ tục, một cửa',
    'procedure',
  ),
  subject(
    'GOVE',
    'dự toán ngân sách',
    'budget estimates',
    'ngân sách, tài chính',
    'budget, finance',
  ),
  subject('SOCI', 'hộ nghèo', 'poor households', 'hộ nghèo, an sinh', 'poverty, welfare'),
  subject(
    'SOCI',
    'di tích đã xếp hạng',
    'listed monuments',
    'di tích, di sản',
    'heritage, monument',
  ),
  subject('SOCI', 'lễ hội truyền thống', 'traditional festivals', 'lễ hội, văn hóa', 'festival'),
  subject(
    'AGRI',
    'vùng trồng rau an toàn',
    'safe vegetable areas',
    'rau, nông nghiệp',
    'vegetable',
  ),
  subject('REGI', 'quy hoạch phân khu', 'zoning plans', 'quy hoạch, đất đai', 'zoning, land'),
  subject('TECH', 'trạm phát sóng 5G', '5G base stations', 'viễn thông, 5G', 'telecom, 5G'),
  subject('ENER', 'điểm sạc xe điện', 'charging points', 'xe điện, sạc', 'charging, electric'),
];

const forms: readonly (readonly [vi: string, en: string])[] = [
  ['Danh mục', 'List of'],
  ['Vị trí', 'Locations of'],
  ['Thống kê', 'Statistics of'],
  ['Số liệu', 'Figures of'],
  ['Bản đồ', 'Map of'],
  ['Kế hoạch phát triển', 'Development plan for'],
];

const wards =
  'Hoàn Kiếm, Cửa Nam, Ba Đình, Ngọc Hà, Giảng Võ, Hai Bà Trưng, Vĩnh Tuy, Bạch Mai, Đống Đa, Kim Liên, Láng, Ô Chợ Dừa, Hồng Hà, Lĩnh Nam, Hoàng Mai, Vĩnh Hưng, Tương Mai, Định Công, Hoàng Liệt, Yên Sở, Thanh Xuân, Khương Đình, Phương Liệt, Cầu Giấy, Nghĩa Đô, Yên Hòa, Tây Hồ, Phú Thượng, Tây Tựu, Phú Diễn, Xuân Đỉnh, Đông Ngạc, Thượng Cát, Từ Liêm, Xuân Phương, Tây Mỗ, Đại Mỗ, Long Biên, Bồ Đề, Việt Hưng, Phúc Lợi, Hà Đông, Dương Nội, Yên Nghĩa, Phú Lương, Kiến Hưng, Thanh Trì, Đại Thanh, Nam Phù, Ngọc Hồi, Sơn Tây, Tùng Thiện, Gia Lâm, Thuận An, Bát Tràng, Phù Đổng, Thư Lâm, Đông Anh, Phúc Thịnh, Thiên Lộc, Vĩnh Thanh, Mê Linh, Yên Lãng, Tiến Thắng, Quang Minh, Sóc Sơn, Đa Phúc, Nội Bài, Trung Giã, Kim Anh'.split(
    ', ',
  );

const departments =
  'Sở Xây dựng, Sở Giáo dục và Đào tạo, Sở Y tế, Sở Nông nghiệp và Môi trường, Sở Công Thương, Sở Tài chính, Sở Nội vụ, Sở Văn hóa và Thể thao, Sở Du lịch, Sở Tư pháp, Sở Khoa học và Công nghệ, Sở Quy hoạch – Kiến trúc, Công an Thành phố, Thống kê Thành phố, Bảo hiểm xã hội, Thuế Thành phố'.split(
    ', ',
  );

const districts = wards.slice(0, 24);

/** The agencies that the records name: the departments of the city, and some wards. */
export const agencies: readonly AgencyRecord[] = [
  ...departments.map((name, at) => agency(`so-${at + 1}`, name)),
  ...districts.map((name, at) => agency(`phuong-${at + 1}`, `Ủy ban nhân dân phường ${name}`)),
];

function agency(id: string, vi: string): AgencyRecord {
  return {
    id,
    name: { vi, en: `Agency ${id}` },
    homepage: `https://${id}.hanoi.example.vn/`,
  } as AgencyRecord;
}

const formats: readonly (readonly [format: string, mediaType: string, suffix: string])[] = [
  ['CSV', 'text/csv', 'csv'],
  ['JSON', 'application/json', 'json'],
  ['XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['GEOJSON', 'application/geo+json', 'geojson'],
  ['XML', 'application/xml', 'xml'],
  ['PDF', 'application/pdf', 'pdf'],
];
const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'ANNUAL', 'IRREG'] as const;
const licences = ['CC_BY_4_0', 'CC_BY_4_0', 'CC_BY_4_0', 'CC0', 'ODC_BY'] as const;

/** A number from 0 up to 1 that depends on its two arguments alone (mulberry32). */
function draw(seed: number, step: number): number {
  let a = (Math.imul(seed, 0x9e3779b1) + Math.imul(step, 0x85ebca6b)) | 0;
  a = (a + 0x6d2b79f5) | 0;
  let t = Math.imul(a ^ (a >>> 15), 1 | a);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

function pick<Item>(items: readonly Item[], seed: number, step: number): Item {
  return items[Math.floor(draw(seed, step) * items.length)] as Item;
}

/** Record `n`, counted from 0. */
export function generateRecord(n: number): DatasetRecord {
  const about = pick(subjects, n, 1);
  const [formVi, formEn] = pick(forms, n, 2);
  const ward = pick(wards, n, 3);
  const year = 2010 + Math.floor(draw(n, 4) * 16);
  const day = `${year}-${two(1 + draw(n, 5) * 12)}-${two(1 + draw(n, 6) * 28)}`;
  const publisher = pick(agencies, n, 7);
  const id = `tap-${String(n).padStart(7, '0')}`;
  const first = Math.floor(draw(n, 8) * formats.length);
  const license = pick(licences, n, 9);
  return {
    id,
    title: {
      vi: `${formVi} ${about.vi} phường ${ward} năm ${year}`,
      en: `${formEn} ${about.en} in ${ward} ward, ${year}`,
    },
    description: {
      vi: `${formVi} ${about.vi} trên địa bàn phường ${ward}, thành phố Hà Nội, cập nhật đến hết ngày ${day}. Mỗi dòng có mã, tên, địa chỉ, tọa độ WGS 84 và tình trạng hoạt động; số liệu do ${publisher.name['vi']} tổng hợp từ báo cáo của các đơn vị, dùng cho nghiên cứu, quy hoạch và phát triển ứng dụng.`,
      en: `${formEn} ${about.en} in the ward of ${ward}, Hà Nội, up to ${day}. A row has the code, name, address, WGS 84 coordinates and status; compiled from the reports of the units concerned, for research, planning and the development of applications.`,
    },
    publisher: publisher.id,
    contactPoint: {
      fn: `Phòng Công nghệ thông tin, ${publisher.name['vi']}`,
      hasEmail: `dulieu-${publisher.id}@hanoi.example.vn`,
      hasTelephone: `+84 24 3${String(1_000_000 + (n % 8_999_999))}`,
    },
    theme: [about.theme],
    keyword: { vi: [...about.keyword.vi, ward], en: about.keyword.en },
    accessRights: 'PUBLIC',
    accrualPeriodicity: pick(frequencies, n, 10),
    issued: day,
    modified: `${year + 1}-${two(1 + draw(n, 11) * 12)}-${two(1 + draw(n, 12) * 28)}T0${n % 10}:30:00+07:00`,
    language: ['VIE'],
    spatial: ['http://sws.geonames.org/1581130/'],
    temporal: [{ startDate: `${year}-01-01`, endDate: `${year}-12-31` }],
    landingPage: [`https://${publisher.id}.hanoi.example.vn/du-lieu/${id}`],
    distribution: [0, 1, 2].map((step) => distribution(id, n, first + step, license)),
  };
}

function distribution(id: string, n: number, at: number, license: string): DistributionRecord {
  const [format, mediaType, suffix] = formats[at % formats.length] as (typeof formats)[number];
  const address = `https://tep.hanoi.example.vn/${id}`;
  return {
    id: `${id}-${suffix}`,
    title: { vi: `Tệp ${format}` },
    accessURL: address,
    downloadURL: `${address}/${id}.${suffix}`,
    format,
    mediaType,
    license,
    byteSize: 1024 + Math.floor(draw(n, 20 + at) * 50_000_000),
    checksum: { algorithm: 'sha256', checksumValue: digest(n, at) },
  };
}

/** Sixty-four hexadecimal digits that look like a hash. */
function digest(n: number, at: number): string {
  let text = '';
  for (let step = 0; step < 8; step += 1) {
    text += Math.floor(draw(n, 100 + at * 8 + step) * 4_294_967_296)
      .toString(16)
      .padStart(8, '0');
  }
  return text;
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}

/** The first `count` records. */
export function* generateRecords(count: number): Generator<DatasetRecord> {
  for (let n = 0; n < count; n += 1) yield generateRecord(n);
}

/** The same dataset as CKAN would show it: package_show, with the extras of ckanext-dcat. */
export function generatePackage(n: number): object {
  const record = generateRecord(n);
  const publisher = agencies.find(({ id }) => id === record.publisher) as AgencyRecord;
  const contact = record.contactPoint as { readonly fn: string; readonly hasEmail: string };
  const [period] = record.temporal ?? [];
  const extras = {
    issued: record.issued,
    modified: record.modified,
    frequency: `http://publications.europa.eu/resource/authority/frequency/${record.accrualPeriodicity}`,
    theme: JSON.stringify(
      (record.theme ?? []).map(
        (code) => `http://publications.europa.eu/resource/authority/data-theme/${code}`,
      ),
    ),
    access_rights: 'http://publications.europa.eu/resource/authority/access-right/PUBLIC',
    language: '["http://publications.europa.eu/resource/authority/language/VIE"]',
    spatial_uri: 'http://sws.geonames.org/1581130/',
    temporal_start: period?.startDate,
    temporal_end: period?.endDate,
    contact_name: contact.fn,
    contact_email: contact.hasEmail,
  };
  return {
    id: record.id,
    name: record.id,
    title: record.title['vi'],
    title_translated: record.title,
    notes: record.description?.['vi'],
    notes_translated: record.description,
    url: record.landingPage?.[0],
    state: 'active',
    private: false,
    type: 'dataset',
    license_id: 'cc-by',
    metadata_created: '2024-01-02T03:04:05.678901',
    metadata_modified: '2025-02-03T04:05:06.789012',
    organization: { id: publisher.id, name: publisher.id, title: publisher.name['vi'] },
    groups: [],
    tags: Object.values(record.keyword ?? {}).flatMap((words) =>
      words.map((name) => ({ name, display_name: name, state: 'active' })),
    ),
    tags_translated: record.keyword,
    extras: Object.entries(extras).map(([key, value]) => ({ key, value })),
    num_resources: 3,
    resources: (record.distribution ?? []).map((file, position) => ({
      id: file.id,
      position,
      name: file.title?.['vi'],
      url: file.downloadURL,
      access_url: file.accessURL,
      format: file.format,
      mimetype: file.mediaType,
      license: 'http://creativecommons.org/licenses/by/4.0/',
      size: file.byteSize,
      hash: file.checksum?.checksumValue,
      hash_algorithm: 'sha256',
      resource_type: 'file',
      state: 'active',
      created: '2024-01-02T03:04:05.678901',
    })),
  };
}

/** The first `count` packages as NDJSON, in pieces as a file would give them. */
export async function* generateNdjson(count: number): AsyncGenerator<string> {
  let text = '';
  for (let n = 0; n < count; n += 1) {
    text += `${JSON.stringify(generatePackage(n))}\n`;
    if (text.length > 64 * 1024) {
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}

/** How many triples a generated record makes, on average. */
export function averageTriples(sample = 500): number {
  const describer = createDescriber('https://data.hanoi.example.vn');
  let triples = 0;
  for (const record of generateRecords(sample)) {
    triples += describer.quads(describer.datasetNode(record), record.id).length;
  }
  return triples / sample;
}
