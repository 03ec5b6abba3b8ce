import { agencyRepository } from '../../../catalog/inventory/agency-repository.ts';
import type { LangText } from '../../../catalog/kernel/lang-text.ts';
import type { WorkspaceDeps } from './handlers.ts';

/** The names of all agencies by their ids. */
export async function agencyNames({
  database,
}: WorkspaceDeps): Promise<ReadonlyMap<string, LangText>> {
  const agencies = await agencyRepository(database.read).list();
  return new Map(agencies.map(({ record }) => [record.id, record.name]));
}
