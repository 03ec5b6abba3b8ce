import { breakLines } from './break-lines.ts';
import type { Typeface, Typefaces } from './typeface.ts';

/** What a picture says that is shown where the address of a page is shared. All of it is text for people. */
export interface ShareCard {
  /** The name of the catalogue. */
  readonly site: string;
  readonly title: string;
  /** What kind of thing it is about, above the title. */
  readonly kicker?: string | undefined;
  /** Whose it is, under the title. */
  readonly by?: string | undefined;
  /** In a row; those that find no room in it are left out. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** `#rrggbb`, dark enough for text on paper. */
  readonly colour: string;
}

/** Its size in pixels, as the networks ask for it. */
export const cardSize = { width: 1200, height: 630 } as const;

/** Changes when the look does, so that nobody is told that the old picture is still right. */
export const cardEdition = 1;

const paper = '#FBF8F2';
const ink = '#1F1B16';
const quietInk = '#5A5247';
const rule = '#E4DCCD';

const edge = 72;
const textWidth = cardSize.width - 2 * edge;
/** The band of the kicker, the title and the publisher. */
const middle = { top: 138, bottom: 474 } as const;
const leading = 1.25;
/** More is never set, whatever its size. */
const mostCharacters = 400;

/** The sizes that a title is tried in, largest first. */
const titleSizes = [
  { size: 84, lines: 2 },
  { size: 72, lines: 2 },
  { size: 58, lines: 3 },
  { size: 50, lines: 3 },
  { size: 44, lines: 4 },
] as const;
const kickerSize = 30;
const bySize = 32;
const narrowestFact = 180;
const widestFact = 440;
const factGap = 64;

/**
 * Draws a card as SVG in which all text is outlines.
 *
 * @param mark the mark of the catalogue, an SVG document of 48 by 48
 * @throws {Error} when nothing of the title can be set in this typeface
 */
export function drawCard(card: ShareCard, faces: Typefaces, mark: string): string {
  const { width, height } = cardSize;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<path fill="${paper}" d="M0 0h${width}v${height}H0z"/>`,
    `<g opacity="0.11" transform="translate(828 -148) scale(11)">${mark}</g>`,
    `<path fill="${colourOf(card)}" d="M0 ${height - 16}h${width}v16H0z"/>`,
    `<g transform="translate(${edge} 44) scale(1.1667)">${mark}</g>`,
    ...line(card.site, faces.bold, { x: edge + 76, y: 83, size: 32, fill: ink }),
    ...drawMiddle(card, faces),
    ...drawFacts(card, faces),
    '</svg>',
  ].join('');
}

function drawMiddle(card: ShareCard, { bold, medium }: Typefaces): readonly string[] {
  const { size, lines } = fitTitle(card.title, bold);
  if (lines.length === 0) throw new Error('the typeface has no sign for anything in the title');
  const kicker = card.kicker === undefined ? '' : medium.settable(card.kicker);
  const by = card.by === undefined ? '' : medium.settable(card.by);
  const step = size * leading;
  const above = kicker === '' ? 0 : kickerSize + 22;
  const below = by === '' ? 0 : bySize + 28;
  const free = middle.bottom - middle.top - above - below - lines.length * step;
  const top = middle.top + Math.max(0, free / 2);
  const firstLine = top + above + size * 0.95;
  const drawn = lines.flatMap((text, index) =>
    line(text, bold, { x: edge, y: firstLine + index * step, size, fill: ink }),
  );
  const fill = colourOf(card);
  const y = top + kickerSize * 0.8;
  if (kicker !== '') {
    drawn.push(`<path fill="${fill}" d="M${edge} ${y - 20}h20v20h-20z"/>`);
    drawn.push(...line(kicker, medium, { x: edge + 34, y, size: kickerSize, fill }));
  }
  const under = top + above + lines.length * step + bySize + 12;
  return [...drawn, ...line(by, medium, { x: edge, y: under, size: bySize, fill: quietInk })];
}

/** The title in the largest size in which all of it has room, or as much of it as the smallest has room for. */
function fitTitle(title: string, face: Typeface) {
  const text = face.settable(title).slice(0, mostCharacters);
  const tried = titleSizes.map(({ size, lines }) => ({
    size,
    ...breakLines(text, {
      width: textWidth,
      lines,
      widthOf: (words) => face.widthOf(words, size),
    }),
  }));
  const [smallest] = tried.slice(-1);
  return tried.find(({ isCut }) => !isCut) ?? smallest ?? { size: 0, lines: [] };
}

/** Facts side by side, each as wide as its words, as far as they reach. */
function drawFacts({ facts }: ShareCard, { bold, regular }: Typefaces): readonly string[] {
  const drawn = [`<path fill="${rule}" d="M${edge} 500h${textWidth}v2H${edge}z"/>`];
  let x = edge;
  for (const fact of facts) {
    const label = regular.settable(fact.label);
    const value = bold.settable(fact.value);
    const width = Math.min(
      widestFact,
      Math.max(regular.widthOf(label, 26), bold.widthOf(value, 32), narrowestFact),
    );
    if (x + width > edge + textWidth) break;
    // A text is as wide as itself; only what is wider than any may be is cut.
    const most = { x, width: widestFact };
    drawn.push(...line(label, regular, { ...most, y: 542, size: 26, fill: quietInk }));
    drawn.push(...line(value, bold, { ...most, y: 584, size: 32, fill: ink }));
    x += width + factGap;
  }
  return drawn;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly width?: number;
}

/** One line of text, cut where it would be too wide. */
function line(text: string, face: Typeface, { fill, ...place }: Place): readonly string[] {
  const { lines } = breakLines(face.settable(text).slice(0, mostCharacters), {
    width: place.width ?? cardSize.width - edge - place.x,
    lines: 1,
    widthOf: (words) => face.widthOf(words, place.size),
  });
  return lines.map((words) => `<path fill="${fill}" d="${face.outline(words, place)}"/>`);
}

function colourOf({ colour }: ShareCard): string {
  return /^#[\da-f]{6}$/i.test(colour) ? colour : ink;
}
