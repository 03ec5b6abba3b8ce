import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageToRecord } from '../../../../catalog/exchange/ckan/package-to-record.ts';
import { toFormat } from '../../../../catalog/exchange/ckan-action/ckan-values.ts';
import {
  licenseCodes,
  licenseFields,
  licenseList,
} from '../../../../catalog/exchange/ckan-action/license-dict.ts';
import { toPackage } from '../../../../catalog/exchange/ckan-action/package-dict.ts';
import { findFileType } from '../../../../catalog/exchange/spellings.ts';
import { uuidV5 } from '../../../../catalog/kernel/uuid.ts';
import {
  ckanName,
  ckanUuid,
  datasetUuid,
  identifyDatasets,
} from '../../../../catalog/model/ckan-identity.ts';
import type { DatasetRecord } from '../../../../catalog/model/dataset.ts';
import { vocabulary } from '../../../../catalog/model/vocabularies.ts';
import { aDataset, aDistribution, anAgency } from '../../../support/builders.ts';

const baseURL = 'https://data.example.vn';
const agency = {
  record: anAgency({ homepage: 'https://sxd.example.vn', mbox: 'mailto:sxd@example.vn' }),
  revision: 1,
  changedAt: '2026-11-01T00:00:00.000Z',
};

function packageOf(record: DatasetRecord) {
  return toPackage(
    {
      record,
      uuid: datasetUuid(record),
      name: ckanName('dataset', record.id),
      createdAt: '2026-10-01T00:00:00.000Z',
      changedAt: '2026-11-01T00:00:00.123Z',
    },
    { baseURL, agencies: new Map([[agency.record.id, agency]]) },
  );
}

const rich = aDataset({
  identifier: 'HN-42',
  contactPoint: [
    { fn: 'Phòng Vận tải', hasEmail: 'vt@example.vn' },
    { fn: 'Phòng Công nghệ', hasEmail: 'cn@example.vn' },
  ],
  type: [],
  temporal: [{ startDate: '2020', endDate: '2021-06' }, { startDate: '2023-01-01' }],
  spatial: [
    {
      id: 'http://sws.geonames.org/1581130/',
      prefLabel: { vi: 'Hà Nội' },
      geometry: 'POLYGON((105.7 20.9,106 20.9,106 21.2,105.7 20.9))',
    },
  ],
  landingPage: ['https://sxd.example.vn/bus'],
  page: ['https://sxd.example.vn/tai-lieu', 'https://sxd.example.vn/huong-dan'],
  conformsTo: ['https://gtfs.org/'],
  provenance: { label: { vi: 'Trung tâm thu thập.' } },
  version: '2.1',
  versionNotes: { vi: 'Thêm tuyến.' },
  applicableLegislation: ['http://data.europa.eu/eli/reg_impl/2023/138/oj'],
  distribution: [
    aDistribution({
      issued: '2026-04-01',
      modified: '2026-10-01T00:00:00Z',
      language: ['VIE'],
      rights: { label: { vi: 'Ghi nguồn.' } },
      conformsTo: ['https://gtfs.org/'],
      page: ['https://sxd.example.vn/cot'],
    }),
  ],
});

describe('a record as a CKAN package', () => {
  it('is the same record when a package is read again', () => {
    const { type, ...expected } = rich;
    const reading = packageToRecord(
      JSON.parse(JSON.stringify(packageOf(rich))) as Record<string, unknown>,
      {
        language: 'vi',
        publisher: undefined,
      },
    );
    if (!('record' in reading)) throw new Error(reading.reason.en);
    const [file] = expected.distribution ?? [];

    expect(type).toEqual([]);
    expect(reading.notes).toEqual([]);
    expect(reading.record).toEqual({
      ...expected,
      temporal: [{ startDate: '2023-01-01' }, { startDate: '2020', endDate: '2021-06' }],
      distribution: [{ ...file, id: ckanUuid('resource', 'tuyen-xe-buyt-csv') }],
    });
  });

  it.each<readonly [string, Partial<DatasetRecord>]>([
    [
      'without anything that may be missing',
      {
        description: undefined,
        contactPoint: undefined,
        theme: undefined,
        keyword: undefined,
        temporal: undefined,
        spatial: undefined,
        distribution: undefined,
        issued: undefined,
        modified: undefined,
      } as unknown as Partial<DatasetRecord>,
    ],
    ['of an agency that is not there', { publisher: 'so-la' }],
    [
      'with words of no table',
      {
        theme: ['https://example.vn/de-tai/1'],
        accrualPeriodicity: 'https://example.vn/f',
        distribution: [
          aDistribution({ format: 'https://example.vn/f/DGN', license: 'https://example.vn/gp' }),
        ],
      },
    ],
  ])('%s has every key, and no undefined', (_what, changes) => {
    const made = packageOf({ ...aDataset(), ...changes });
    const read = JSON.parse(JSON.stringify(made)) as typeof made;

    expect(Object.keys(read).sort()).toEqual(Object.keys(packageOf(rich)).sort());
    for (const { key, value } of read.extras) expect([key, typeof value]).toEqual([key, 'string']);
    for (const { format, url } of read.resources) {
      expect([typeof format, URL.canParse(url)]).toEqual(['string', true]);
    }
  });

  it('names every file type so that it is found again', () => {
    const lost = vocabulary('file-type')
      .concepts.filter(({ code, extension }) => {
        const found = findFileType(toFormat(code));
        // Several types share an ending, and one of them owns it.
        return found !== code && vocabulary('file-type').find(found ?? '')?.extension !== extension;
      })
      .map(({ code }) => code);

    expect(lost).toEqual([]);
  });

  it('names every licence so that it is found again, each once in the list', () => {
    for (const { code } of vocabulary('licence').concepts) {
      expect(licenseCodes(licenseFields(code).license_id ?? '')).toContain(code);
    }
    const ids = licenseList.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the identity of a dataset', () => {
  const id = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,127}$/);

  it('is a UUID of its id, as RFC 9562 makes them', () => {
    // Appendix A.4 of RFC 9562.
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('has a name that CKAN takes, whatever the id, and keeps an id that is one', () => {
    fc.assert(
      fc.property(id, (given) => {
        const name = ckanName('dataset', given);
        expect(name).toMatch(/^[a-z0-9_-]{2,100}$/);
        if (/^[a-z0-9_-]{2,100}$/.test(given)) expect(name).toBe(given);
      }),
    );
  });

  it('is nobody else’s, whatever the records claim', () => {
    const record = fc.record({
      id,
      identifier: fc.option(fc.constantFrom('0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d', 'HN-1'), {
        nil: undefined,
      }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(record, { selector: (one) => one.id }), (given) => {
        const records = given.map(({ id: own, identifier }) =>
          aDataset({ id: own, ...(identifier !== undefined && { identifier }) }),
        );
        const identities = identifyDatasets(records, new Set());
        expect(new Set(identities.map(({ uuid }) => uuid)).size).toBe(records.length);
        expect(new Set(identities.map(({ name }) => name)).size).toBe(records.length);
      }),
    );
  });
});
