import { localDate, startOfDay } from '../kernel/clock.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import { xmlAttribute, xmlText } from '../kernel/xml.ts';
import { quarterInWords } from '../model/calendar.ts';
import type { Commitment } from './roadmap.ts';
import { statusLabels } from './write-roadmap.ts';

export interface RoadmapFeed {
  readonly baseURL: string;
  /** The address of the feed, which is its identifier. */
  readonly self: string;
  /** The page for people that shows the same. */
  readonly alternate: string;
  readonly title: string;
  readonly year: string;
  readonly commitments: readonly Commitment[];
  readonly agencies: ReadonlyMap<string, string>;
  /** A local calendar date; nothing later is told. */
  readonly today: string;
}

/** Something that happened to a promise: it was made, kept, kept late, not kept in time, or taken back. */
interface Happening {
  readonly commitment: Commitment;
  readonly what: 'planned' | 'released' | 'overdue' | 'dropped';
  /** A local calendar date. */
  readonly on: string;
}

const mostEntries = 200;
const dayMs = 86_400_000;

/**
 * The roadmap of a year as a feed of what happened to its promises, the latest first. RFC 4287.
 *
 * Each happening is an entry of its own, so that a reader is told of a release that was once told to be planned.
 */
export function writeRoadmapAtom(feed: RoadmapFeed): string {
  // Nobody noted when a promise was made: with its year, or with this one when that is still to come.
  const madeOn = `${feed.year < feed.today ? feed.year : feed.today.slice(0, 4)}-01-01`;
  const happenings = feed.commitments
    .flatMap((commitment) => happeningsOf(commitment, madeOn))
    .filter(({ on }) => on <= feed.today)
    .sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0))
    .slice(0, mostEntries);
  const updated = startOfDay(happenings[0]?.on ?? madeOn);
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
<id>${xmlText(feed.self)}</id>
<title>${xmlText(feed.title)}</title>
<updated>${updated}</updated>
<link rel="self" href="${xmlAttribute(feed.self)}" type="application/atom+xml"/>
<link rel="alternate" href="${xmlAttribute(feed.alternate)}" type="text/html"/>
<generator>Khuê</generator>
${happenings.map((happening) => writeEntry(happening, feed)).join('')}</feed>
`;
}

function happeningsOf(commitment: Commitment, madeOn: string): readonly Happening[] {
  const { status, releasedOn, dueDate } = commitment;
  const made: Happening = { commitment, what: 'planned', on: madeOn };
  // Nobody noted the day; it is told beside the promise, as an entry that readers do not have yet.
  if (status === 'dropped') return [{ commitment, what: 'dropped', on: made.on }, made];
  const missed: Happening = { commitment, what: 'overdue', on: dayAfter(dueDate) };
  const isMissed = status === 'overdue' || status === 'released-late';
  const kept: Happening[] =
    releasedOn === undefined ? [] : [{ commitment, what: 'released', on: releasedOn }];
  return [...kept, ...(isMissed ? [missed] : []), made];
}

function dayAfter(date: string): string {
  return localDate(new Date(Date.parse(startOfDay(date)) + dayMs).toISOString());
}

function writeEntry(
  { commitment, what, on }: Happening,
  { baseURL, year, agencies }: RoadmapFeed,
): string {
  const { datasetId, publisher, published, reason } = commitment;
  const title = pickLanguage(commitment.title, 'vi');
  const page = published ? `${baseURL}/dataset/${datasetId}` : `${baseURL}/roadmap?year=${year}`;
  const said = what === 'released' ? commitment.status : what;
  const status = statusLabels[said].vi;
  const words = [
    `Hạn công bố: ${quarterInWords(commitment.due)}.`,
    ...(reason === undefined || what !== 'dropped' ? [] : [reason]),
  ].join(' ');
  return `<entry>
<id>${xmlText(`${baseURL}/roadmap/${year}/${datasetId}#${what}`)}</id>
<title xml:lang="vi">${xmlText(`${status}: ${title.text}`)}</title>
<updated>${startOfDay(on)}</updated>
<author><name>${xmlText(agencies.get(publisher) ?? publisher)}</name></author>
<category term="${what}" label="${xmlAttribute(status)}"/>
<link rel="alternate" href="${xmlAttribute(page)}" type="text/html"/>
<summary xml:lang="vi">${xmlText(words)}</summary>
</entry>
`;
}
