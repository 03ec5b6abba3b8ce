import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../../catalog/kernel/project-root.ts';

/** One file and what it imports, types too. Paths are relative to the project, with slashes. */
export interface ImportingFile {
  readonly file: string;
  /** Files of ours that it names. */
  readonly files: readonly string[];
  /** Names of npm packages. */
  readonly packages: readonly string[];
}

/** Every file of ours under these folders whose name ends in `.ts`. */
export function importingFiles(folders: readonly string[]): readonly ImportingFile[] {
  return folders.flatMap(filesIn).map((file) => {
    const text = readFileSync(join(projectRoot, file), 'utf8');
    return { file, ...importsOf(file, text) };
  });
}

/** What a text imports, were it the file of that name. */
export function importsOf(file: string, text: string): Omit<ImportingFile, 'file'> {
  const named = specifiers(text);
  return {
    files: named
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => posix.join(posix.dirname(file), specifier)),
    packages: named
      .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
      .map(packageOf),
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .filter((path) => path.endsWith('.ts'))
    .sort();
}

/** From `import`, `export … from`, `import()` and `import('…').Type`. */
function specifiers(text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
          ? node.argument.literal
          : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
            ? node.arguments[0]
            : undefined;
    if (named && ts.isStringLiteralLike(named)) found.push(named.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('any.ts', text, ts.ScriptTarget.Latest));
  return found;
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
