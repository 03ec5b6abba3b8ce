import type { Express } from 'express';

/** What express keeps of a route or a mounted router, as far as this file reads it. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
  /** The part of the path that it matches; false: none. */
  match(path: string): { readonly path: string } | false;
}

/** The methods that an address answers, in capitals; none: nothing lives there. RFC 9110 §15.5.6. */
export function allowedMethods(app: Express, path: string): readonly string[] {
  const found = new Set<string>();
  const search = (stack: readonly Layer[], rest: string): void => {
    for (const layer of stack) {
      const isPlace = layer.route !== undefined || layer.handle?.stack !== undefined;
      const matched = isPlace && layer.match(rest);
      if (!matched) continue;
      for (const method of Object.keys(layer.route?.methods ?? {})) found.add(method.toUpperCase());
      const below = rest.slice(matched.path.replace(/\/$/, '').length);
      if (layer.handle?.stack && !layer.route) search(layer.handle.stack, below || '/');
    }
  };
  search(app.router.stack as unknown as readonly Layer[], path);
  if (found.has('GET')) found.add('HEAD');
  if (found.size > 0) found.add('OPTIONS');
  return [...found].sort();
}
