import type { Express } from 'express';

/** What express keeps of a route or a mounted router, as far as this file reads it. */
interface Layer {
  readonly route?: {
    readonly path: string | readonly string[];
    readonly methods: Readonly<Record<string, boolean>>;
  };
  readonly handle?: { readonly stack?: readonly Layer[] };
  readonly slash?: boolean;
  match(path: string): { readonly path: string } | false;
}

/** An address under which a router is mounted says its own mount point; express keeps no other trace of it. */
const probes = ['/api/v1/datasets/x', '/api/3/action/x', '/api/x'];

/** Every endpoint that the application answers, `GET /dataset/:id`, once for both languages. */
export function endpointsOf(app: Express): readonly string[] {
  const found = new Set<string>();
  const walk = (stack: readonly Layer[], mount: string): void => {
    for (const { route, handle, slash, match } of stack.map(bound)) {
      if (route) {
        for (const path of [route.path].flat()) {
          for (const method of Object.keys(route.methods)) {
            found.add(`${method.toUpperCase()} ${inVietnamese(mount + path)}`);
          }
        }
      } else if (handle?.stack) {
        walk(handle.stack, mount + (slash ? '' : mountPoint(match, mount)));
      }
    }
  };
  walk(app.router.stack as unknown as readonly Layer[], '');
  return [...found].sort();
}

function bound(layer: Layer): Layer {
  return {
    ...(layer.route && { route: layer.route }),
    ...(layer.handle && { handle: layer.handle }),
    slash: layer.slash === true,
    match: (path) => layer.match(path),
  };
}

function mountPoint(match: Layer['match'], mount: string): string {
  for (const probe of probes) {
    const matched = probe.startsWith(mount) && match(probe.slice(mount.length));
    if (matched) return matched.path.replace(/\/$/, '');
  }
  throw new Error('a router is mounted where no probe leads: add one to endpoints.ts');
}

function inVietnamese(path: string): string {
  return path.replace(/^\/en(?=\/|$)/, '') || '/';
}
