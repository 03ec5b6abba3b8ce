import type { Describer } from '../dcat/record-forms.ts';
import type { Finding } from '../kernel/errors.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { ownShapesValidator } from './shacl.ts';
import type { ShapeResult } from './shape-result.ts';

/** Holds records, as they would be published, against our shapes. */
export interface RecordShapes {
  /** Everything that the shapes say of a record, advice too; the worst first. */
  results(record: DatasetRecord): readonly ShapeResult[];
  /** What the shapes forbid, each at its place in the record. */
  findings(record: DatasetRecord): readonly Finding[];
}

export function recordShapes(describer: Describer): RecordShapes {
  const { context, iri } = describer;
  const validate = ownShapesValidator(context);
  const results = (record: DatasetRecord) =>
    validate(describer.quads(describer.datasetNode(record), record.id));
  return {
    results,
    findings: (record) =>
      results(record)
        .filter(({ severity }) => severity === 'Violation')
        .map(({ focusNode, path, message }) => ({
          pointer: placeOf(focusNode, record) + (path === undefined ? '' : `/${keyOf(path)}`),
          keyword: 'shape',
          message,
        })),
  };

  function placeOf(focusNode: string, { distribution = [] }: DatasetRecord): string {
    const at = distribution.findIndex(
      (file) => (file.iri ?? iri.distribution(file.id)) === focusNode,
    );
    return at < 0 ? '' : `/distribution/${at}`;
  }

  /** A property by the word that records have for it. */
  function keyOf(path: string): string {
    return context.keyOf(path) ?? context.compact(path);
  }
}
