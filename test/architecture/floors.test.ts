import { describe, expect, it } from 'vitest';
import { circles, namedOnce, trespasses } from './floors.ts';
import { type ImportingFile, importingFiles, importsOf } from './imports.ts';

const product = importingFiles(['catalog', 'server']);

describe('the floors', () => {
  it('see no file import from a higher floor, or from the room next door', () => {
    expect(product.flatMap(trespasses)).toEqual([]);
  });

  it('see no circle of imports', () => {
    expect(circles(product)).toEqual([]);
  });

  it.each(namedOnce)('see %s named in one file at most', (name) => {
    const files = product.filter(({ packages }) => packages.includes(name)).map(({ file }) => file);

    expect(files.slice(1)).toEqual([]);
  });

  it('have files on them', () => {
    expect(product.length).toBeGreaterThan(20);
  });
});

describe('a trespass', () => {
  it.each([
    { file: 'catalog/model/plan.ts', text: "import { a } from '../plan/plan.ts';", because: 'up' },
    { file: 'catalog/plan/a.ts', text: "import { b } from '../search/b.ts';", because: 'sideways' },
    {
      file: 'catalog/rdf/a.ts',
      text: "import type { B } from '../storage/b.ts';",
      because: 'a type',
    },
    {
      file: 'catalog/dcat/a.ts',
      text: "import { b } from '../storage/b.ts';",
      because: 'a stranger',
    },
    {
      file: 'catalog/usage/a.ts',
      text: "export { b } from '../../server/app.ts';",
      because: 'HTTP',
    },
    {
      file: 'catalog/usage/a.ts',
      text: "const b = import('../../server/app.ts');",
      because: 'late',
    },
    { file: 'catalog/usage/a.ts', text: "let b: import('../plan/b.ts').B;", because: 'in a type' },
    {
      file: 'server/http/a.ts',
      text: "import { b } from '../routes/b.ts';",
      because: 'a resource',
    },
    { file: 'catalog/search/a.ts', text: "import express from 'express';", because: 'a package' },
    { file: 'server/routes/a.ts', text: "import { sql } from 'kysely';", because: 'a database' },
    { file: 'catalog/attic/a.ts', text: '', because: 'no such floor' },
  ])('is found in $file: $because', ({ file, text }) => {
    expect(trespasses({ file, ...importsOf(file, text) })).toHaveLength(1);
  });

  it.each([
    { file: 'catalog/dcat/a.ts', text: "import { b } from '../rdf/b.ts';", because: 'down' },
    { file: 'catalog/dcat/a.ts', text: "import { b } from './b.ts';", because: 'at home' },
    { file: 'catalog/plan/plan-repository.ts', text: "import 'kysely';", because: 'a repository' },
    { file: 'catalog/rdf/a.ts', text: "// import '../plan/b.ts'", because: 'only said' },
    { file: 'server/commands/a.ts', text: "import { b } from '../compose.ts';", because: 'on top' },
  ])('is not $file: $because', ({ file, text }) => {
    expect(trespasses({ file, ...importsOf(file, text) })).toEqual([]);
  });
});

describe('a circle', () => {
  it('is found over several files', () => {
    const files: readonly ImportingFile[] = [
      { file: 'a.ts', files: ['b.ts'], packages: [] },
      { file: 'b.ts', files: ['c.ts'], packages: [] },
      { file: 'c.ts', files: ['a.ts'], packages: [] },
    ];

    expect(circles(files)).toEqual(['a.ts → b.ts → c.ts → a.ts']);
  });
});
