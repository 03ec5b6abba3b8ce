import { similarDatasets } from '../../../catalog/desk/similar-datasets.ts';
import { valueAt } from '../../../catalog/form/form-values.ts';
import { type SimilarView, similarView } from '../../pages/similar-view.ts';
import { agencyNames } from './agency-names.ts';
import type { SignedInVisit, WorkspaceDeps } from './handlers.ts';

/** What the inventory holds already under a title like that of a record somebody is about to register. */
export async function similarTitles(
  value: object,
  { actor, context }: SignedInVisit,
  deps: WorkspaceDeps,
): Promise<readonly SimilarView[]> {
  const title = valueAt(value, ['title', 'vi']);
  if (typeof title !== 'string') return [];
  const found = await similarDatasets(title, undefined, actor, deps.database.read);
  if (found.length === 0) return [];
  const agencies = await agencyNames(deps);
  return found.map((each) => similarView(each, agencies, context));
}
