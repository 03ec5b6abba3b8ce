import { isEmail } from '../../kernel/formats.ts';
import { type LangText, pickLanguage } from '../../kernel/lang-text.ts';
import { vocabulary } from '../../model/vocabularies.ts';
import { beginOf } from '../distribution-facts.ts';
import { compact } from '../spellings.ts';

/** A moment as CKAN writes it: UTC without a zone, to the microsecond. A day begins in Hà Nội. */
export function toCkanMoment(lexical: string): string {
  return new Date(beginOf(lexical)).toISOString().replace('Z', '000');
}

/** The text for a client that takes one language: Vietnamese, else English, else any. */
export function toText(text: LangText | undefined): string {
  return pickLanguage(text, 'vi').text;
}

/** An address of mail, bare; null for what no mail could be sent to, as strict readers refuse it. */
export function toMail(address: string | undefined): string | null {
  const bare = address?.replace(/^mailto:/i, '') ?? '';
  return isEmail(bare) ? bare : null;
}

/** The IRI of a code in a table; an IRI that the table lacks is one already. */
export function iriOf(table: string, code: string): string {
  return vocabulary(table).find(code)?.iri ?? code;
}

const fileTypes = vocabulary('file-type');

/**
 * A file type as CKAN's lists name it: `CSV`, `GeoJSON`, `WMS`, `TTL`. Empty when there is none: never null, which
 * udata refuses.
 */
export function toFormat(code: string | undefined): string {
  if (code === undefined) return '';
  const known = fileTypes.find(code);
  if (!known) return /([^/#]+)\/?$/.exec(code)?.[1] ?? code;
  if (compact(known.label.en) === compact(code)) return known.label.en;
  if (code.endsWith('_SRVC')) return code.slice(0, -'_SRVC'.length);
  return known.extension?.toUpperCase() ?? code;
}
