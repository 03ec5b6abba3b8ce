import type { PageContext } from './page-context.ts';

export const previewViews = ['table', 'columns', 'map', 'chart'] as const;
export type PreviewView = (typeof previewViews)[number];

/** The parameters of a page of a preview, as they stand in its address. */
export type PreviewParameters = Readonly<Record<string, string>>;

/** Addresses of one preview: each is the present one with something changed. */
export interface PreviewAddress {
  readonly path: string;
  /** An empty value leaves a parameter out. */
  with(changes: PreviewParameters): string;
  /** The parameters that a form has to carry along. */
  hidden(except: readonly string[]): readonly { readonly name: string; readonly value: string }[];
}

export function previewAddress(
  path: string,
  parameters: URLSearchParams,
  context: PageContext,
): PreviewAddress {
  return {
    path: context.url(path),
    with(changes) {
      const all = new URLSearchParams(parameters);
      for (const [name, value] of Object.entries(changes)) {
        if (value === '') all.delete(name);
        else all.set(name, value);
      }
      return context.url(path) + (all.size > 0 ? `?${all}` : '');
    },
    hidden: (except) =>
      [...parameters].flatMap(([name, value]) =>
        except.includes(name) || value === '' ? [] : [{ name, value }],
      ),
  };
}
