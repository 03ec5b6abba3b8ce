import { describe, expect, it } from 'vitest';
import {
  findAccessMethods,
  findFileType,
  findFrequency,
  findLicence,
  findTheme,
  findThemes,
} from '../../../catalog/exchange/spellings.ts';
import { vocabulary } from '../../../catalog/model/vocabularies.ts';

describe('findFileType', () => {
  it.each([
    ['CSV', 'CSV'],
    ['.csv', 'CSV'],
    ['text/csv; charset=utf-8', 'CSV'],
    ['Excel', 'XLSX'],
    ['GTFS', 'GTFS'],
    ['zip', 'ZIP'],
    ['GeoJSON', 'GEOJSON'],
    ['http://publications.europa.eu/resource/authority/file-type/CSV', 'CSV'],
    ['http://www.iana.org/assignments/media-types/text/csv', 'CSV'],
    ['bảng giấy', undefined],
    ['', undefined],
  ])('takes [%s] for %s', (text, code) => {
    expect(findFileType(text)).toBe(code);
  });
});

describe('findFrequency', () => {
  it.each([
    ['Hằng tháng', 'MONTHLY'],
    ['hàng tháng', 'MONTHLY'],
    ['Hàng quý', 'QUARTERLY'],
    ['6 tháng', 'ANNUAL_2'],
    ['6 tháng/lần', 'ANNUAL_2'],
    ['2 lần/năm', 'ANNUAL_2'],
    ['01 lần/tháng', 'MONTHLY'],
    ['Quý', 'QUARTERLY'],
    ['Cập nhật hằng ngày', 'DAILY'],
    ['theo năm học', 'ANNUAL'],
    ['5 năm', 'QUINQUENNIAL'],
    ['15 phút', '15MIN'],
    ['Khi có thay đổi', 'AS_NEEDED'],
    ['R/P1M', 'MONTHLY'],
    ['monthly', 'MONTHLY'],
    ['asNeeded', 'AS_NEEDED'],
    ['http://publications.europa.eu/resource/authority/frequency/DAILY', 'DAILY'],
    ['lúc nào rảnh', undefined],
    ['', undefined],
  ])('takes [%s] for %s', (text, code) => {
    expect(findFrequency(text)).toBe(code);
  });

  it('knows every label of the table in both languages', () => {
    for (const { code, label } of vocabulary('frequency').concepts) {
      expect([findFrequency(label.vi), findFrequency(label.en)]).toEqual([code, code]);
    }
  });
});

describe('findLicence', () => {
  it.each([
    ['cc-by', 'CC_BY'],
    ['CC-BY-4.0', 'CC_BY_4_0'],
    ['http://creativecommons.org/licenses/by/4.0/', 'CC_BY_4_0'],
    ['https://creativecommons.org/licenses/by/4.0/deed.vi', 'CC_BY_4_0'],
    ['odc-by', 'ODC_BY'],
    ['https://example.vn/giay-phep', 'https://example.vn/giay-phep'],
    ['notspecified', undefined],
    ['', undefined],
  ])('takes [%s] for %s', (text, code) => {
    expect(findLicence(text)).toBe(code);
  });
});

it('finds themes in the order of the words, access methods in the order of the table', () => {
  expect(findThemes('Lĩnh vực y tế, giáo dục')).toEqual(['HEAL', 'EDUC']);
  expect(findTheme('Giao thông vận tải')).toBe('TRAN');
  expect(findAccessMethods('API; Tải tệp')).toEqual(['download', 'api']);
});
