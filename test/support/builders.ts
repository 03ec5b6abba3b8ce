import type { AgencyRecord } from '../../catalog/model/agency.ts';
import type { DatasetRecord, DistributionRecord } from '../../catalog/model/dataset.ts';

/** A dataset that may be released; a test changes only what it is about. */
export function aDataset(changes: Partial<DatasetRecord> = {}): DatasetRecord {
  const id = changes.id ?? 'tuyen-xe-buyt';
  return {
    id,
    title: { vi: 'Danh mục tuyến xe buýt', en: 'Bus routes' },
    description: { vi: 'Tuyến, lộ trình và tần suất.', en: 'Routes, stops and headways.' },
    publisher: 'so-xay-dung',
    contactPoint: { fn: 'Trung tâm Quản lý giao thông', hasEmail: 'bus@example.vn' },
    theme: ['TRAN'],
    keyword: { vi: ['xe buýt'], en: ['bus'] },
    accessRights: 'PUBLIC',
    accrualPeriodicity: 'MONTHLY',
    issued: '2026-03-31',
    modified: '2026-11-01T08:00:00+07:00',
    language: ['VIE'],
    spatial: ['http://sws.geonames.org/1581130/'],
    temporal: [{ startDate: '2020-01-01', endDate: '2025-12-31' }],
    distribution: [aDistribution({ id: `${id}-csv` })],
    ...changes,
  };
}

export function aDistribution(changes: Partial<DistributionRecord> = {}): DistributionRecord {
  return {
    id: 'tuyen-xe-buyt-csv',
    title: { vi: 'Tệp CSV' },
    accessURL: 'https://example.vn/bus',
    downloadURL: 'https://example.vn/bus.csv',
    format: 'CSV',
    mediaType: 'text/csv',
    license: 'CC_BY_4_0',
    byteSize: 20480,
    checksum: {
      algorithm: 'sha256',
      checksumValue: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
    ...changes,
  };
}

export function anAgency(changes: Partial<AgencyRecord> = {}): AgencyRecord {
  return {
    id: 'so-xay-dung',
    name: { vi: 'Sở Xây dựng', en: 'Department of Construction' },
    altName: ['Sở XD'],
    ...changes,
  };
}
