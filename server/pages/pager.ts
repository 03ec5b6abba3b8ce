import type { PageContext } from './page-context.ts';

/** The way to the pages before and after. */
export interface Pager {
  readonly label: string;
  readonly previous?: string;
  readonly next?: string;
}

/**
 * The pages of a list, at its address with its own questions.
 *
 * @param query as it was asked; `page` is replaced
 */
export function pager(
  path: string,
  query: URLSearchParams,
  {
    page,
    pageSize,
    total,
  }: { readonly page: number; readonly pageSize: number; readonly total: number },
  context: PageContext,
): Pager {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const at = (number: number): string => {
    const asked = new URLSearchParams([...query].filter(([, value]) => value !== ''));
    if (number > 1) asked.set('page', String(number));
    else asked.delete('page');
    return context.url(asked.size > 0 ? `${path}?${asked}` : path);
  };
  return {
    label: context.t('search.page', { page: context.number(page), pages: context.number(pages) }),
    ...(page > 1 && { previous: at(Math.min(page - 1, pages)) }),
    ...(page < pages && { next: at(page + 1) }),
  };
}
