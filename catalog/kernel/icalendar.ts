/** Something that fills a day. */
export interface CalendarEvent {
  /** Stays the same while the event is the same; RFC 5545 §3.8.4.7. */
  readonly uid: string;
  /** A date. */
  readonly day: string;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
}

export interface Calendar {
  readonly name: string;
  /** What wrote it; RFC 5545 §3.7.3. */
  readonly product: string;
  /** An RFC 3339 moment in UTC. */
  readonly stamp: string;
  readonly events: readonly CalendarEvent[];
}

/**
 * Writes a calendar of all-day events that leave the day free.
 *
 * @see RFC 5545 §3.1 (lines of at most 75 octets), §3.6.1
 */
export function writeCalendar({ name, product, stamp, events }: Calendar): string {
  const at = stamp.replace(/[-:]|\.\d{3}/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Khue//${product}//VI`,
    `X-WR-CALNAME:${escapeText(name)}`,
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${event.uid}`,
      `DTSTAMP:${at}`,
      `DTSTART;VALUE=DATE:${event.day.replaceAll('-', '')}`,
      `SUMMARY:${escapeText(event.summary)}`,
      `DESCRIPTION:${escapeText(event.description)}`,
      `URL:${event.url}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** RFC 5545 §3.3.11; other control characters may not stand in text at all. */
function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, (c) => `\\${c}`)
    .replace(/\r?\n/g, '\\n')
    .replace(/[^\P{Cc}\t]/gu, '');
}

function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const char of line) {
    const size = Buffer.byteLength(char);
    if (octets + size > 75) {
      text += '\r\n ';
      octets = 1;
    }
    text += char;
    octets += size;
  }
  return text;
}
