import type { Reuse } from '../../catalog/reuse/reuse-repository.ts';
import type { PageContext, Shown } from './page-context.ts';
import { labelOf } from './public-form.ts';

/** Something made with the data, in a list. */
export interface ReuseCard {
  readonly href: string;
  readonly title: Shown;
  readonly description: Shown;
  readonly type: string;
  readonly creator: string;
  readonly datasets: string;
  readonly picture?: PictureView;
  /** Whether its page is known not to answer any more. */
  readonly isDead: boolean;
  /** Whether a link back was seen in its page. */
  readonly isProven: boolean;
}

/** A picture with its size, so that nothing moves when it comes. */
export interface PictureView {
  readonly src: string;
  readonly width: number;
  readonly height: number;
}

const longestLine = 160;

export function reuseCard(
  { id, record, deadSince, provenAt }: Reuse,
  context: PageContext,
): ReuseCard {
  const { text, ...lang } = context.show(record.description);
  const short = text.length > longestLine ? `${text.slice(0, longestLine).trimEnd()}…` : text;
  const picture = pictureView(`/reuse/${id}/picture`, record.picture);
  return {
    href: context.url(`/reuse/${id}`),
    title: context.show(record.title),
    description: { ...lang, text: short },
    type: labelOf('reuse', 'type', record.type, context),
    creator: record.creator,
    datasets: context.plural('reuse.datasets', record.dataset.length),
    ...(picture && { picture }),
    isDead: deadSince !== undefined,
    isProven: provenAt !== undefined,
  };
}

/** The address changes with the picture, so that nobody sees the one before. */
export function pictureView(
  path: string,
  picture: Reuse['record']['picture'],
): PictureView | undefined {
  if (!picture) return undefined;
  const { sha256, width, height } = picture;
  return { src: `${path}?${sha256.slice(0, 12)}`, width, height };
}
