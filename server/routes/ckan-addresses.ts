import { type NextFunction, type Request, type Response, Router } from 'express';
import type { CkanCatalog } from '../../catalog/exchange/ckan-action/actions/index.ts';
import { ckanIdentityRepository } from '../../catalog/exchange/ckan-action/ckan-identity-repository.ts';
import { findGroup, isOrganization } from '../../catalog/exchange/ckan-action/group-dict.ts';

/** A UUID, or a name that ends in a part of one: what is no id of ours but may be CKAN's name of one. */
const named =
  /^(?<lang>\/en)?\/dataset\/(?<name>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9_-]+-[0-9a-f]{8})(?<rest>[./].*)?$/i;

/** Where CKAN and udata have what we have elsewhere: links that people and portals hold lead on. INTEROP 1.3, 1.7. */
export function ckanAddressRoutes(catalog: CkanCatalog): Router {
  const router = Router();
  const { baseURL } = catalog;
  const identities = ckanIdentityRepository(catalog.database.read);

  router.get(
    ['/dataset/:id/resource/:resource/download{/:fileName}', '/datasets/r/:resource'],
    async (request: Request, response: Response, next: NextFunction) => {
      const found = await identities.findResource(String(request.params['resource']));
      const fileName = request.params['fileName'];
      const file = fileName === undefined ? '' : `/${encodeURIComponent(String(fileName))}`;
      if (!found) next();
      else response.redirect(302, `${baseURL}/download/${found.distributionId}${file}`);
    },
  );

  router.get(
    ['/dataset/:id/resource/:resource', '/en/dataset/:id/resource/:resource'],
    async (request: Request, response: Response, next: NextFunction) => {
      const found = await identities.findResource(String(request.params['resource']));
      const lang = request.path.startsWith('/en/') ? '/en' : '';
      if (!found) next();
      else {
        const { datasetId, distributionId } = found;
        response.redirect(302, `${baseURL}${lang}/dataset/${datasetId}#${distributionId}`);
      }
    },
  );

  router.get(/^(?:\/en)?\/dataset\/./, async (request, response, next) => {
    const { lang = '', name = '', rest = '' } = named.exec(request.path)?.groups ?? {};
    const id = name === '' ? undefined : await identities.findDataset(name);
    if (id === undefined || id === name) next();
    else {
      const query = request.originalUrl.slice(request.path.length);
      response.redirect(301, `${baseURL}${lang}/dataset/${id}${rest}${query}`);
    }
  });

  router.get('/organization{/:id}', async (request, response, next) => {
    const reference = request.params['id'];
    const agency = (await catalog.agencies()).find((known) =>
      isOrganization(known, String(reference)),
    );
    if (reference === undefined) response.redirect(302, `${baseURL}/agency`);
    else if (!agency) next();
    else response.redirect(301, `${baseURL}/agency/${agency.record.id}`);
  });

  router.get('/group{/:id}', (request, response, next) => {
    const reference = request.params['id'];
    const theme = findGroup(String(reference));
    if (reference === undefined) response.redirect(302, `${baseURL}/dataset`);
    else if (!theme) next();
    else response.redirect(301, `${baseURL}/dataset?theme=${theme.code}`);
  });

  return router;
}
