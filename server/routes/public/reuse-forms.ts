import { Readable } from 'node:stream';
import { type Request, Router } from 'express';
import { mostPictureBytes, stripPicture } from '../../../catalog/reuse/pictures/strip-picture.ts';
import type { Reuse } from '../../../catalog/reuse/reuse-repository.ts';
import {
  getOwnReuse,
  type KeepPicture,
  type ReuseDeps,
  reviseReuse,
  submitReuse,
  withdrawOwnReuse,
} from '../../../catalog/reuse/submit-reuse.ts';
import { usedDatasetRepository } from '../../../catalog/reuse/used-dataset-repository.ts';
import type { Search } from '../../../catalog/search/search-datasets.ts';
import { readSearchQuery } from '../../../catalog/search/search-query.ts';
import type { FileStore } from '../../../catalog/storage/file-store.ts';
import { fileOf } from '../../http/multipart-form.ts';
import { queryOf } from '../../http/read-parameters.ts';
import { findingsOf } from '../../pages/findings.ts';
import { fieldsFrom, inputOf } from '../../pages/public-form.ts';
import { type ReuseFormInput, reuseFormPage } from '../../pages/reuse-form-page.ts';
import { show, titled } from '../show-page.ts';
import { createPublicForms, type PublicFormDeps, type PublicVisit } from './forms.ts';

export interface ReuseFormDeps extends PublicFormDeps, ReuseDeps {
  readonly search: Search;
  readonly files: FileStore;
}

/** What stands in the form, whose it is, and what is wrong with it. */
interface Tried {
  readonly fields: URLSearchParams;
  readonly own?: ReuseFormInput['own'];
  readonly error?: unknown;
}

const file = { file: 'picture', mostFileBytes: mostPictureBytes };
const mostFound = 8;

/** `/reuse/new` and `/reuse/manage`: anybody registers what they made, and changes it by the link they were given. */
export function reuseFormRoutes(deps: ReuseFormDeps): Router {
  const router = Router();
  const { formPage, formAction } = createPublicForms(deps);

  for (const prefix of ['', '/en']) {
    router.get(
      `${prefix}/reuse/new`,
      formPage('reuse', (visit) => page(visit, { fields: queryOf(visit.request) })),
    );
    router.post(
      `${prefix}/reuse/new`,
      ...formAction('reuse', (visit, fields) => register(visit, fields), file),
    );
    router.get(
      `${prefix}/reuse/manage`,
      formPage('reuse', async (visit) => {
        const own = await ownOf(queryOf(visit.request));
        const { reuse } = own;
        const record = { ...(reuse.revision ?? reuse.record), email: reuse.email };
        return page(visit, { fields: fieldsFrom(record), own });
      }),
    );
    router.post(
      `${prefix}/reuse/manage`,
      ...formAction('reuse', (visit, fields) => revise(visit, fields), file),
    );
  }
  return router;

  async function register(visit: PublicVisit, fields: URLSearchParams) {
    if (fields.get('act') === 'find') return { ...(await page(visit, { fields })), status: 200 };
    try {
      const sender = await visit.sender();
      const keep = keeperOf(visit.request);
      const { key } = await submitReuse(inputOf('reuse', fields), keep, sender, deps);
      return `/reuse/manage?key=${key}&done=sent`;
    } catch (error) {
      return page(visit, { fields, error });
    }
  }

  async function revise(visit: PublicVisit, fields: URLSearchParams) {
    const own = await ownOf(fields);
    const back = `/reuse/manage?key=${own.key}`;
    if (fields.get('act') === 'find') {
      return { ...(await page(visit, { fields, own })), status: 200 };
    }
    try {
      if (fields.get('act') === 'withdraw') {
        await withdrawOwnReuse(own.key, deps);
        return `${back}&done=withdrawn`;
      }
      const sender = await visit.sender();
      const isDropped = fields.get('dropPicture') === 'yes';
      const keep = isDropped ? null : keeperOf(visit.request);
      await reviseReuse(own.key, inputOf('reuse', fields), keep, sender, deps);
      return `${back}&done=revised`;
    } catch (error) {
      return page(visit, { fields, own, error });
    }
  }

  async function ownOf(fields: URLSearchParams): Promise<NonNullable<ReuseFormInput['own']>> {
    const key = fields.get('key') ?? '';
    const reuse: Reuse = await getOwnReuse(key, deps);
    return { key, reuse, isNew: fields.get('done') === 'sent' };
  }

  async function page({ context }: PublicVisit, { fields, own, error }: Tried) {
    const chosen = fields.getAll('dataset').filter((id) => id !== '');
    const words = fields.get('find')?.trim() ?? '';
    const [named, found] = await Promise.all([
      usedDatasetRepository(deps.database.current).find(chosen.slice(0, 100)),
      words === '' ? [] : find(words),
    ]);
    const others = found.filter(({ record }) => !chosen.includes(record.id));
    const model = reuseFormPage(
      {
        fields,
        findings: findingsOf(error, context.lang),
        datasets: [
          ...chosen.map((id) => {
            const title = named.get(id)?.title;
            return { id, ...(title ? context.show(title) : { text: id }), isChosen: true };
          }),
          ...others.map(({ record }) => ({
            id: record.id,
            ...context.show(record.title),
            isChosen: false,
          })),
        ],
        ...(words !== '' && { sought: { words, isFound: found.length > 0 } }),
        ...(own && { own }),
      },
      context,
    );
    return show('reuse-form', model, {
      title: titled(own ? 'reuse.manage.heading' : 'reuse.new.heading', context),
      nav: 'reuse',
      noindex: own !== undefined,
    });
  }

  async function find(words: string) {
    const query = readSearchQuery(new URLSearchParams({ q: words.slice(0, 200) }));
    return (await deps.search.search(query, 1, mostFound)).hits;
  }

  /** Looks at the picture of a form at once, and keeps it when it is asked to. */
  function keeperOf(request: Request): KeepPicture | undefined {
    const uploaded = fileOf(request);
    if (!uploaded) return undefined;
    const { bytes, ...facts } = stripPicture(uploaded);
    return async () => {
      const { sha256 } = await deps.files.put(Readable.from([bytes]));
      return { sha256, ...facts };
    };
  }
}
