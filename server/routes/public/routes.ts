import { Router } from 'express';
import { type FeedbackDeps, feedbackRoutes } from './feedback.ts';
import { type GalleryDeps, galleryRoutes } from './gallery.ts';
import { type NewsDeps, newsRoutes } from './news.ts';
import { type RequestDeps, requestRoutes } from './requests.ts';
import { type ReuseFormDeps, reuseFormRoutes } from './reuse-forms.ts';
import { type WebmentionDeps, webmentionRoutes } from './webmention.ts';

export interface ParticipationDeps
  extends GalleryDeps,
    ReuseFormDeps,
    RequestDeps,
    FeedbackDeps,
    WebmentionDeps,
    NewsDeps {}

/** Where the public takes part: what they made, what they need, what is wrong. */
export function participationRoutes(deps: ParticipationDeps): Router {
  const router = Router();
  router.use(newsRoutes(deps));
  router.use(reuseFormRoutes(deps), galleryRoutes(deps), requestRoutes(deps));
  router.use(feedbackRoutes(deps), webmentionRoutes(deps));
  return router;
}
