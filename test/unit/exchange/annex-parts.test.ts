import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findField } from '../../../catalog/exchange/annex/columns.ts';
import { agencyMatcher } from '../../../catalog/exchange/annex/match-agency.ts';
import { readDue } from '../../../catalog/exchange/annex/read-due.ts';
import { projectRoot } from '../../../catalog/kernel/project-root.ts';
import type { AgencyRecord } from '../../../catalog/model/agency.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(join(projectRoot, path), 'utf8'));
const { agencies } = read('server/demo/content/agencies.json') as { agencies: AgencyRecord[] };
const { columns } = read('schemas/annex-columns.json') as { columns: Record<string, string[]> };

describe('readDue', () => {
  it.each([
    ['Quý III/2026', '2026-Q3'],
    ['Quý III năm 2026', '2026-Q3'],
    ['Quý 3/2026', '2026-Q3'],
    ['Q4/2026', '2026-Q4'],
    ['III/2026', '2026-Q3'],
    ['Quý IV', '2026-Q4'],
    ['Quý II-III/2027', '2027-Q3'],
    ['Tháng 9/2026', '2026-09-30'],
    ['tháng 02 năm 2028', '2028-02-29'],
    ['9/2026', '2026-09-30'],
    ['30/9/2026', '2026-09-30'],
    ['trước 30/9/2026', '2026-09-30'],
    ['trước ngày 30 tháng 9 năm 2026', '2026-09-30'],
    ['2026-09-30', '2026-09-30'],
    ['Năm 2026', '2026-Q4'],
    ['2026', '2026-Q4'],
    ['6 tháng đầu năm 2026', '2026-Q2'],
  ])('reads [%s] as %s', (text, due) => {
    expect(readDue(text, '2026')).toEqual({ due });
  });

  it.each([
    ['31/9/2026', true],
    ['Quý 7/2026', true],
    ['Tháng 13/2026', true],
    ['Thường xuyên', false],
    ['', false],
  ])('finds no time in [%s]; impossible: %s', (text, impossible) => {
    expect(readDue(text, '2026')).toEqual({ impossible });
  });
});

describe('agencyMatcher', () => {
  const match = agencyMatcher(agencies);

  it.each([
    ['Sở NN&MT', 'so-nong-nghiep-va-moi-truong'],
    ['Sở NN và MT', 'so-nong-nghiep-va-moi-truong'],
    ['Sở Nông nghiệp & Môi trường', 'so-nong-nghiep-va-moi-truong'],
    ['SNNMT', 'so-nong-nghiep-va-moi-truong'],
    ['Sở GDĐT', 'so-giao-duc-va-dao-tao'],
    ['SỞ XÂY DỰNG', 'so-xay-dung'],
    ['Sở Y tế thành phố Hà Nội', 'so-y-te'],
    ['Sở QH-KT', 'so-quy-hoach-kien-truc'],
    ['Văn phòng UBND TP', 'vp-ubnd'],
    ['Ủy ban nhân dân phường Hoàn Kiếm', 'ubnd-phuong-hoan-kiem'],
    ['UBND TP', 'ubnd-thanh-pho-ha-noi'],
    ['so-tu-phap', 'so-tu-phap'],
  ])('takes [%s] for %s', (text, id) => {
    expect(match(text).agency?.id).toBe(id);
  });

  it('does not choose between agencies that share their initials', () => {
    const twins = ['Sở Du lịch', 'Sở Đất lành'].map((vi, at) => ({ id: `so-${at}`, name: { vi } }));

    expect(agencyMatcher(twins)('SDL')).toMatchObject({ ambiguous: true, candidates: twins });
  });

  it('names the nearest when it knows none', () => {
    expect(match('Sở Giao dục Đào tạo Thể thao')).toMatchObject({
      ambiguous: false,
      candidates: expect.arrayContaining([
        expect.objectContaining({ id: 'so-giao-duc-va-dao-tao' }),
      ]),
    });
  });
});

it('recognises a header in any case, with line breaks and a note behind it', () => {
  const spellings = Object.entries(columns).flatMap(([field, list]) =>
    list.map((text) => [field, text] as const),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...spellings),
      fc.constantFrom(' ', '\n', '  ', '\r\n'),
      fc.constantFrom('', ' (*)', '\n(theo Phụ lục II)', ':'),
      fc.boolean(),
      ([field, text], space, note, upper) => {
        const header = text.replaceAll(' ', space) + note;
        expect(findField(upper ? header.toUpperCase() : header.normalize('NFD'))).toBe(field);
      },
    ),
  );
});
