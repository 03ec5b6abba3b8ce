import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The properties that each interface of a file declares, by the interface's name. */
export function interfaceProperties(path: string): ReadonlyMap<string, readonly string[]> {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023);
  return new Map(
    source.statements
      .filter(ts.isInterfaceDeclaration)
      .map(({ name, members }) => [
        name.text,
        members.flatMap((member) =>
          member.name && (ts.isIdentifier(member.name) || ts.isStringLiteral(member.name))
            ? [member.name.text]
            : [],
        ),
      ]),
  );
}
