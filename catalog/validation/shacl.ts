import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Parser, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import type { Message } from '../kernel/lang-text.ts';
import { schemasFolder } from '../model/schemas.ts';
import type { Quad } from '../rdf/terms.ts';

/** One thing that a shape found wrong. SHACL §3.6.2. */
export interface ShapeResult {
  readonly focusNode: string;
  readonly path?: string;
  readonly value?: string;
  readonly severity: 'Violation' | 'Warning' | 'Info';
  readonly message: Message;
}

/** Holds graphs against shapes. Only violations and warnings of a node it names are given, the worst first. */
export type ValidateShapes = (quads: readonly Quad[]) => Promise<readonly ShapeResult[]>;

/** Reads shapes in Turtle: those of a file, or our own. */
export async function createShapesValidator(
  file = join(schemasFolder, 'shapes.ttl'),
): Promise<ValidateShapes> {
  const shapes = new Parser().parse(await readFile(file, 'utf8'));
  // What a shapes file imports is not fetched.
  const own = shapes.filter(({ predicate }) => !predicate.value.endsWith('owl#imports'));
  const validator = new SHACLValidator(new Store(own) as never);
  return async (quads) => {
    const { results } = await validator.validate(new Store([...quads]) as never);
    return results.map(toResult).sort((a, b) => (a.severity < b.severity ? 1 : -1));
  };
}

type EngineResult = Awaited<ReturnType<SHACLValidator['validate']>>['results'][number];

function toResult(result: EngineResult): ShapeResult {
  const said = result.message.map((term) => ({
    text: term.value,
    language: 'language' in term ? String(term.language) : '',
  }));
  const fallback = result.sourceConstraintComponent?.value.split('#')[1] ?? 'SHACL';
  const say = (language: string) =>
    said.find((message) => message.language === language)?.text ?? said[0]?.text ?? fallback;
  const severity = result.severity?.value.split('#')[1];
  const path = result.path && 'value' in result.path ? String(result.path.value) : undefined;
  return {
    focusNode: result.focusNode?.value ?? '',
    ...(path !== undefined && { path }),
    ...(result.value && { value: result.value.value }),
    severity: severity === 'Warning' || severity === 'Info' ? severity : 'Violation',
    message: { vi: say('vi'), en: say('en') },
  };
}
