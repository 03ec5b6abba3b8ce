import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../catalog/kernel/project-root.ts';
import { vocabulary } from '../../../catalog/model/vocabularies.ts';

const names = readdirSync(join(projectRoot, 'schemas', 'vocabularies')).map((file) =>
  file.replace('.json', ''),
);

describe.each(names)('vocabulary %s', (name) => {
  it('has a code of its own, an IRI and both labels for every concept', () => {
    const { concepts } = vocabulary(name);

    expect(concepts.length).toBeGreaterThan(2);
    expect(new Set(concepts.map(({ code }) => code)).size).toBe(concepts.length);
    expect(new Set(concepts.map(({ iri }) => iri)).size).toBe(concepts.length);
    expect(concepts.filter(({ label }) => !label.vi || !label.en)).toEqual([]);
    expect(concepts.filter(({ iri }) => !/^(https?:\/\/|place\/\d{5}$)/.test(iri))).toEqual([]);
  });
});

describe('vocabulary', () => {
  it.each([
    ['frequency', 'MONTHLY', 'period', 'P1M'],
    ['frequency', 'AS_NEEDED', 'period', undefined],
    ['file-type', 'CSV', 'machineReadable', true],
    ['file-type', 'XLSX', 'nonProprietary', false],
    ['licence', 'CC_BY_4_0', 'open', true],
    ['licence', 'CC_BYNC_4_0', 'open', false],
    ['licence', 'CC_BY_4_0', 'spdx', 'CC-BY-4.0'],
    ['place', '00004', 'iri', 'place/00004'],
  ] as const)('says of %s %s that its %s is %s', (name, code, fact, value) => {
    expect(vocabulary(name).find(code)?.[fact]).toBe(value);
  });

  it('finds the code of an IRI, whether http or https', () => {
    const themes = vocabulary('data-theme');

    expect(themes.codeOf('https://publications.europa.eu/resource/authority/data-theme/TRAN')).toBe(
      'TRAN',
    );
    expect(themes.codeOf('https://example.vn/TRAN')).toBeUndefined();
  });

  it('labels a code in the language asked for, and an unknown code by itself', () => {
    expect(vocabulary('place').labelOf('00004', 'vi')).toBe('Phường Ba Đình');
    expect(vocabulary('place').labelOf('00004', 'en')).toBe('Ba Dinh Ward');
    expect(vocabulary('place').labelOf('99999', 'en')).toBe('99999');
  });

  it('knows all 126 wards and communes of Hà Nội', () => {
    expect(vocabulary('place').concepts.filter(({ within }) => within === 'VNM_HAN')).toHaveLength(
      126,
    );
  });

  it('throws on a name that no table has', () => {
    expect(() => vocabulary('no-such-table')).toThrow();
  });
});
