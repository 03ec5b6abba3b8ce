import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { createDatasetReader } from '../../catalog/dcat/quads-to-records.ts';
import { jsonLdReader } from '../../catalog/dcat/read-json-ld.ts';
import { createDescriber, type Describer } from '../../catalog/dcat/record-forms.ts';
import { splitStanding, withIds } from '../../catalog/inventory/register-dataset.ts';
import type { Finding } from '../../catalog/kernel/errors.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { gatherGraph } from '../../catalog/rdf/graph.ts';
import { type InputSyntax, inputSyntaxOfName, parseRdf } from '../../catalog/rdf/parse.ts';
import type { Quad } from '../../catalog/rdf/terms.ts';
import { turtleWriter } from '../../catalog/rdf/turtle.ts';
import {
  createShapesValidator,
  ownShapes,
  ownShapesValidator,
} from '../../catalog/validation/shacl.ts';
import { shacl } from '../../catalog/validation/shape-plan.ts';
import type { ShapeResult, ValidateShapes } from '../../catalog/validation/shape-result.ts';
import { validateDataset } from '../../catalog/validation/validate-record.ts';
import { bilingual, print, UsageError } from './output.ts';

interface FileReport {
  readonly file: string;
  readonly valid: boolean;
  readonly datasets: number;
  readonly errors: readonly Finding[];
  readonly shapes: readonly ShapeResult[];
}

/** `khue validate`: holds files of records or graphs against schemas and shapes. Gives how many files have errors. */
export async function validateFiles(
  files: readonly string[],
  options: { readonly json: boolean; readonly shapes?: string },
  baseURL: string,
): Promise<number> {
  const describer = createDescriber(baseURL);
  const validateShapes = await shapesValidator(options.shapes, describer);
  const reports: FileReport[] = [];
  for (const file of files) {
    const syntax = /\.json(\.gz)?$/i.test(file) ? undefined : inputSyntaxOfName(file);
    reports.push(
      syntax
        ? await validateGraphFile(file, syntax, describer, validateShapes)
        : await validateRecordFile(file, describer, validateShapes),
    );
  }
  if (options.json) print(JSON.stringify(reports));
  else for (const report of reports) printReport(report);
  return reports.filter(({ valid }) => !valid).length;
}

/** @throws {UsageError} for a file of shapes that cannot be read */
async function shapesValidator(
  file: string | undefined,
  { context }: Describer,
): Promise<ValidateShapes> {
  if (file === undefined) {
    const validate = ownShapesValidator(context);
    return async (quads) => validate(quads);
  }
  return createShapesValidator(file).catch((error: unknown) => {
    throw new UsageError(`cannot read the shapes ${file}: ${(error as Error).message}`);
  });
}

async function validateGraphFile(
  file: string,
  syntax: InputSyntax,
  describer: Describer,
  validateShapes: ValidateShapes,
): Promise<FileReport> {
  const raw = createReadStream(file);
  const content = /\.gz$/i.test(file) ? raw.pipe(createGunzip()) : raw;
  const readJsonLd = jsonLdReader(describer.context, `${describer.baseURL}/context.jsonld`);
  const quads: Quad[] = [];
  for await (const quad of parseRdf(content, syntax, `${describer.baseURL}/dataset/`, readJsonLd)) {
    quads.push(quad);
  }
  const reader = createDatasetReader(await gatherGraph(quads), describer.context, describer.iri);
  const records = [...reader.subjects()].map((subject) => reader.read(subject));
  const errors = records.flatMap(({ record }) =>
    validateDataset(record, 'draft').map((finding) => ({
      ...finding,
      pointer: `/${record.id}${finding.pointer}`,
    })),
  );
  return report(file, records.length, errors, await validateShapes(quads));
}

async function validateRecordFile(
  file: string,
  describer: Describer,
  validateShapes: ValidateShapes,
): Promise<FileReport> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`cannot read ${file}: ${error.message}`);
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const said = (error as Error).message;
    const message = { vi: `Không phải JSON: ${said}`, en: `Not JSON: ${said}` };
    return report(file, 0, [{ pointer: '', keyword: 'json', message }], []);
  }
  const many = Array.isArray(parsed);
  const inputs = (many ? (parsed as readonly unknown[]) : [parsed]).map((input) =>
    withIds(splitStanding(input).content),
  );
  const errors: Finding[] = [];
  const quads: Quad[] = [];
  for (const [index, input] of inputs.entries()) {
    const findings = validateDataset(input, 'draft');
    errors.push(...findings.map((f) => (many ? { ...f, pointer: `/${index}${f.pointer}` } : f)));
    if (findings.length > 0) continue;
    const record = input as DatasetRecord;
    quads.push(...describer.quads(describer.datasetNode(record), record.id));
  }
  return report(file, inputs.length, errors, await validateShapes(quads));
}

function report(
  file: string,
  datasets: number,
  errors: readonly Finding[],
  shapes: readonly ShapeResult[],
): FileReport {
  const violated = shapes.some(({ severity }) => severity === 'Violation');
  return { file, valid: errors.length === 0 && !violated, datasets, errors, shapes };
}

function printReport({ file, valid, datasets, errors, shapes }: FileReport): void {
  print(`${valid ? '✓' : '✗'} ${file} (${datasets})`);
  for (const { pointer, message } of errors) print(`  ${pointer || '/'}: ${bilingual(message)}`);
  for (const { severity, focusNode, path, message } of shapes) {
    print(`  ${severity} ${focusNode} ${path ?? ''}: ${bilingual(message)}`);
  }
}

/** `khue shapes`: our shapes as any SHACL engine takes them. */
export function shapesInTurtle(baseURL: string): string {
  const { context } = createDescriber(baseURL);
  const turtle = turtleWriter({ ...context.prefixes, sh: shacl });
  return turtle.head + turtle.write(ownShapes(context));
}
