import { isDuration, isLink } from '../../kernel/formats.ts';
import type { LangText, LangTexts, Message } from '../../kernel/lang-text.ts';
import { isUuid } from '../../kernel/uuid.ts';
import type { AgencyRecord } from '../../model/agency.ts';
import type {
  ContactPoint,
  DatasetRecord,
  DistributionRecord,
  PeriodOfTime,
} from '../../model/dataset.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import { findFrequency, findLicence, findTheme } from '../spellings.ts';
import {
  cleanText,
  type Note,
  noteTaker,
  present,
  some,
  toEmail,
  toId,
  toIris,
  toLangText,
  toLink,
  toLinks,
  toTemporal,
} from './clean-values.ts';
import { datasetKeys as keys } from './extra-keys.ts';
import { readSpatial } from './geometry.ts';
import {
  type Fields,
  isFields,
  objectsIn,
  type PackageFields,
  packageFields,
  parseOrUndefined,
} from './package-fields.ts';
import { readCodes, readMeters, resourceToDistribution } from './resource-to-distribution.ts';

export interface PackageSetting {
  /** The BCP 47 tag of texts where the package does not say. */
  readonly language: string;
  /** The id of the agency where the package names none. */
  readonly publisher: string | undefined;
}

export type PackageReading =
  | {
      readonly record: DatasetRecord;
      readonly agency?: AgencyRecord;
      readonly notes: readonly Message[];
    }
  | { readonly id?: string; readonly reason: Message };

/**
 * Turns a CKAN package into a record, and its organisation into an agency.
 *
 * Facts of ckanext-dcat are read whether they are extras or fields of a schema. What is wrong and can be missed is
 * mended or left out, and noted.
 */
export function packageToRecord(source: Fields, setting: PackageSetting): PackageReading {
  const fields = packageFields(source);
  const id = toId(fields.text('name') ?? '') || toId(fields.text('id') ?? '');
  const refuse = (reason: Message): PackageReading => ({ ...(id !== '' && { id }), reason });
  if (id === '') return refuse(withoutName);
  if (isHidden(source)) return refuse(hidden);
  const notes: Message[] = [];
  const note = noteTaker(notes);
  const languages = readLanguages(fields.texts(...keys.language));
  const lang = languages.tag ?? setting.language;
  const title = readTranslated(fields, 'title', lang, 2000);
  if (title === undefined) return refuse(withoutTitle);
  const named = readAgency(source, fields, lang, note);
  const publisher = named?.id ?? setting.publisher;
  if (publisher === undefined) return refuse(withoutPublisher);

  const record = present<DatasetRecord>({
    id,
    title,
    publisher,
    description: readTranslated(fields, 'notes', lang, 20_000),
    identifier: readIdentifier(source, fields),
    contactPoint: readContacts(fields, named, lang, note),
    theme: readThemes(source, fields, note),
    keyword: readKeywords(source, fields, lang),
    type: readCodes('dataset-type', fields.texts(...keys.type)),
    accessRights: readCodes('access-right', fields.texts(...keys.accessRights))?.[0],
    accrualPeriodicity: readFrequency(fields, note),
    issued: readDate(fields, keys.issued, note),
    modified: readDate(fields, keys.modified, note),
    language: languages.codes,
    spatial: readSpatial(fields, lang, note),
    temporal: readTemporal(fields, note),
    temporalResolution: fields.texts(...keys.temporalResolution).find(isDuration),
    spatialResolutionInMeters: readMeters(fields.text(...keys.spatialResolutionInMeters)),
    landingPage: toLinks(fields.texts(...keys.landingPage).slice(0, 1), 'url', note),
    page: toLinks(fields.texts(...keys.page), 'documentation', note),
    conformsTo: toIris(fields.texts(...keys.conformsTo), 'conforms_to', note),
    provenance: readStatement(fields.text(...keys.provenance), lang),
    version: fields.text(...keys.version)?.slice(0, 200),
    versionNotes: toLangText(fields.text(...keys.versionNotes), lang),
    source: toIris(fields.texts(...keys.source), 'source', note),
    relation: toIris(fields.texts(...keys.relation), 'related_resource', note),
    isReferencedBy: toIris(fields.texts(...keys.isReferencedBy), 'is_referenced_by', note),
    hasVersion: toIris(fields.texts(...keys.hasVersion), 'has_version', note),
    applicableLegislation: toIris(
      fields.texts(...keys.applicableLegislation),
      'applicable_legislation',
      note,
    ),
    hvdCategory: readCodes('hvd-category', fields.texts(...keys.hvdCategory)),
    distribution: readDistributions(source, fields, id, lang, note),
  });
  return { record, notes, ...(named && { agency: named }) };
}

/** The identifier that is stated; else the package's UUID, by which harvesters know it. ckanext-dcat does so too. */
function readIdentifier(source: Fields, fields: PackageFields): string | undefined {
  const { id } = source;
  const own = typeof id === 'string' && isUuid(id) ? id : undefined;
  return fields.text(...keys.identifier)?.slice(0, 1000) ?? own;
}

/** Not for the public at the source. DKAN writes `Active`, and `private` about everything: that says nothing. */
function isHidden(source: Fields): boolean {
  const { state } = source;
  if (source['private'] === true && state !== 'Active') return true;
  return state === 'deleted' || state === 'draft';
}

const oldCodes: Readonly<Record<string, string>> = {
  fre: 'FRA',
  ger: 'DEU',
  dut: 'NLD',
  chi: 'ZHO',
  cze: 'CES',
  gre: 'ELL',
  bur: 'MYA',
};
const languageCodes = new Map<string, string>(
  vocabulary('language').concepts.flatMap(({ code, iri, label, bcp47 }) =>
    [code, iri, iri.replace('http:', 'https:'), label.en, label.vi, bcp47 ?? code].map(
      (name) => [name.toLowerCase(), code] as const,
    ),
  ),
);

/** The languages of the data; the first tells the language of the texts. An IRI that the table lacks stays one. */
function readLanguages(texts: readonly string[]): {
  readonly codes: readonly string[] | undefined;
  readonly tag: string | undefined;
} {
  const codes = texts.flatMap((text) => {
    const name = text.toLowerCase();
    const code =
      oldCodes[name] ?? languageCodes.get(name) ?? languageCodes.get(name.split(/[-_]/)[0] ?? '');
    return code ?? (isLink(text) ? text : []);
  });
  const tag = vocabulary('language').find(codes[0] ?? '')?.bcp47;
  return { codes: some(codes), tag };
}

const languageTag = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** A text in several languages, as ckanext-fluent keeps it, or in one. */
function readTranslated(
  fields: PackageFields,
  key: string,
  lang: string,
  most: number,
): LangText | undefined {
  for (const value of fields.all(`${key}_translated`, key)) {
    const texts =
      typeof value === 'string' && value.startsWith('{') ? parseOrUndefined(value) : value;
    if (!isFields(texts)) continue;
    const found = Object.entries(texts).flatMap(([tag, text]) => {
      const clean = typeof text === 'string' ? cleanText(text, most) : '';
      return clean !== '' && languageTag.test(tag) ? [[tag, clean] as const] : [];
    });
    if (found.length > 0) return Object.fromEntries(found);
  }
  return toLangText(fields.text(key), lang, most);
}

/** Who publishes: the organisation, else who is named as publisher, else the author. */
function readAgency(
  source: Fields,
  fields: PackageFields,
  lang: string,
  note: Note,
): AgencyRecord | undefined {
  const organisation = isFields(source['organization'])
    ? source['organization']
    : dkanGroup(source);
  if (organisation) {
    const own = packageFields(organisation);
    return toAgency(own.text('name', 'id'), readTranslated(own, 'title', lang, 1000), own, note);
  }
  const stated = objectsIn(fields.all('publisher'))[0];
  const own = stated === undefined ? undefined : packageFields(stated);
  const name =
    own?.text('name') ?? fields.text('publisher_name', 'publisher', 'author', 'author_name');
  const about = packageFields({
    email: own?.text('email') ?? fields.text('publisher_email'),
    url: own?.text('url') ?? fields.text('publisher_url'),
  });
  return toAgency(name, toLangText(name, lang, 1000), about, note);
}

/** DKAN has no organisations; its groups, named `group/…`, are the publishers. */
function dkanGroup(source: Fields): Fields | undefined {
  return objectsIn([source['groups']]).find(
    ({ name }) => typeof name === 'string' && name.startsWith('group/'),
  );
}

function toAgency(
  key: string | undefined,
  title: LangText | undefined,
  about: PackageFields,
  note: Note,
): AgencyRecord | undefined {
  const id = toId(key?.replace(/^group\//, '') ?? '');
  if (id === '' || key === undefined) return undefined;
  return present<AgencyRecord>({
    id,
    name: title ?? { vi: key },
    homepage: toLink(about.text('url', 'website'), 'publisher_url', note),
    mbox: toEmail(about.text('email'), 'publisher_email', note),
  });
}

function readContacts(
  fields: PackageFields,
  agency: AgencyRecord | undefined,
  lang: string,
  note: Note,
): ContactPoint | readonly ContactPoint[] | undefined {
  const spare = agency?.name[lang] ?? agency?.id;
  const listed = objectsIn(fields.all('contact'))
    .map(packageFields)
    .map((contact) => toContact(contact.text('name'), contact.text('email'), spare, note));
  const named = [
    ['contact_name', 'contact_email'],
    ['maintainer', 'maintainer_email'],
    ['author', 'author_email'],
    ['contact_point', 'contact-email'],
  ] as const;
  const written = named.map(([name, email]) => {
    const text = fields.text(name);
    // Some portals put the address where the name belongs.
    const isAddress = text?.includes('@') === true;
    const address = fields.text(email) ?? (isAddress ? text : undefined);
    return { name: isAddress ? undefined : text, address };
  });
  const reachable =
    written.find(({ address }) => address !== undefined) ?? written.find(({ name }) => name);
  const found = (
    listed.length > 0 || !reachable
      ? listed
      : [toContact(reachable.name, reachable.address, spare, note)]
  ).filter((contact) => contact !== undefined);
  return found.length > 1 ? found : found[0];
}

function toContact(
  name: string | undefined,
  address: string | undefined,
  spare: string | undefined,
  note: Note,
): ContactPoint | undefined {
  const hasEmail = toEmail(address, 'email', note);
  const fn = cleanText(name ?? (hasEmail === undefined ? '' : (spare ?? hasEmail)), 500);
  return fn === '' ? undefined : present<ContactPoint>({ fn, hasEmail });
}

/** Stated themes, and groups that happen to be named like one. */
function readThemes(
  source: Fields,
  fields: PackageFields,
  note: Note,
): readonly string[] | undefined {
  const stated = fields.texts(...keys.theme).flatMap((text) => {
    const code = findTheme(text);
    if (code === undefined) note('theme', text, unknownTheme);
    return code ?? [];
  });
  const grouped = objectsIn([source['groups']]).flatMap(({ name, title }) =>
    [name, title].flatMap((text) => (typeof text === 'string' ? (findTheme(text) ?? []) : [])),
  );
  return some([...stated, ...grouped]);
}

function readKeywords(source: Fields, fields: PackageFields, lang: string): LangTexts | undefined {
  const [translated] = objectsIn(fields.all('tags_translated', 'keywords_translated'));
  if (translated) {
    const found = Object.entries(translated).flatMap(([tag, list]) => {
      const words = Array.isArray(list) && languageTag.test(tag) ? distinct(list) : [];
      return words.length > 0 ? [[tag, words] as const] : [];
    });
    if (found.length > 0) return Object.fromEntries(found);
  }
  const { tags } = source;
  const words = distinct(
    Array.isArray(tags)
      ? tags.map((tag: unknown) => (isFields(tag) ? (tag['display_name'] ?? tag['name']) : tag))
      : (fields.text('tag_string', 'tags') ?? '').split(','),
  );
  return words.length === 0 ? undefined : { [lang]: words };
}

/** Words once each, whatever their capitals; the first spelling stays. */
function distinct(values: readonly unknown[]): readonly string[] {
  const found = new Map<string, string>();
  for (const value of values) {
    const word = typeof value === 'string' ? cleanText(value, 500) : '';
    if (word !== '' && !found.has(word.toLowerCase())) found.set(word.toLowerCase(), word);
  }
  return [...found.values()];
}

function readFrequency(fields: PackageFields, note: Note): string | undefined {
  const text = fields.text(...keys.accrualPeriodicity);
  if (text === undefined) return undefined;
  const code = findFrequency(text);
  if (code === undefined) note('frequency', text, unknownFrequency);
  return code;
}

/** The first of several fields that holds a date; what is passed over is noted only when none does. */
function readDate(fields: PackageFields, keys: readonly string[], note: Note): string | undefined {
  const notes: (() => void)[] = [];
  for (const value of fields.all(...keys)) {
    if (typeof value !== 'string') continue;
    const found = toTemporal(value, keys[0] ?? '', (...said) => notes.push(() => note(...said)));
    if (found !== undefined) return found;
  }
  for (const say of notes) say();
  return undefined;
}

function readTemporal(fields: PackageFields, note: Note): readonly PeriodOfTime[] | undefined {
  const listed = objectsIn(fields.all('temporal_coverage'))
    .map(packageFields)
    .map((period) => toPeriod(period.text('start'), period.text('end'), note));
  const own = toPeriod(
    fields.text('temporal_start', 'temporal_coverage_from'),
    fields.text('temporal_end', 'temporal_coverage_to'),
    note,
  );
  const periods = [...listed, own].filter((period) => period !== undefined);
  return periods.length === 0 ? undefined : periods;
}

function toPeriod(
  start: string | undefined,
  end: string | undefined,
  note: Note,
): PeriodOfTime | undefined {
  const startDate = toTemporal(start, 'temporal_start', note);
  const endDate = toTemporal(end, 'temporal_end', note);
  if (startDate === undefined && endDate === undefined) return undefined;
  return present<PeriodOfTime>({ startDate, endDate });
}

function readStatement(text: string | undefined, lang: string): DatasetRecord['provenance'] {
  const label = toLangText(text, lang);
  return label && { label };
}

function readDistributions(
  source: Fields,
  fields: PackageFields,
  datasetId: string,
  lang: string,
  note: Note,
): readonly DistributionRecord[] | undefined {
  const named = fields.texts('license_url', 'license_id', 'license_title', 'license');
  const license = [...named, ...fields.texts('license_id'), ...fields.texts('license_title')]
    .map(findLicence)
    .find((found) => found !== undefined);
  const byId = new Map<string, DistributionRecord>();
  for (const [index, resource] of objectsIn([source['resources']]).entries()) {
    const setting = { datasetId, position: index + 1, lang, license, note };
    const distribution = resourceToDistribution(resource, setting);
    if (!distribution) continue;
    const id = byId.has(distribution.id)
      ? `${datasetId.slice(0, 120)}-${index + 1}`
      : distribution.id;
    byId.set(id, { ...distribution, id });
  }
  return byId.size === 0 ? undefined : [...byId.values()];
}

const unknownTheme = {
  vi: 'không có trong bảng chủ đề data-theme, đã bỏ.',
  en: 'is not in the data-theme table and was left out.',
};
const unknownFrequency = {
  vi: 'không hiểu là tần suất nào, đã bỏ.',
  en: 'is no frequency that is understood and was left out.',
};
const withoutName: Message = {
  vi: 'Gói không có "name" hay "id" dùng được; hãy đặt tên định danh cho gói.',
  en: 'The package has no usable "name" or "id"; give it one.',
};
const withoutTitle: Message = {
  vi: 'Gói không có "title"; hãy đặt tên cho tập dữ liệu.',
  en: 'The package has no "title"; give the dataset a name.',
};
const withoutPublisher: Message = {
  vi: 'Gói không có "organization", "publisher_name" hay "author"; hãy bổ sung, hoặc nêu cơ quan mặc định khi nhập.',
  en: 'The package has no "organization", "publisher_name" or "author"; add one, or name a default agency for the import.',
};
const hidden: Message = {
  vi: 'Gói chưa công khai ở nguồn (private, draft hoặc deleted); chỉ nhập gói đã công khai.',
  en: 'The package is not public at the source (private, draft or deleted); only public ones are imported.',
};
