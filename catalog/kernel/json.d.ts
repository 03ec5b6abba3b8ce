/** Closes the border of JSON: what was parsed is `unknown` until a schema has said otherwise. */
interface JSON {
  parse(text: string): unknown;
}
