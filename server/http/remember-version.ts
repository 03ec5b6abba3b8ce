/**
 * Remembers one value for as long as what it was made from is the same; who comes while it is being made, waits for it.
 *
 * @param keyOf all that the value depends on, such as the catalogue's version
 */
export function rememberVersion<Value>(
  keyOf: () => Promise<string | number> | string | number,
  make: () => Promise<Value>,
): () => Promise<Value> {
  let known: { readonly key: string | number; readonly value: Promise<Value> } | undefined;
  return async () => {
    const key = await keyOf();
    if (known?.key === key) return known.value;
    const made = { key, value: make() };
    known = made;
    // What could not be made is tried again by whoever comes next.
    made.value.catch(() => {
      if (known === made) known = undefined;
    });
    return made.value;
  };
}
