import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPageContext } from '../../../server/pages/page-context.ts';
import { scriptJson } from '../../../server/pages/script-json.ts';

const views = join(process.cwd(), 'views');
const read = (path: string) => readFileSync(join(views, path), 'utf8');
const vi = JSON.parse(read('locales/vi.json')) as Record<string, string>;
const en = JSON.parse(read('locales/en.json')) as Record<string, string>;
const templates = ['layouts', 'partials', 'pages'].flatMap((folder) =>
  readdirSync(join(views, folder)).map((name) => `${folder}/${name}`),
);
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('the message files', () => {
  it('have the same keys, and in each the same placeholders', () => {
    expect(Object.keys(en)).toEqual(Object.keys(vi));
    for (const key of Object.keys(vi)) {
      expect([key, placeholders(en[key] ?? '')]).toEqual([key, placeholders(vi[key] ?? '')]);
    }
  });

  it.each(templates)('have every word that %s asks for', (template) => {
    const asked = [...read(template).matchAll(/\bt\('([\w.-]+)'[,)]/g)].map(([, key]) => key);

    expect(asked.filter((key) => key !== undefined && !(key in vi))).toEqual([]);
  });
});

describe('the words', () => {
  const builders = readdirSync(join(process.cwd(), 'server/pages')).map((name) =>
    readFileSync(join(process.cwd(), 'server/pages', name), 'utf8'),
  );
  const code = [...builders, ...templates.map(read)].join('\n');
  const literal = new Set([...code.matchAll(/['"`]([a-z][\w.-]*)['"`]/gi)].map(([, k]) => k));
  const begun = [
    ...code.matchAll(/`([a-z]\w*\.[\w.]*)\$\{/gi),
    ...code.matchAll(/\bt\('([\w.]+\.)' \+/g),
  ].map(([, start]) => start ?? '');

  it('asked for in the builders are all there', () => {
    const asked = [...code.matchAll(/\b(?:t|plural)\('([\w.-]+)'/g)].map(([, key]) => key ?? '');

    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((key) => !(key in vi) && !begun.includes(key))).toEqual([]);
  });

  it('that nobody asks for are not there', () => {
    const isAsked = (key: string) =>
      literal.has(key) || begun.some((start) => start !== '' && key.startsWith(start));

    expect(Object.keys(vi).filter((key) => !isAsked(key.replace(/\.one$/, '')))).toEqual([]);
  });

  it('for one thing stand beside words for many', () => {
    const ones = Object.keys(vi).filter((key) => key.endsWith('.one'));

    expect(ones.filter((key) => !(key.replace(/\.one$/, '') in vi))).toEqual([]);
  });
});

describe('the templates', () => {
  it.each(templates)('%s puts nothing unescaped but what it includes', (template) => {
    const raw = [...read(template).matchAll(/<%-\s*([^%]*)%>/g)].map(
      ([, code]) => code?.trim() ?? '',
    );
    const allowed: Record<string, string[]> = {
      'partials/content.ejs': ['content'],
      'partials/structured-data.ejs': ['json'],
      'partials/preview-map.ejs': ['map.data'],
    };

    expect(
      raw.filter((code) => !code.startsWith('include(') && !allowed[template]?.includes(code)),
    ).toEqual([]);
  });

  it('let no structured data end its script', () => {
    const text = scriptJson({ name: '</script><script>alert(1)</script>', line: '\u2028' });

    expect(text).not.toMatch(/[<>\u2028]/);
    expect(JSON.parse(text)).toEqual({
      name: '</script><script>alert(1)</script>',
      line: '\u2028',
    });
  });
});

describe('dates and numbers', () => {
  const page = { baseURL: '', path: '/', asset: (name: string) => name };
  const vietnamese = createPageContext('vi', page);
  const english = createPageContext('en', page);

  it.each([
    ['a date', vietnamese.date('2026-11-23'), '23/11/2026'],
    ['a date', english.date('2026-11-23'), '23 Nov 2026'],
    ['a moment, in Hà Nội', vietnamese.date('2026-11-22T18:00:00Z'), '23/11/2026'],
    ['a year', vietnamese.date('2026'), '2026'],
    ['a month', english.date('2026-03'), '03/2026'],
    ['a quarter', vietnamese.due('2026-Q3'), 'Quý III/2026'],
    ['a quarter', english.due('2026-Q3'), 'Q3 2026'],
    ['a number', vietnamese.number(1_234_567.8), '1.234.567,8'],
    ['a number', english.number(1_234_567.8), '1,234,567.8'],
    ['a share', vietnamese.percent(66.7), '66,7%'],
    ['a share', english.percent(66.7), '66.7%'],
    ['one thing', english.plural('search.results', 1), '1 dataset'],
    ['no thing', english.plural('search.results', 0), '0 datasets'],
    ['one thing', vietnamese.plural('search.results', 1), '1 tập dữ liệu'],
    ['a size', vietnamese.bytes(20_480), '20,5 KB'],
    ['no size', vietnamese.bytes(0), '0 B'],
    ['an address', english.url('/dataset?q=x'), '/en/dataset?q=x'],
    ['the home page', english.url('/'), '/en/'],
  ])('write %s: %s', (_what, written, expected) => {
    expect(written).toBe(expected);
  });
});
