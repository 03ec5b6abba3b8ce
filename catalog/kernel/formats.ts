/*
 * The formats our schemas use. Each says yes or no to a string; messages.ts says it in words.
 */

const iriScheme = /^[A-Za-z][A-Za-z0-9+.-]*:/;
// What RFC 3987 forbids, and what no Turtle, XML or header may carry: spaces, controls, <>"{}|\^`, half surrogates.
const forbiddenInIri =
  /[\u0000-\u0020\u007f-\u00a0<>"{}|\\^`\u2028\u2029\u3000\ufffd-\uffff]|\p{Surrogate}|%(?![0-9A-Fa-f]{2})/u;
// XML 1.0 cannot carry these at all, so RDF/XML could not either.
const forbiddenInText = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/** An absolute IRI. RFC 3987 §2.2, without its rarer corners. */
export function isIri(text: string): boolean {
  return iriScheme.test(text) && !forbiddenInIri.test(text) && text.indexOf(':') < text.length - 1;
}

const everyForbiddenInIri = new RegExp(forbiddenInIri.source, 'gu');

/** An IRI with what may not stand in one escaped; half surrogates are left out. RFC 3987 §3.1. */
export function escapeIri(iri: string): string {
  if (isIri(iri)) return iri;
  return iri
    .trim()
    .replace(everyForbiddenInIri, (c) => (/\p{Surrogate}/u.test(c) ? '' : encodeURIComponent(c)));
}

/** An address that a person may safely be sent to; never `javascript:` or `data:`. */
export function isLink(text: string): boolean {
  return /^(https?|ftps?|sftp):\/\//i.test(text) && isIri(text) && URL.canParse(text);
}

/** An address that a browser opens and a job can ask for. */
export function isWeb(text: string): boolean {
  return /^https?:\/\//i.test(text) && isLink(text);
}

/** A whole date that exists in the calendar. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8)].map(Number);
  return day !== undefined && day >= 1 && day <= daysIn(year ?? 0, month ?? 0);
}

/** How many days a month of the Gregorian calendar has; 0 for what is no month. */
function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  if (month < 1 || month > 12) return 0;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A year, a month, a date, or a moment with a time zone. XML Schema 1.1 Part 2: gYear, gYearMonth, date, dateTime. */
export function isTemporal(text: string): boolean {
  if (/^\d{4}$/.test(text)) return true;
  if (/^\d{4}-\d{2}$/.test(text)) return isDate(`${text}-01`);
  if (text.length === 10) return isDate(text);
  const moment =
    /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.exec(
      text,
    );
  return moment?.[1] !== undefined && isDate(moment[1]);
}

/** A quarter or a date by which something is due: `2026-Q3`, `2026-09-30`. */
export function isDue(text: string): boolean {
  return /^20\d{2}-Q[1-4]$/.test(text) || isDate(text);
}

/** ISO 8601 duration in the form of XML Schema: `PT1H`, `P1Y2M`. */
export function isDuration(text: string): boolean {
  return /^-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text);
}

/** Words: something besides white space, and nothing that XML cannot carry. */
export function isText(text: string): boolean {
  return /\S/.test(text) && !forbiddenInText.test(text);
}

/** Any characters that every syntax of ours can carry, none among them. */
export function isCharacters(text: string): boolean {
  return !forbiddenInText.test(text);
}

/** A key of a node in expanded JSON-LD: `@id`, `@type`, or the IRI of a property. */
export function isProperty(text: string): boolean {
  return text === '@type' || text === '@id' || isIri(text);
}

/** An e-mail address as people write it, that can stand in a mailto: IRI as it is. */
export function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@"(),:;[\]%?#]+@[^\s@"(),:;[\]%?#/]+\.[^\s@"(),:;[\]%?#/]{2,}$/.test(text) &&
    isIri(`mailto:${text}`)
  );
}

/** The identifier of a record of ours, or an IRI. */
export function isReference(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,127}$/.test(text) || isIri(text);
}

/** Well-known text of a geometry, its outer form. OGC Simple Features §7. */
function isWkt(text: string): boolean {
  return /^(<[^>\s]+>\s*)?(POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION)\s*Z?\s*\([\d\s.,()eE+A-Z-]+\)$/i.test(
    text,
  );
}

/** A geometry in WKT, or in GeoJSON written as text. RFC 7946 §3.1. */
function isGeometry(text: string): boolean {
  return isWkt(text) || isGeoJson(text);
}

function isGeoJson(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    const { type, coordinates, geometries } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return typeof type === 'string' && (Array.isArray(coordinates) || Array.isArray(geometries));
  } catch {
    return false;
  }
}

export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  iri: isIri,
  link: isLink,
  web: isWeb,
  date: isDate,
  temporal: isTemporal,
  due: isDue,
  duration: isDuration,
  text: isText,
  email: isEmail,
  reference: isReference,
  characters: isCharacters,
  property: isProperty,
  geometry: isGeometry,
  wkt: isWkt,
  geojson: isGeoJson,
};
