import { type Request, type Response, Router } from 'express';
import { pickLanguage } from '../../catalog/kernel/lang-text.ts';
import type { Search } from '../../catalog/search/search-datasets.ts';
import { readSearchQuery } from '../../catalog/search/search-query.ts';
import { answer } from '../http/answer.ts';
import { queryOf } from '../http/read-parameters.ts';
import { localised } from '../pages/page-context.ts';

export interface SuggestDeps {
  readonly search: Search;
}

const mostSuggestions = 8;

/** `/api/v1/suggest?q=&lang=`: titles of what would be found for what somebody has typed so far, and where they lead. */
export function suggestRoutes({ search }: SuggestDeps): Router {
  const router = Router();

  router.get('/suggest', async (request: Request, response: Response) => {
    const parameters = queryOf(request);
    const lang = parameters.get('lang') === 'en' ? 'en' : 'vi';
    const q = parameters.get('q') ?? '';
    const query = readSearchQuery(new URLSearchParams({ q }));
    const found =
      query.words.length === 0 ? undefined : await search.search(query, 1, mostSuggestions);
    const items = (found?.hits ?? []).map(({ record }) => ({
      id: record.id,
      title: pickLanguage(record.title, lang).text,
      href: localised(lang, `/dataset/${record.id}`),
    }));
    const body = { q: query.q, items, ...(found?.didYouMean && { didYouMean: found.didYouMean }) };
    await answer(request, response, {
      mediaType: 'application/json',
      cacheControl: 'public, max-age=60',
      write: () => JSON.stringify(body),
    });
  });

  return router;
}
