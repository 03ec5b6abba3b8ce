import type { ErrorObject } from 'ajv';
import type { Message } from '../kernel/lang-text.ts';

/** What a format wants, to go after "must be" and "phải là". */
const formatWords: Readonly<Record<string, Message>> = {
  iri: {
    vi: 'IRI tuyệt đối, không có dấu cách (viết %20)',
    en: 'an absolute IRI without spaces (write %20)',
  },
  link: {
    vi: 'địa chỉ đầy đủ bắt đầu bằng http://, https:// hoặc ftp://, không có dấu cách (viết %20)',
    en: 'a full address beginning with http://, https:// or ftp://, without spaces (write %20)',
  },
  web: {
    vi: 'địa chỉ đầy đủ bắt đầu bằng https:// hoặc http://',
    en: 'a full address beginning with https:// or http://',
  },
  date: { vi: 'ngày có thật, dạng 2026-03-31', en: 'a date that exists, such as 2026-03-31' },
  temporal: {
    vi: 'ngày có thật, dạng 2026, 2026-03, 2026-03-31 hoặc 2026-03-31T08:00:00+07:00',
    en: 'a date that exists, such as 2026, 2026-03, 2026-03-31 or 2026-03-31T08:00:00+07:00',
  },
  due: {
    vi: 'quý hoặc ngày, dạng 2026-Q3 hoặc 2026-09-30',
    en: 'a quarter or a date, such as 2026-Q3 or 2026-09-30',
  },
  duration: {
    vi: 'khoảng thời gian ISO 8601, dạng PT1H hoặc P1D',
    en: 'an ISO 8601 duration, such as PT1H or P1D',
  },
  text: {
    vi: 'văn bản có chữ, không chứa ký tự điều khiển',
    en: 'text with at least one letter and no control characters',
  },
  email: {
    vi: 'địa chỉ thư, dạng ten@co-quan.vn',
    en: 'an e-mail address, such as name@agency.vn',
  },
  reference: {
    vi: 'mã định danh (chữ thường không dấu, số, gạch nối) hoặc IRI',
    en: 'an identifier (lower-case letters, digits, hyphens) or an IRI',
  },
  geometry: {
    vi: 'hình học WKT như POINT(105.85 21.03), hoặc GeoJSON trong một chuỗi',
    en: 'a WKT geometry such as POINT(105.85 21.03), or GeoJSON as one string',
  },
  wkt: {
    vi: 'hình học WKT như POINT(105.85 21.03)',
    en: 'a WKT geometry such as POINT(105.85 21.03)',
  },
  geojson: {
    vi: 'hình học GeoJSON trong một chuỗi',
    en: 'a GeoJSON geometry as one string',
  },
  characters: {
    vi: 'văn bản không có ký tự điều khiển',
    en: 'text without control characters',
  },
  property: { vi: 'IRI của một thuộc tính', en: 'the IRI of a property' },
};

const typeWords: Readonly<Record<string, Message>> = {
  string: { vi: 'chuỗi ký tự', en: 'a string' },
  number: { vi: 'số', en: 'a number' },
  integer: { vi: 'số nguyên', en: 'a whole number' },
  object: { vi: 'đối tượng JSON { … }', en: 'a JSON object { … }' },
  array: { vi: 'danh sách JSON [ … ]', en: 'a JSON array [ … ]' },
  boolean: { vi: 'true hoặc false', en: 'true or false' },
  null: { vi: 'null', en: 'null' },
};

type Params = Readonly<Record<string, unknown>>;

const words: Readonly<Record<string, (params: Params, shown: () => string) => Message>> = {
  required: ({ missingProperty }) => ({
    vi: `Thiếu trường bắt buộc "${missingProperty}"; hãy thêm vào.`,
    en: `The required field "${missingProperty}" is missing; add it.`,
  }),
  type: ({ type }, shown) => {
    const names = String(type).split(',');
    const join = (lang: 'vi' | 'en', or: string) =>
      names.map((name) => typeWords[name]?.[lang] ?? name).join(or);
    return {
      vi: `Giá trị ${shown()} phải là ${join('vi', ' hoặc ')}.`,
      en: `The value ${shown()} must be ${join('en', ' or ')}.`,
    };
  },
  format: ({ format }, shown) => {
    const wanted = formatWords[String(format)] ?? { vi: String(format), en: String(format) };
    return {
      vi: `Giá trị ${shown()} phải là ${wanted.vi}.`,
      en: `The value ${shown()} must be ${wanted.en}.`,
    };
  },
  pattern: ({ pattern }, shown) => ({
    vi: `Giá trị ${shown()} không đúng dạng ${pattern}.`,
    en: `The value ${shown()} does not match ${pattern}.`,
  }),
  enum: ({ allowedValues }, shown) => {
    const values = (allowedValues as readonly unknown[]).map(String);
    const list = values.slice(0, 30).join(', ') + (values.length > 30 ? ', …' : '');
    return {
      vi: `Giá trị ${shown()} không có trong danh sách: ${list}.`,
      en: `The value ${shown()} is not one of: ${list}.`,
    };
  },
  additionalProperties: ({ additionalProperty }) => ({
    vi: `Không có trường "${additionalProperty}"; hãy bỏ đi hoặc sửa tên theo /api/v1/openapi.json.`,
    en: `There is no field "${additionalProperty}"; remove it or correct its name, see /api/v1/openapi.json.`,
  }),
  propertyNames: ({ propertyName }) => ({
    vi: `Tên "${propertyName}" không hợp lệ ở đây; hãy dùng thẻ ngôn ngữ như vi, en (trong extras: IRI của thuộc tính).`,
    en: `The name "${propertyName}" is not allowed here; use a language tag such as vi or en (within extras: the IRI of a property).`,
  }),
  dependentRequired: ({ property, missingProperty }) => ({
    vi: `Có "${property}" thì phải có "${missingProperty}".`,
    en: `"${property}" needs "${missingProperty}" beside it.`,
  }),
  maxItems: ({ limit }) => ({
    vi: `Nhiều nhất ${limit} mục; hãy bỏ bớt.`,
    en: `At most ${limit} items; take some out.`,
  }),
  uniqueItems: ({ i, j }) => ({
    vi: `Mục ${Number(j) + 1} và mục ${Number(i) + 1} trùng nhau; hãy bỏ một mục.`,
    en: `Items ${Number(j) + 1} and ${Number(i) + 1} are the same; remove one.`,
  }),
  minItems: ({ limit }) => ({
    vi: `Phải có ít nhất ${limit} mục.`,
    en: `At least ${limit} item is needed.`,
  }),
  minProperties: ({ limit }) => ({
    vi: `Phải có ít nhất ${limit} trường.`,
    en: `At least ${limit} field is needed.`,
  }),
  minLength: ({ limit }) => ({
    vi: `Phải có ít nhất ${limit} ký tự.`,
    en: `At least ${limit} character is needed.`,
  }),
  maxLength: ({ limit }) => ({
    vi: `Không được dài quá ${limit} ký tự.`,
    en: `At most ${limit} characters are allowed.`,
  }),
  minimum: ({ limit }, shown) => ({
    vi: `Giá trị ${shown()} phải từ ${limit} trở lên.`,
    en: `The value ${shown()} must be ${limit} or more.`,
  }),
  maximum: ({ limit }, shown) => ({
    vi: `Giá trị ${shown()} không được quá ${limit}.`,
    en: `The value ${shown()} must be ${limit} or less.`,
  }),
  exclusiveMinimum: ({ limit }, shown) => ({
    vi: `Giá trị ${shown()} phải lớn hơn ${limit}.`,
    en: `The value ${shown()} must be more than ${limit}.`,
  }),
};

/** Says in both languages what is wrong with a value and what to do, from what Ajv found. */
export function messageFor(error: ErrorObject): Message {
  const say = words[error.keyword];
  if (say) return say(error.params as Params, () => show(error.data));
  return {
    vi: `Giá trị ${show(error.data)} không hợp lệ (${error.keyword}).`,
    en: `The value ${show(error.data)} is not valid (${error.keyword}).`,
  };
}

/** A value as a message quotes it: short, on one line; of a list or an object only how it begins. */
function show(value: unknown): string {
  const text = JSON.stringify(beginning(value, 3)) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function beginning(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.slice(0, 80);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '…';
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => beginning(item, depth - 1));
  const begun: Record<string, unknown> = {};
  let count = 0;
  for (const key in value) {
    if (count === 20) break;
    begun[key.slice(0, 80)] = beginning((value as Record<string, unknown>)[key], depth - 1);
    count += 1;
  }
  return begun;
}
