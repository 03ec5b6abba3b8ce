import type { Reuse } from '../../catalog/reuse/reuse-repository.ts';
import type { UsedDataset } from '../../catalog/reuse/used-dataset-repository.ts';
import type { PageContext, Shown } from './page-context.ts';
import { labelOf } from './public-form.ts';
import { type PictureView, pictureView } from './reuse-card.ts';

export interface ReusePage {
  readonly title: Shown;
  readonly description: Shown;
  readonly type: string;
  readonly creator: string;
  readonly href: string;
  readonly host: string;
  readonly picture?: PictureView;
  readonly published: string;
  /** What is known of its page: whether it answers, and whether it leads back here. */
  readonly link: readonly { readonly text: string; readonly isLate: boolean }[];
  readonly datasets: readonly DatasetLink[];
  readonly isDead: boolean;
}

/** A dataset by its name; without an address when it is not published. */
export interface DatasetLink extends Shown {
  readonly href?: string;
}

export function reusePage(
  reuse: Reuse,
  datasets: ReadonlyMap<string, UsedDataset>,
  context: PageContext,
): ReusePage {
  const { id, record, publishedAt } = reuse;
  const picture = pictureView(`/reuse/${id}/picture`, record.picture);
  return {
    title: context.show(record.title),
    description: context.show(record.description),
    type: labelOf('reuse', 'type', record.type, context),
    creator: record.creator,
    href: record.url,
    host: new URL(record.url).host,
    ...(picture && { picture }),
    published: publishedAt === undefined ? '' : context.date(publishedAt),
    link: linkFacts(reuse, context),
    datasets: datasetLinks(record.dataset, datasets, context),
    isDead: reuse.deadSince !== undefined,
  };
}

/** What a check found at the address, in words. */
export function linkFacts(
  { checkedAt, deadSince, provenAt }: Pick<Reuse, 'checkedAt' | 'deadSince' | 'provenAt'>,
  { t, date }: PageContext,
): ReusePage['link'] {
  const facts: { readonly text: string; readonly isLate: boolean }[] = [];
  if (deadSince !== undefined) {
    facts.push({ text: t('reuse.dead', { date: date(deadSince) }), isLate: true });
  } else if (checkedAt !== undefined) {
    facts.push({ text: t('reuse.checked', { date: date(checkedAt) }), isLate: false });
  } else facts.push({ text: t('reuse.unchecked'), isLate: false });
  if (provenAt !== undefined) {
    facts.push({ text: t('reuse.proven', { date: date(provenAt) }), isLate: false });
  }
  return facts;
}

export function datasetLinks(
  ids: readonly string[],
  datasets: ReadonlyMap<string, UsedDataset>,
  context: PageContext,
): readonly DatasetLink[] {
  return ids.map((id) => {
    const found = datasets.get(id);
    if (!found) return { text: id };
    const shown = context.show(found.title);
    return found.isPublished ? { ...shown, href: context.url(`/dataset/${id}`) } : shown;
  });
}
