import { schemas } from '../../catalog/model/schemas.ts';
import type { PublishedChange } from '../../catalog/publication/published-history.ts';
import type { PageContext } from './page-context.ts';

/** A change of a dataset in words. */
export interface ChangeView {
  readonly date: string;
  readonly words: string;
}

const mostNamed = 4;
const properties = schemas.get('dataset.schema.json')?.properties ?? {};

export function historyView(
  changes: readonly PublishedChange[],
  context: PageContext,
): readonly ChangeView[] {
  return changes.map((change) => ({
    date: context.date(change.at),
    words: wordsOf(change, context),
  }));
}

function wordsOf(
  { kind, properties: names, files, version }: PublishedChange,
  context: PageContext,
) {
  const { t, plural } = context;
  if (kind !== 'Update') return t(`dataset.history.${kind}`);
  const counts = (['added', 'changed', 'removed'] as const).flatMap((name) =>
    files[name] > 0 ? [plural(`dataset.history.files.${name}`, files[name])] : [],
  );
  const named = names.slice(0, mostNamed).map((name) => titleOf(name, context.lang));
  const rest = names.length - named.length;
  const more = rest > 0 ? [plural('dataset.history.more', rest)] : [];
  return [
    ...(version === undefined ? [] : [t('dataset.history.version', { version })]),
    ...counts,
    ...(named.length > 0
      ? [t('dataset.history.changed', { names: [...named, ...more].join(', ') })]
      : []),
  ].join('; ');
}

function titleOf(name: string, lang: string): string {
  const schema = properties[name];
  const title = lang === 'en' ? schema?.['x-en']?.title : schema?.title;
  return (title ?? name).toLocaleLowerCase(lang);
}
