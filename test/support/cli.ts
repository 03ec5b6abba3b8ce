import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../catalog/kernel/project-root.ts';

const compiled = join(projectRoot, 'dist', 'server', 'cli.js');
const isCompiled = isFresh();

/**
 * What Node runs as `khue`: the compiled command, as users have it, where it is no older than the source; else the
 * source, which takes seconds longer to start.
 */
export const cli: readonly string[] = isCompiled
  ? [compiled]
  : ['--import', 'tsx', join(projectRoot, 'server', 'cli.ts')];

/** Where another process loads a module of the product from: `server/app`. Compiled or not, as the command. */
export function productModule(path: string): string {
  const file = isCompiled ? join('dist', `${path}.js`) : `${path}.ts`;
  return pathToFileURL(join(projectRoot, file)).href;
}

function isFresh(): boolean {
  const built = statSync(compiled, { throwIfNoEntry: false })?.mtimeMs;
  return built !== undefined && ['server', 'catalog'].every((folder) => newestIn(folder) <= built);
}

/** When a source file of a folder changed last, in milliseconds. */
function newestIn(folder: string): number {
  const path = join(projectRoot, folder);
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .reduce((newest, file) => Math.max(newest, statSync(join(path, file)).mtimeMs), 0);
}
