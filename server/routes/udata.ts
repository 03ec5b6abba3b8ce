import { type NextFunction, type Request, type Response, Router } from 'express';
import { pageOrSyntax } from '../http/negotiate.ts';

/** Where udata has what we have elsewhere. INTEROP 1.1. */
const aliases: readonly { readonly from: RegExp; readonly to: (id: string) => string }[] = [
  { from: /^\/api\/1\/site\/catalog(?<suffix>\.\w+)?\/?$/, to: () => '/catalog' },
  {
    from: /^\/api\/1\/datasets\/(?<id>[^/]+)\/rdf(?<suffix>\.\w+)?\/?$/,
    to: (id) => `/dataset/${id}`,
  },
  {
    from: /^\/api\/1\/organizations\/(?<id>[^/]+)\/catalog(?<suffix>\.\w+)?\/?$/,
    to: (id) => `/agency/${id}/catalog`,
  },
];

/**
 * The catalogue at udata's addresses: with a suffix it is answered as at our own, without one the client is sent to
 * the suffix of the form it accepts. Mounted before the routes that it hands over to.
 */
export function udataRoutes(deps: { readonly baseURL: string }): Router {
  const router = Router();

  router.get('/api/1/*rest', (request: Request, response: Response, next: NextFunction) => {
    for (const { from, to } of aliases) {
      const match = from.exec(request.path);
      if (!match) continue;
      const suffix = match.groups?.['suffix'];
      const query = request.url.slice(request.path.length);
      if (suffix === undefined) {
        const wanted = pageOrSyntax(request);
        const path = request.path.replace(/\/$/, '');
        const ending = wanted === 'page' ? 'jsonld' : wanted;
        response.redirect(302, `${deps.baseURL}${path}.${ending}${query}`);
        return;
      }
      request.url = to(match.groups?.['id'] ?? '') + suffix + query;
      break;
    }
    next();
  });

  return router;
}
