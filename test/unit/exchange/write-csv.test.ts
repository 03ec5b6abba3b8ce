import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { writeCsv } from '../../../catalog/exchange/csv/write-csv.ts';
import { aDataset, anAgency } from '../../support/builders.ts';

it('writes a dataset a row, and nothing that a spreadsheet would run', async () => {
  const record = aDataset({ title: { vi: '=HYPERLINK("https://x.example")', en: '+1' } });
  const batches = (async function* () {
    yield [{ record, changedAt: '2026-11-01T00:00:00.000Z' }];
  })();
  let text = '';
  const agencies = new Map([[record.publisher, anAgency()]]);
  for await (const piece of writeCsv({ baseURL: 'https://a.example', agencies, batches })) {
    text += piece;
  }

  expect(parse(text, { bom: true, columns: true })).toEqual([
    expect.objectContaining({
      id: 'tuyen-xe-buyt',
      'title.vi': '\'=HYPERLINK("https://x.example")',
      'title.en': "'+1",
      'publisher.name': 'Sở Xây dựng',
      keyword: 'xe buýt',
      downloadURL: 'https://example.vn/bus.csv',
      page: 'https://a.example/dataset/tuyen-xe-buyt',
    }),
  ]);
});
