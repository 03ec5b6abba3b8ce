import { asObject, itemsOf, valueAt, withValue } from '../../../catalog/form/form-values.ts';

/** The value with one more, empty item in the list of a name. */
export function withItem(value: object, name: string): object {
  return changeList(value, name.split('/').slice(1), (items) => [...items, {}]);
}

/** The value without an item, by its name: `/distribution/0`. */
export function withoutItem(value: object, name: string): object {
  const path = name.split('/').slice(1);
  const number = Number(path.at(-1));
  return changeList(value, path.slice(0, -1), (items) =>
    items.filter((_item, index) => index !== number),
  );
}

function changeList(
  value: object,
  path: readonly string[],
  change: (items: readonly unknown[]) => readonly unknown[],
): object {
  // A list within an item of a list: /distribution/0/hasPolicy.
  const number = path.findIndex((step) => /^\d+$/.test(step));
  if (number < 0) {
    const items = change(itemsOf(valueAt(value, path)));
    return withValue(asObject(value), path, items.length === 0 ? undefined : items);
  }
  const list = path.slice(0, number);
  const at = Number(path[number]);
  const items = itemsOf(valueAt(value, list)).map((item, index) =>
    index === at ? changeList(asObject(item), path.slice(number + 1), change) : item,
  );
  return withValue(asObject(value), list, items);
}
