import { isDeepStrictEqual } from 'node:util';
import { type Actor, operator } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import type { Clock } from '../kernel/clock.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { AgencyRecord } from '../model/agency.ts';
import { bumpCatalogVersion } from '../storage/catalog-version.ts';
import type { Tx } from '../storage/database.ts';
import { validateAgainst } from '../validation/json-schema.ts';
import { agencyRepository } from './agency-repository.ts';

/**
 * Turns input into an agency's record.
 *
 * @throws {CatalogError} `invalid` / `agency-invalid` with every finding
 */
export function decodeAgency(input: unknown): AgencyRecord {
  const findings = validateAgainst('agency.schema.json', input);
  if (findings.length === 0) return input as AgencyRecord;
  throw new CatalogError(
    'invalid',
    'agency-invalid',
    { vi: 'Thông tin cơ quan chưa đúng.', en: 'The agency’s record is not right.' },
    { findings },
  );
}

/** Writes an agency that is new or different. */
export async function saveAgency(
  tx: Tx,
  record: AgencyRecord,
  clock: Clock,
  by: Actor = operator,
): Promise<'created' | 'updated' | 'unchanged'> {
  const repository = agencyRepository(tx);
  const before = await repository.find(record.id);
  if (before && isDeepStrictEqual(before.record, record)) return 'unchanged';
  const at = clock();
  await repository.save(record, (before?.revision ?? 0) + 1, at);
  await bumpCatalogVersion(tx);
  await recordAct(tx, {
    at,
    by,
    act: before ? 'agency.revise' : 'agency.register',
    subject: `agency/${record.id}`,
    agency: record.id,
    before: before?.record,
    after: record,
  });
  return before ? 'updated' : 'created';
}
