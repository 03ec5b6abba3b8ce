import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CkanItem } from '../../../catalog/exchange/ckan/read-packages.ts';
import { readDataJson } from '../../../catalog/exchange/datajson/read-data-json.ts';
import { writeDataJson } from '../../../catalog/exchange/datajson/write-data-json.ts';
import { projectRoot } from '../../../catalog/kernel/project-root.ts';
import { validateDataset } from '../../../catalog/validation/validate-record.ts';
import { aDataset, anAgency } from '../../support/builders.ts';

async function read(source: AsyncIterable<Buffer>, language?: string): Promise<CkanItem[]> {
  const items: CkanItem[] = [];
  const options = language === undefined ? {} : { language };
  for await (const item of readDataJson(source, options)) items.push(item);
  return items;
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const buses = {
  '@type': 'dcat:Dataset',
  identifier: 'https://city.example/id/buses',
  title: 'Bus routes',
  description: 'Every route.',
  keyword: ['bus'],
  modified: 'R/P1D',
  publisher: { '@type': 'org:Organization', name: 'Transport Office' },
  contactPoint: { '@type': 'vcard:Contact', fn: 'Ms Lan', hasEmail: 'mailto:lan@city.example' },
  accessLevel: 'restricted public',
  accrualPeriodicity: 'R/P1M',
  temporal: '2020-01-01/2025-12-31',
  theme: ['Transport', 'Wheels'],
  license: 'https://creativecommons.org/licenses/by/4.0/',
  distribution: [
    {
      '@type': 'dcat:Distribution',
      downloadURL: 'https://city.example/b.csv',
      mediaType: 'text/csv',
    },
  ],
};

describe('a data.json', () => {
  it('gives a record and its agency in our words', async () => {
    const [item] = await read(bytesOf(JSON.stringify({ dataset: [buses] })));

    expect(item).toMatchObject({
      line: 1,
      agency: { id: 'transport-office', name: { en: 'Transport Office' } },
      record: {
        id: 'https-city.example-id-buses',
        identifier: 'https://city.example/id/buses',
        title: { en: 'Bus routes' },
        contactPoint: { fn: 'Ms Lan', hasEmail: 'lan@city.example' },
        accessRights: 'RESTRICTED',
        accrualPeriodicity: 'MONTHLY',
        theme: ['TRAN'],
        keyword: { en: ['bus', 'Wheels'] },
        temporal: [{ startDate: '2020-01-01', endDate: '2025-12-31' }],
        distribution: [{ format: 'CSV', mediaType: 'text/csv', license: 'CC_BY_4_0' }],
      },
    });
  });

  it('says which dataset it refuses, and reads the others', async () => {
    const items = await read(bytesOf(JSON.stringify([7, { identifier: 'x' }, buses])));

    expect(items.map((item) => ('reason' in item ? item.line : item.record.id))).toEqual([
      1,
      2,
      'https-city.example-id-buses',
    ]);
  });

  it.each([
    ['{"dataset":[', 'JSON'],
    ['{"distribution":[]}', '"dataset"'],
  ])('is refused whole when it is %s', async (text, named) => {
    await expect(read(bytesOf(text))).rejects.toMatchObject({
      code: 'datajson-not-readable',
      detail: { en: expect.stringContaining(named) },
    });
  });

  it('that we wrote ourselves says again what it was written from', async () => {
    const record = aDataset();
    const { publisher } = record;
    let text = '';
    const batches = (async function* () {
      yield [{ record, changedAt: '2026-11-01T00:00:00.000Z' }];
    })();
    const agencies = new Map([[publisher, anAgency()]]);
    for await (const piece of writeDataJson({ baseURL: 'https://a.example', agencies, batches })) {
      text += piece;
    }

    const [item] = await read(bytesOf(text), 'vi');

    const { id, title, accessRights, accrualPeriodicity, issued, modified, temporal } = record;
    expect(item).toMatchObject({
      agency: { name: { vi: 'Sở Xây dựng' } },
      record: {
        id,
        title: { vi: title['vi'] },
        ...{ accessRights, accrualPeriodicity, issued, modified, temporal },
        distribution: [{ downloadURL: 'https://example.vn/bus.csv', license: 'CC_BY_4_0' }],
      },
    });
  });
});

const fixtures = join(projectRoot, '../shared/dcat/fixtures');

describe.runIf(existsSync(fixtures))('the data.json of US agencies', () => {
  it.each([
    ['consumerfinance', 11],
    ['fcc', 59],
    ['treasury', 233],
  ])('of %s are read whole, each a valid record', async (name, datasets) => {
    const items = await read(createReadStream(join(fixtures, `datajson-${name}.json`)));

    expect(items).toHaveLength(datasets);
    expect(items.filter((item) => 'reason' in item)).toEqual([]);
    for (const item of items) {
      if ('record' in item) expect(validateDataset(item.record, 'draft')).toEqual([]);
    }
  });
});
