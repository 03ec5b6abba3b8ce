/** The facets of `published_facet` that CKAN's fields stand for. */
export type FacetField = 'theme' | 'publisher' | 'format' | 'license' | 'keyword';

/** What a query leaves, in terms of what the database has. Absent `values`: any value at all. */
export type SearchFilter =
  | { readonly kind: 'everything' | 'nothing' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly SearchFilter[] }
  | { readonly kind: 'not'; readonly part: SearchFilter }
  | TextFilter
  | { readonly kind: 'facet'; readonly facet: FacetField; readonly values?: readonly string[] }
  | { readonly kind: 'facet-prefix'; readonly facet: FacetField; readonly prefix: string }
  | {
      readonly kind: 'column';
      readonly column: 'uuid' | 'name';
      readonly values: readonly string[];
    }
  | { readonly kind: 'column-prefix'; readonly column: 'uuid' | 'name'; readonly prefix: string }
  | MomentFilter;

/** Words that stand one after the other, the last as a prefix if asked. */
export interface TextFilter {
  readonly kind: 'text';
  /** Folded, letters and digits only, at least one. */
  readonly words: readonly string[];
  readonly isPrefix: boolean;
  readonly within?: 'title';
}

/** RFC 3339 instants; absent: no bound. */
export interface MomentFilter {
  readonly kind: 'moment';
  readonly column: 'created_at' | 'changed_at';
  readonly from?: string;
  readonly to?: string;
  readonly includesFrom: boolean;
  readonly includesTo: boolean;
}

/** The words that a text filter asks for and does not exclude: by these, results are ranked. */
export function wordsOf(filter: SearchFilter): readonly string[] {
  if (filter.kind === 'text') return filter.words;
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.flatMap(wordsOf);
  return [];
}

/** Either of them. What asks the same column or facet is asked as one: harvesters send lists of a thousand ids. */
export function eitherOf(parts: readonly SearchFilter[]): SearchFilter {
  const merged = new Map<string, SearchFilter>();
  for (const part of parts) {
    const key = mergeKey(part) ?? `part ${merged.size}`;
    const before = merged.get(key);
    merged.set(key, before ? joined(before, part) : part);
  }
  const rest = [...merged.values()];
  return rest.length === 1 && rest[0] ? rest[0] : { kind: 'or', parts: rest };
}

function mergeKey(filter: SearchFilter): string | undefined {
  if (filter.kind === 'column') return `column ${filter.column}`;
  return filter.kind === 'facet' && filter.values ? `facet ${filter.facet}` : undefined;
}

function joined(a: SearchFilter, b: SearchFilter): SearchFilter {
  if (a.kind === 'column' && b.kind === 'column') {
    return { ...a, values: [...a.values, ...b.values] };
  }
  if (a.kind === 'facet' && b.kind === 'facet') {
    return { ...a, values: [...(a.values ?? []), ...(b.values ?? [])] };
  }
  return { kind: 'or', parts: [a, b] };
}

/** How many searches for words a filter takes. */
export function textsIn(filter: SearchFilter): number {
  if (filter.kind === 'not') return textsIn(filter.part);
  if (filter.kind === 'and' || filter.kind === 'or') {
    return filter.parts.reduce((sum, part) => sum + textsIn(part), 0);
  }
  return filter.kind === 'text' ? 1 : 0;
}
