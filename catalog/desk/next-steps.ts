import { type Actor, mayAct } from '../access/actor.ts';
import type { Dataset } from '../inventory/dataset-repository.ts';
import type { Finding } from '../kernel/errors.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { type Act, transitions } from '../model/lifecycle.ts';
import type { RecordShapes } from '../validation/record-shapes.ts';
import { validateDataset } from '../validation/validate-record.ts';

/** Something that a person may do to a dataset now. */
export interface NextStep {
  readonly act: Act;
  /** Whether it must say why. */
  readonly reason: boolean;
  /** Whether the record lacks something that the act demands. */
  readonly isBlocked: boolean;
}

const order: readonly Act[] = ['submit', 'approve', 'publish', 'return', 'withdraw'];

/** What keeps a record from a release: what the schemas demand, and, once they are content, what the shapes forbid. */
export function hindrances(record: DatasetRecord, shapes: RecordShapes): readonly Finding[] {
  const findings = validateDataset(record, 'release');
  return findings.length > 0 ? findings : shapes.findings(record);
}

/** What somebody may do to a dataset as it stands. */
export function nextSteps(
  { state, record }: Dataset,
  isComplete: boolean,
  actor: Actor,
): readonly NextStep[] {
  return order.flatMap((act) => {
    const { from, roles, reason, complete } = transitions[act];
    if (!from.includes(state) || !mayAct(actor, roles, record.publisher)) return [];
    return [{ act, reason, isBlocked: complete && !isComplete }];
  });
}
