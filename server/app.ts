import type { RequestListener } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Product } from './compose.ts';
import { addressGuard } from './http/address-guard.ts';
import { allowedMethods } from './http/allowed-methods.ts';
import { answerFromMemory } from './http/answer-memory.ts';
import { countFeeds } from './http/count-use.ts';
import { jsonBody } from './http/json-body.ts';
import { problemHandler } from './http/problem.ts';
import { methodNotAllowed, noSuchAddress } from './http/refusal.ts';
import { logRequests } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { annexRoutes } from './routes/annex.ts';
import { apiRoutes } from './routes/api.ts';
import { apiCriteriaRoutes } from './routes/api-criteria.ts';
import { apiDatasetRoutes } from './routes/api-datasets.ts';
import { apiIndicatorRoutes } from './routes/api-indicators.ts';
import { apiInquiryRoutes } from './routes/api-inquiries.ts';
import { apiPlanRoutes } from './routes/api-plans.ts';
import { apiPreviewRoutes } from './routes/api-preview.ts';
import { apiReportRoutes } from './routes/api-reports.ts';
import { apiResourceRoutes } from './routes/api-resources.ts';
import { apiReuseRoutes } from './routes/api-reuses.ts';
import { assetRoutes } from './routes/assets.ts';
import { downloadRoutes } from './routes/download.ts';
import { exchangeRoutes } from './routes/exchange.ts';
import { feedRoutes } from './routes/feeds.ts';
import { indicatorPageRoutes } from './routes/indicator-pages.ts';
import { operatorRoutes } from './routes/operator.ts';
import { pageRoutes } from './routes/pages.ts';
import { previewRoutes } from './routes/preview.ts';
import { participationRoutes } from './routes/public/routes.ts';
import { qualityRoutes } from './routes/quality.ts';
import { reportRoutes } from './routes/reports.ts';
import { resourcePageRoutes } from './routes/resource-pages.ts';
import { resourceRoutes } from './routes/resources.ts';
import { roadmapRoutes } from './routes/roadmap.ts';
import { sharePictureRoutes } from './routes/share-pictures.ts';
import { renderProblemPage } from './routes/show-page.ts';
import { suggestRoutes } from './routes/suggest.ts';
import { isWorkspace } from './routes/workspace/handlers.ts';
import { workspaceRoutes } from './routes/workspace/routes.ts';

/** The product as what a server listens with: each request is logged, and answered from memory where that can be. */
export function createListener(product: Product): RequestListener {
  const remembering = answerFromMemory(() => product.database.version(), createApp(product));
  return logRequests(product.log, countFeeds(product.countUse, remembering));
}

/** The product as an Express application: what is answered where, and nothing else. */
export function createApp(product: Product): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', product.config.trustProxy);
  app.set('query parser', false);
  app.use(securityHeaders, crossOrigin, addressGuard);

  app.use(operatorRoutes(product));
  app.use(assetRoutes(product));
  app.use(downloadRoutes(product));
  app.use(exchangeRoutes(product));
  app.use(sharePictureRoutes(product));
  app.use(feedRoutes(product));
  app.use(roadmapRoutes(product));
  app.use(annexRoutes(product));
  app.use(resourceRoutes(product));
  app.use('/api', ...jsonBody());
  app.use('/api/v1', qualityRoutes(product), suggestRoutes(product));
  app.use('/api/v1', apiResourceRoutes(product), apiPreviewRoutes(product));
  app.use('/api/v1/datasets', apiDatasetRoutes(product));
  app.use('/api/v1', apiCriteriaRoutes(product), apiIndicatorRoutes(product));
  app.use('/api/v1', apiPlanRoutes(product), apiReportRoutes(product));
  app.use('/api/v1', apiReuseRoutes(product), apiInquiryRoutes(product));
  app.use('/api/v1', apiRoutes(product));
  app.use(workspaceRoutes(product));
  app.use(indicatorPageRoutes(product));
  app.use(reportRoutes(product));
  app.use(participationRoutes(product));
  app.use(pageRoutes(product));
  app.use(previewRoutes(product));
  app.use(resourcePageRoutes(product));

  app.use((request: Request) => {
    const allowed = allowedMethods(app, request.path);
    if (allowed.length > 0 && !allowed.includes(request.method)) {
      throw methodNotAllowed(request.method, allowed);
    }
    throw noSuchAddress(request.path);
  });
  app.use(
    problemHandler({
      baseURL: product.baseURL,
      log: product.log,
      renderProblem: (problem, request) => renderProblemPage(problem, request, product),
    }),
  );
  return app;
}

/** Open data are for every origin: no cookie is ever needed to read them. The workspace is for its own pages alone. */
function crossOrigin(request: Request, response: Response, next: NextFunction): void {
  if (isWorkspace(request.path)) {
    next();
    return;
  }
  response.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Link, Location, Last-Modified, Content-Disposition',
  });
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response.set({
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, OPTIONS',
    'Access-Control-Allow-Headers':
      'Authorization, Content-Type, If-Match, If-None-Match, X-CKAN-API-Key',
    'Access-Control-Max-Age': '86400',
  });
  response.status(204).end();
}
