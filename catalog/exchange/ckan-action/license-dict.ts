import { type Concept, vocabulary } from '../../model/vocabularies.ts';
import { findLicence } from '../spellings.ts';

const licences = vocabulary('licence').concepts;

/** The identifier by which CKAN's licence lists know a licence: SPDX's where there is one. */
function licenseId({ spdx, code }: Concept): string {
  return spdx ?? code;
}

/** A licence as `license_list` shows it. */
export interface LicenseDict {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly status: 'active';
  readonly od_conformance: 'approved' | 'not reviewed';
  readonly osd_conformance: 'not reviewed';
  readonly family: '';
  readonly maintainer: '';
  readonly is_generic: 'False';
  readonly domain_content: 'False';
  readonly domain_data: 'True';
  readonly domain_software: 'False';
}

function toLicense(concept: Concept): LicenseDict {
  return {
    id: licenseId(concept),
    title: concept.label.vi,
    url: concept.url ?? concept.iri,
    status: 'active',
    od_conformance: concept.open === true ? 'approved' : 'not reviewed',
    osd_conformance: 'not reviewed',
    family: '',
    maintainer: '',
    is_generic: 'False',
    domain_content: 'False',
    domain_data: 'True',
    domain_software: 'False',
  };
}

/** Every licence of the table, each once. */
export const licenseList: readonly LicenseDict[] = [
  ...new Map(licences.map((concept) => [licenseId(concept), toLicense(concept)])).values(),
];

/** What a package says of its licence; a licence that is not in the table is known by its address. */
export function licenseFields(code: string | undefined) {
  if (code === undefined) {
    return { license_id: null, license_title: null, license_url: null, isopen: false };
  }
  const known = vocabulary('licence').find(code);
  if (!known) return { license_id: code, license_title: code, license_url: code, isopen: false };
  const { id, title, url } = toLicense(known);
  return { license_id: id, license_title: title, license_url: url, isopen: known.open === true };
}

/** Our codes of the licences that a CKAN client may mean by an identifier. */
export function licenseCodes(id: string): readonly string[] {
  const found = findLicence(id);
  const same = licences.filter((concept) => licenseId(concept) === id || concept.code === found);
  return same.length > 0 ? same.map(({ code }) => code) : [id];
}
