import { createHash } from 'node:crypto';
import { type Actor, assertMay } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import { type Clock, localDate } from '../kernel/clock.ts';
import { CatalogError, type Finding } from '../kernel/errors.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { Database } from '../storage/database.ts';
import { validateAgainst } from '../validation/json-schema.ts';
import { reportFigures } from './report-figures.ts';
import { type ClosedReport, reportRepository } from './report-repository.ts';
import { scheduledReport } from './report-schedule.ts';

/** What the coordinator writes when a report is closed. The truth is schemas/report-closing.schema.json. */
interface Closing {
  readonly remarks?: { readonly vi: string };
  readonly reason?: string;
}

/**
 * Closes a report: its figures are kept as they stand, and never change again. Closed once more, it becomes a version
 * that corrects the one before, and says why.
 *
 * @param versionRead the last version that was closed when it was read; 0 for none
 * @throws {CatalogError} `not-found` / `report-not-found`, `stale` / `edit-conflict`, `invalid` / `report-invalid`,
 * `forbidden`
 */
export async function closeReport(
  id: string,
  input: unknown,
  versionRead: number,
  actor: Actor,
  deps: { readonly database: Database; readonly clock: Clock },
): Promise<ClosedReport> {
  assertMay(actor, ['coordinator', 'administrator']);
  const report = scheduledReport(id);
  const { remarks, reason } = decodeClosing(input, versionRead);
  return deps.database.transaction(async (tx) => {
    const repository = reportRepository(tx);
    const last = await repository.find(id);
    if ((last?.version ?? 0) !== versionRead) throw closedMeanwhile(id);
    const closedAt = deps.clock();
    const closed: ClosedReport = {
      id,
      version: versionRead + 1,
      closedAt,
      closedBy: actor.name,
      ...(remarks && { remarks }),
      ...(reason !== undefined && { reason }),
      figures: await reportFigures(report, localDate(closedAt), tx),
    };
    await repository.add(closed);
    await recordAct(tx, {
      at: closedAt,
      by: actor,
      act: 'report.close',
      subject: `report/${id}`,
      after: { version: closed.version, sha256: digestOf(closed.figures) },
      reason,
    });
    return closed;
  });
}

/** What the audit keeps of the figures: enough to prove that they are the ones that were closed. */
export function digestOf(figures: ClosedReport['figures']): string {
  return createHash('sha256').update(JSON.stringify(figures)).digest('hex');
}

function decodeClosing(input: unknown, versionRead: number): Closing {
  const findings = [...validateAgainst('report-closing.schema.json', input)];
  const closing = input as Closing;
  if (findings.length === 0 && versionRead > 0 && closing.reason === undefined) {
    findings.push(reasonMissing);
  }
  if (findings.length === 0) return closing;
  throw new CatalogError('invalid', 'report-invalid', invalid, { findings });
}

const invalid: Message = {
  vi: 'Chưa chốt được báo cáo; hãy sửa từng chỗ được nêu.',
  en: 'The report could not be closed; correct each place named.',
};

const reasonMissing: Finding = {
  pointer: '/reason',
  keyword: 'required',
  message: {
    vi: 'Hãy ghi lý do đính chính: bản trước đã được công bố.',
    en: 'Say why it is corrected: the version before it is public.',
  },
};

const closedMeanwhile = (id: string): CatalogError =>
  new CatalogError('stale', 'edit-conflict', {
    vi: `Báo cáo "${id}" vừa được người khác chốt; hãy xem bản đó trước.`,
    en: `The report "${id}" has just been closed by somebody else; look at that version first.`,
  });
