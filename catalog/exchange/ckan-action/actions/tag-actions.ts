import { fold } from '../../../kernel/fold.ts';
import { actionNotFound } from '../action-errors.ts';
import { toTag } from '../group-dict.ts';
import { countOf, flagOf, type Parameters, requiredText, textOf } from '../read-parameters.ts';
import type { Actions, CkanCatalog } from './catalog.ts';

const mostPackages = 1000;
const mostTags = 100_000;

export const tagActions: Actions = {
  tag_list: {
    help: 'Names of the tags, sorted. Parameters: query, all_fields. There are no vocabularies of tags.',
    run: async (parameters, catalog) => {
      if (textOf(parameters, 'vocabulary_id') !== undefined) {
        throw actionNotFound('vocabulary', textOf(parameters, 'vocabulary_id') ?? '');
      }
      const names = await matching(textOf(parameters, 'query'), catalog);
      return flagOf(parameters, 'all_fields') ? names.map(toTag) : names;
    },
  },
  tag_show: {
    help: 'One tag. Parameters: id (name or UUID), include_datasets.',
    run: async (parameters, catalog) => {
      const reference = requiredText(parameters, 'id');
      const tag = (await namesOf(catalog))
        .map(toTag)
        .find(({ id, name }) => name === reference || id === reference.toLowerCase());
      if (!tag) throw actionNotFound('tag', reference);
      if (!flagOf(parameters, 'include_datasets')) return tag;
      return { ...tag, packages: await packagesOf(tag.name, catalog) };
    },
  },
  tag_search: {
    help: 'Tags that hold a text. Parameters: query, limit, offset.',
    run: async (parameters, catalog) => {
      const names = await matching(requiredText(parameters, 'query'), catalog);
      const results = page(names, parameters, mostTags).map((name) => {
        const { id, vocabulary_id } = toTag(name);
        return { id, name, vocabulary_id };
      });
      return { count: names.length, results };
    },
  },
  tag_autocomplete: {
    help: 'Tags that hold a text, as names. Parameters: query, limit, offset.',
    run: async (parameters, catalog) => {
      const text = textOf(parameters, 'query') ?? requiredText(parameters, 'q');
      return page(await matching(text, catalog), parameters, 100);
    },
  },
};

/** Every tag in use, in the order of its bytes. */
async function namesOf({ packages }: CkanCatalog): Promise<readonly string[]> {
  const { keywords } = await packages.select({ q: '*:*', fq: [], sort: 'name asc' });
  return (await keywords()).map(({ value }) => value).sort();
}

async function matching(text: string | undefined, catalog: CkanCatalog) {
  const names = await namesOf(catalog);
  const wanted = fold(text ?? '');
  return wanted === '' ? names : names.filter((name) => fold(name).includes(wanted));
}

function page(names: readonly string[], parameters: Parameters, most: number): readonly string[] {
  const limit = countOf(parameters, 'limit', { otherwise: most, to: most });
  const offset = countOf(parameters, 'offset', { otherwise: 0, to: mostTags * 10 });
  return names.slice(offset, offset + limit);
}

async function packagesOf(tag: string, { packages, toPackages }: CkanCatalog) {
  const phrase = tag.replace(/["\\]/g, '\\$&');
  const query = { q: '*:*', fq: [`tags:"${phrase}"`], sort: 'name asc' };
  const { positions } = await packages.select(query);
  return toPackages(await packages.recordsAt(positions.slice(0, mostPackages)));
}
