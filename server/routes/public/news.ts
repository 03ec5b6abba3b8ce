import { type Request, type Response, Router } from 'express';
import { agencyRepository } from '../../../catalog/inventory/agency-repository.ts';
import type { Clock } from '../../../catalog/kernel/clock.ts';
import { pickLanguage } from '../../../catalog/kernel/lang-text.ts';
import { inquiryRepository } from '../../../catalog/reuse/inquiry-repository.ts';
import { reuseRepository } from '../../../catalog/reuse/reuse-repository.ts';
import { type News, writeNews } from '../../../catalog/reuse/write-news.ts';
import type { Database } from '../../../catalog/storage/database.ts';
import { answer } from '../../http/answer.ts';
import type { PageContext } from '../../pages/page-context.ts';
import { labelOf } from '../../pages/public-form.ts';
import { contextOf } from '../show-page.ts';

export interface NewsDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly clock: Clock;
}

const most = 50;

/** `/reuse.atom` and `/request.atom`: what was presented last, and what became of what people asked for. */
export function newsRoutes({ baseURL, database, clock }: NewsDeps): Router {
  const router = Router();
  const db = database.read;
  const feeds = [
    { path: '/reuse', heading: 'reuse.heading', news: presented },
    { path: '/request', heading: 'request.answers', news: answered },
  ];
  for (const { path, heading, news } of feeds) {
    router.get(`${path}.atom`, async (request: Request, response: Response) => {
      const context = contextOf(request, baseURL);
      const feed = {
        title: `${context.t(heading)} · ${context.t('site.name')}`,
        self: `${baseURL}${path}.atom`,
        alternate: `${baseURL}${path}`,
        news: await news(context),
        now: clock(),
      };
      const write = () => writeNews(feed);
      await answer(request, response, { mediaType: 'application/atom+xml', write });
    });
  }
  return router;

  async function presented(context: PageContext): Promise<readonly News[]> {
    const reuses = await reuseRepository(db).list({ states: ['published'] }, 0, most);
    return reuses.map(({ id, record, publishedAt, changedAt }) => ({
      url: `${baseURL}/reuse/${id}`,
      title: record.title,
      summary: record.description,
      author: record.creator,
      publishedAt: publishedAt ?? changedAt,
      updatedAt: changedAt,
      category: { term: record.type, label: labelOf('reuse', 'type', record.type, context) },
    }));
  }

  async function answered(context: PageContext): Promise<readonly News[]> {
    const states = ['planned', 'answered', 'declined'] as const;
    const filter = { kind: 'request', states, isShown: true } as const;
    const [requests, agencies] = await Promise.all([
      inquiryRepository(db).list(filter, 'answered', 0, most),
      agencyRepository(db).list(),
    ]);
    const names = new Map(agencies.map(({ record }) => [record.id, record.name]));
    return requests.flatMap((request) => {
      if (request.kind !== 'request') return [];
      const { id, record, answer: given, agency = '', state, changedAt, receivedAt } = request;
      return [
        {
          url: `${baseURL}/request/${id}`,
          title: record.title,
          summary: given?.text ?? { vi: context.t(`inquiry.state.${state}`) },
          author: pickLanguage(names.get(agency), 'vi').text || context.t('site.name'),
          publishedAt: receivedAt,
          updatedAt: changedAt,
          category: { term: state, label: context.t(`inquiry.state.${state}`) },
        },
      ];
    });
  }
}
