/**
 * Folds text for comparison and search: no diacritics, đ as d, lower case, single spaces.
 *
 * Folding here, and not in the database, makes SQLite and PostgreSQL agree: neither `unicode61` nor `unaccent`
 * treats every Vietnamese letter, and `unicode61` leaves đ alone.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** An identifier made from a title: `Điểm dừng xe buýt` becomes `diem-dung-xe-buyt`. At most 80 characters. */
export function slug(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
}
