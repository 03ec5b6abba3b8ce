import { getDatasetQuality } from '../../catalog/inventory/dataset-quality.ts';
import type { Dataset } from '../../catalog/inventory/dataset-repository.ts';
import { fileRepository } from '../../catalog/inventory/file-repository.ts';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import { activityRepository } from '../../catalog/publication/activity-repository.ts';
import { publishedHistory } from '../../catalog/publication/published-history.ts';
import { resourceRepository } from '../../catalog/publication/resource-repository.ts';
import type { Search } from '../../catalog/search/search-datasets.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { usageRepository } from '../../catalog/usage/usage-repository.ts';
import type { AgencyNames } from '../pages/dataset-card.ts';
import { datasetPage } from '../pages/dataset-page.ts';
import { datasetUse } from '../pages/dataset-use.ts';
import type { PageContext } from '../pages/page-context.ts';
import { loadDatasetUse } from './public/load-dataset-use.ts';
import { pictureOf, type Shown, show } from './show-page.ts';

export interface ShowDatasetDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly search: Search;
  readonly clock: Clock;
  agencyNames(): Promise<AgencyNames>;
}

const mostChanges = 10;
const mostRelated = 4;

/** The public page of a dataset: as it is, or as it would be. */
export async function showDatasetPage(
  { record, changedAt }: Pick<Dataset, 'record' | 'changedAt'>,
  deps: ShowDatasetDeps,
  context: PageContext,
): Promise<Shown> {
  const { id } = record;
  const db = deps.database.read;
  const [agencies, downloads, figures, quality, series, heldFiles, revisions, related, use] =
    await Promise.all([
      deps.agencyNames(),
      usageRepository(db).total('download', id),
      usageRepository(db).figures({ dataset: id }, 'month'),
      getDatasetQuality(record, db, deps),
      resourceRepository(db).findMany('series', record.inSeries ?? []),
      fileRepository(db).namesOf(
        (record.distribution ?? []).map((distribution) => distribution.id),
      ),
      activityRepository(db).ofDataset(id, mostChanges),
      deps.search.related(record, mostRelated),
      loadDatasetUse(id, db),
    ]);
  const byMonth = figures.filter(({ kind }) => kind === 'download');
  const model = datasetPage(
    {
      record,
      changedAt,
      downloads,
      quality,
      byMonth,
      heldFiles,
      history: publishedHistory(revisions),
      related,
      series,
      agencies,
      today: localDate(deps.clock()),
    },
    context,
  );
  const reused = datasetUse({ ...use, today: localDate(deps.clock()) }, context);
  return show(
    'dataset',
    { ...model, reused },
    {
      title: `${model.title.text} · ${context.t('site.name')}`,
      description: model.description.text.slice(0, 300),
      nav: 'dataset',
      picture: pictureOf(`/dataset/${id}`, model.title.text, context),
      alternates: [
        { type: 'text/turtle', href: `/dataset/${id}.ttl` },
        { type: 'application/ld+json', href: `/dataset/${id}.jsonld` },
        { type: 'application/rdf+xml', href: `/dataset/${id}.rdf` },
        { type: 'application/n-triples', href: `/dataset/${id}.nt` },
      ],
    },
  );
}
