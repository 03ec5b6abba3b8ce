import { type Request, type Response, Router } from 'express';
import { type MentionDeps, receiveMention } from '../../../catalog/reuse/receive-mention.ts';
import { formBody, formOf } from '../../http/form-body.ts';
import type { SenderKeys } from '../../http/sender-keys.ts';
import { senderOf } from '../../http/sender-of.ts';

export interface WebmentionDeps extends MentionDeps {
  readonly senderKey: SenderKeys;
}

/** What pages say of themselves so that others find where to tell us. Webmention §3.1.2. */
export const webmentionLink = '</webmention>; rel="webmention"';

/**
 * `/webmention`: a page elsewhere tells that it links to a page of ours. It is looked at later, so the answer is 202.
 * W3C Recommendation Webmention §3.2.
 */
export function webmentionRoutes(deps: WebmentionDeps): Router {
  const router = Router();
  router.post('/webmention', ...formBody('10kb'), async (request: Request, response: Response) => {
    const form = formOf(request);
    const mention = await receiveMention(
      { source: form.get('source'), target: form.get('target') },
      await senderOf(request, deps),
      deps,
    );
    response
      .status(202)
      .set('Cache-Control', 'no-store')
      .json({ source: mention.source, target: mention.target, state: mention.state });
  });
  return router;
}
