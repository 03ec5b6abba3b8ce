import type { SimilarDataset } from '../../catalog/desk/similar-datasets.ts';
import type { AgencyNames } from './dataset-card.ts';
import { stateName } from './inventory-page.ts';
import type { PageContext, Shown } from './page-context.ts';

/** A dataset that may be the same as another, as a line of a list. */
export interface SimilarView {
  /** Of one that is not known to the reader, only that there is one. */
  readonly title: Shown;
  readonly href?: string;
  readonly agency: Shown;
  readonly state?: string;
  /** How like the titles are, in words. */
  readonly like: string;
}

export function similarView(
  { publisher, likeness, known }: SimilarDataset,
  agencies: AgencyNames,
  context: PageContext,
): SimilarView {
  const agency = context.show(agencies.get(publisher) ?? { vi: publisher });
  const like = context.t('desk.similar.like', {
    percent: context.percent(Math.round(likeness * 100)),
  });
  if (!known) return { title: { text: context.t('desk.similar.hidden') }, agency, like };
  const { id, title, state } = known;
  return {
    title: context.official(title),
    href: context.url(state === 'published' ? `/dataset/${id}` : `/workspace/datasets/${id}`),
    agency,
    state: stateName(state, context),
    like,
  };
}
