import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Parser, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import type { DcatContext } from '../dcat/context.ts';
import { schemasFolder } from '../model/schemas.ts';
import type { Quad } from '../rdf/terms.ts';
import { compileShapes } from './compile-shapes.ts';
import type { ShapeResult, ValidateShapes } from './shape-result.ts';
import { shapesOfSchemas } from './shapes-of-schemas.ts';

/** Our own shapes: what the schemas demand, and what stands beside them in shapes.ttl. */
export function ownShapes(context: DcatContext): readonly Quad[] {
  const written = readFileSync(join(schemasFolder, 'shapes.ttl'), 'utf8');
  return [...shapesOfSchemas(context), ...(new Parser().parse(written) as readonly Quad[])];
}

const compiled = new WeakMap<DcatContext, ReturnType<typeof compileShapes>>();

/** Holds graphs against our own shapes. */
export function ownShapesValidator(
  context: DcatContext,
): (quads: readonly Quad[]) => readonly ShapeResult[] {
  const validate = compiled.get(context) ?? compileShapes(ownShapes(context));
  compiled.set(context, validate);
  return (quads) => worstFirst(validate(quads));
}

/** Holds graphs against the shapes in a Turtle file. What that imports is not fetched. */
export async function createShapesValidator(file: string): Promise<ValidateShapes> {
  const shapes = new Parser().parse(await readFile(file, 'utf8'));
  return engineValidator(
    shapes.filter(({ predicate }) => !predicate.value.endsWith('owl#imports')) as readonly Quad[],
  );
}

/** Holds graphs against any shapes, with an engine that knows all of SHACL Core. */
export function engineValidator(shapes: readonly Quad[]): ValidateShapes {
  const validator = new SHACLValidator(new Store([...shapes]) as never);
  return async (quads) => {
    const { results } = await validator.validate(new Store([...quads]) as never);
    return worstFirst(results.map(toResult));
  };
}

const rank = { Violation: 0, Warning: 1, Info: 2 } as const;

function worstFirst(results: readonly ShapeResult[]): readonly ShapeResult[] {
  return [...results].sort((a, b) => rank[a.severity] - rank[b.severity]);
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
