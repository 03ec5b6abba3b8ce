import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../catalog/kernel/project-root.ts';

const topLevel = readdirSync(projectRoot).filter((name) => name.endsWith('.md'));
const docs = join(projectRoot, 'docs');
const papers = [
  ...topLevel,
  ...(existsSync(docs)
    ? readdirSync(docs, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => join('docs', name))
    : []),
];

describe('the papers', () => {
  it.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'])(
    'hold %s',
    (name) => {
      expect(topLevel).toContain(name);
    },
  );

  it.each(papers)('lead from %s to files that are there', (paper) => {
    const missing = linksOf(read(paper))
      .map((link) => relative(projectRoot, join(projectRoot, dirname(paper), link)))
      .filter((path) => !existsSync(join(projectRoot, path)));

    expect(missing).toEqual([]);
  });

  it.each(papers)('lead from %s to headings that are there', (paper) => {
    const text = read(paper);
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
    const anchors = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);

    expect(anchors.filter((anchor) => !headings.includes(anchor))).toEqual([]);
  });

  it.each(papers)('name in %s only npm scripts that exist', (paper) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(paper).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(
      ([, name = '']) => name,
    );

    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('keep a list of what is not released yet', () => {
    expect(read('CHANGELOG.md')).toMatch(/^## Unreleased$/m);
  });

  it('carry the licence that package.json names', () => {
    const { license } = JSON.parse(read('package.json')) as { license: string };

    expect(license).toBe('EUPL-1.2');
    expect(read('LICENSE')).toContain('EUROPEAN UNION PUBLIC LICENCE v. 1.2');
  });
});

function read(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

/** Links and pictures that lead to a file of ours, without the part behind `#`. */
function linksOf(markdown: string): readonly string[] {
  const prose = markdown.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map(decodeURI);
}

/** As GitHub and GitLab make it from a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
