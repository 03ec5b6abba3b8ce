import { actionNotFound, notWritable } from '../action-errors.ts';
import { licenseList } from '../license-dict.ts';
import { requiredText } from '../read-parameters.ts';
import type { Action, Actions } from './catalog.ts';
import { datastoreActions } from './datastore-actions.ts';
import { groupActions } from './group-actions.ts';
import { packageActions } from './package-actions.ts';
import { resourceActions } from './resource-actions.ts';
import { tagActions } from './tag-actions.ts';

export { type CkanCatalog, type CkanDeps, createCkanCatalog } from './catalog.ts';

/** The version of CKAN whose API this is. */
const ckanVersion = '2.11.0';

const siteActions: Actions = {
  status_show: {
    help: 'What this site is, and which version of the API it speaks.',
    run: async (_parameters, { baseURL, site }) => ({
      ckan_version: ckanVersion,
      site_url: baseURL,
      site_title: site.title,
      site_description: site.description,
      locale_default: 'vi',
      error_emails_to: null,
      extensions: ['activity', 'datastore', 'dcat'],
    }),
  },
  site_read: { help: 'Whether the site may be read: always.', run: async () => true },
  license_list: { help: 'The licences that datasets can have.', run: async () => licenseList },
  vocabulary_list: { help: 'Vocabularies of tags; there are none.', run: async () => [] },
  help_show: {
    help: 'What an action does. Parameters: name.',
    run: async (parameters) => {
      const name = requiredText(parameters, 'name');
      const help = findAction(name)?.help;
      if (help === undefined) throw actionNotFound('action', name);
      return help;
    },
  },
};

const reading: Actions = {
  ...packageActions,
  ...resourceActions,
  ...groupActions,
  ...tagActions,
  ...datastoreActions,
  ...siteActions,
};

/** What CKAN's clients call to write: known, so that they hear where it is done here. */
const writing =
  /^(?:(?:package|dataset|resource|organization|group|tag|vocabulary|user|member|datastore|organization_member|group_member|resource_view|package_owner_org|api_token|follow)_(?:create|update|patch|delete|upsert|reorder|purge|revise)|bulk_update_\w+|package_resource_reorder|package_revise|dataset_purge|follow_\w+)$/;

/** An action by its name. Absent: CKAN has none of that name, or we do not answer it. */
export function findAction(name: string): Action | undefined {
  if (Object.hasOwn(reading, name)) return reading[name];
  if (!writing.test(name)) return undefined;
  return {
    help: 'Writing is done through /api/v1/datasets.',
    run: async (_parameters, { baseURL }) => {
      throw notWritable(name, baseURL);
    },
  };
}

/** Whether an action would write: what it is sent need not be read. */
export function isWriting(name: string): boolean {
  return writing.test(name) && !Object.hasOwn(reading, name);
}
