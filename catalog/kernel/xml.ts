const isSpecial = /[&<>"\p{Cc}]/u;
const special = /[&<>"\p{Cc}]/gu;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};
const forbidden = /[^\t\n\r\P{Cc}\u007f-\u009f]/u;

/** Text between tags. Control characters that no XML document may hold are left out. XML 1.0 §2.2. */
export function xmlText(text: string): string {
  if (!isSpecial.test(text)) return text;
  return text.replace(special, (c) => (forbidden.test(c) ? '' : (entities[c] ?? c)));
}

/** Text between the quotes of an attribute, where white space must be escaped to survive. XML 1.0 §3.3.3. */
export function xmlAttribute(text: string): string {
  if (!isSpecial.test(text)) return text;
  return text.replace(special, (c) =>
    forbidden.test(c) ? '' : (entities[c] ?? `&#${c.charCodeAt(0)};`),
  );
}
