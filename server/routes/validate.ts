import type { Request } from 'express';
import { createDatasetReader } from '../../catalog/dcat/quads-to-records.ts';
import { jsonLdReader } from '../../catalog/dcat/read-json-ld.ts';
import type { Describer } from '../../catalog/dcat/record-forms.ts';
import { splitStanding, withIds } from '../../catalog/inventory/register-dataset.ts';
import { localDate } from '../../catalog/kernel/clock.ts';
import { CatalogError, type Finding } from '../../catalog/kernel/errors.ts';
import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import { type ExplainedScore, explainScore } from '../../catalog/quality/explain-score.ts';
import type { QualityFacts } from '../../catalog/quality/subject.ts';
import { gatherGraph } from '../../catalog/rdf/graph.ts';
import { type InputSyntax, parseRdf } from '../../catalog/rdf/parse.ts';
import type { Quad } from '../../catalog/rdf/terms.ts';
import { type RecordShapes, recordShapes } from '../../catalog/validation/record-shapes.ts';
import { ownShapesValidator } from '../../catalog/validation/shacl.ts';
import type { ShapeResult } from '../../catalog/validation/shape-result.ts';
import { validateDataset } from '../../catalog/validation/validate-record.ts';
import { Refusal } from '../http/refusal.ts';

/** What is wrong with a record: `valid` as a draft, `releasable` as it would be published. */
export interface ValidationReport {
  readonly valid: boolean;
  readonly releasable: boolean;
  readonly errors: readonly Finding[];
  /** What the shapes say of it as it would be published. SHACL §3.6. Absent: it is not valid yet. */
  readonly shapes?: readonly ShapeResult[];
  /** How good it is, and what would make it better. Absent: it is not valid yet. */
  readonly quality?: ExplainedScore;
}

/** Holds one record of ours against the schemas; stores nothing. */
export function validateRecord(body: unknown, describer: Describer): ValidationReport {
  if (body === undefined) throw unsupported();
  return report(withIds(splitStanding(body).content), recordShapes(describer));
}

/** Holds every dataset of a graph against the schemas, each with its id. */
export async function validateGraph(
  request: Request,
  syntax: InputSyntax,
  describer: Describer,
): Promise<
  ValidationReport & { readonly datasets: readonly (ValidationReport & { id: string })[] }
> {
  const { baseURL, context, iri } = describer;
  const readJsonLd = jsonLdReader(context, `${baseURL}/context.jsonld`);
  const quads: Quad[] = [];
  for await (const quad of parseRdf(limited(request), syntax, `${baseURL}/dataset/`, readJsonLd)) {
    quads.push(quad);
  }
  const shapes = ownShapesValidator(context)(quads);
  const reader = createDatasetReader(await gatherGraph(quads), context, iri);
  const datasets = [...reader.subjects()].map((subject) => {
    const { record } = reader.read(subject);
    return { id: record.id, ...report(record, recordShapes(describer)) };
  });
  if (datasets.length === 0) {
    throw new CatalogError('invalid', 'no-dataset', {
      vi: 'Không có dcat:Dataset nào trong đồ thị; hãy kiểm tra rdf:type.',
      en: 'There is no dcat:Dataset in the graph; check its rdf:type.',
    });
  }
  return {
    valid: datasets.every(({ valid }) => valid),
    releasable: datasets.every(({ releasable }) => releasable),
    shapes,
    errors: datasets.flatMap(({ id, errors }) =>
      errors.map((error) => ({ ...error, pointer: `/${id}${error.pointer}` })),
    ),
    datasets,
  };
}

function report(record: unknown, checked: RecordShapes): ValidationReport {
  const draft = validateDataset(record, 'draft');
  if (draft.length > 0) return { valid: false, releasable: false, errors: draft };
  const release = validateDataset(record, 'release');
  const shapes = checked.results(record as DatasetRecord);
  const standing = {
    valid: true,
    releasable: release.length === 0 && !shapes.some(({ severity }) => severity === 'Violation'),
    errors: release,
    shapes,
  };
  return { ...standing, quality: explainScore(record as DatasetRecord, factsOf(standing)) };
}

/** What is known of a record that was only sent: nobody has asked its addresses, and none of its files is here. */
function factsOf({ releasable }: Pick<ValidationReport, 'releasable'>): QualityFacts {
  return {
    linkStatus: () => undefined,
    heldContent: () => undefined,
    conforms: () => releasable,
    today: localDate(new Date().toISOString()),
  };
}

const mostBytes = 10 * 1024 * 1024;

async function* limited(request: Request): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw new Refusal(413, 'body-too-large', {
        vi: 'Đồ thị gửi kiểm tra không quá 10 MB; tệp lớn hơn hãy dùng khue import dcat --dry-run.',
        en: 'A graph sent for validation is at most 10 MB; for larger ones use khue import dcat --dry-run.',
      });
    }
    yield chunk;
  }
}

function unsupported(): Refusal {
  return new Refusal(415, 'media-type-unknown', {
    vi: 'Hãy gửi JSON, JSON-LD, Turtle, N-Triples hoặc RDF/XML và nêu Content-Type.',
    en: 'Send JSON, JSON-LD, Turtle, N-Triples or RDF/XML, and say so in Content-Type.',
  });
}
