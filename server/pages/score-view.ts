import type { Message } from '../../catalog/kernel/lang-text.ts';
import { type MetricTable, mqa } from '../../catalog/quality/metrics.ts';
import type { PageContext } from './page-context.ts';

/** A number of points of so many, drawn as a ring that fills up. Lengths are in the picture's own units. */
export interface Ring {
  readonly text: string;
  readonly of: string;
  /** The rating in words, which says what the colour says. */
  readonly rating: string;
  readonly code: string;
  /** The length of the arc, and of what is left of the circle. */
  readonly dash: string;
}

/** One line of a table of dimensions: its name, its points, and a bar. */
export interface Bar {
  readonly label: string;
  readonly value: string;
  /** 0 to 100, the length of the bar. */
  readonly percent: number;
}

export const ringRadius = 52;

/** Draws a European total. */
export function ring(points: number, rating: string, context: PageContext): Ring {
  const around = 2 * Math.PI * ringRadius;
  const arc = (around * points) / mqaMost;
  return {
    text: context.number(points),
    of: context.t('quality.of', { max: context.number(mqaMost) }),
    rating: ratingLabel(rating, context),
    code: rating,
    dash: `${arc.toFixed(1)} ${(around - arc).toFixed(1)}`,
  };
}

const mqaMost = mqa.metrics.reduce((sum, { points }) => sum + points, 0);

/** A rating in a word. */
export function ratingLabel(code: string, { lang }: PageContext): string {
  return mqa.ratings?.find((rating) => rating.code === code)?.label[lang] ?? code;
}

/** Bars for the dimensions of a table, in its order; what nothing is known of has none. */
export function bars(
  { dimensions }: MetricTable,
  points: ReadonlyMap<string, { readonly points: number; readonly max: number }>,
  context: PageContext,
): readonly Bar[] {
  return dimensions.flatMap(({ code, label }) => {
    const found = points.get(code);
    if (!found) return [];
    const { points: has, max } = found;
    return [
      {
        label: inWords(label, context),
        value: `${context.number(has)}/${context.number(max)}`,
        percent: max === 0 ? 0 : Math.round((has / max) * 100),
      },
    ];
  });
}

/** A message in the page's language. */
export function inWords(message: Message, { lang }: PageContext): string {
  return message[lang];
}
