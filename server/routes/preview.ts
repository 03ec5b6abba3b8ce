import { type Request, type Response, Router } from 'express';
import { toCsv } from '../../catalog/kernel/csv.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import {
  type FoundPreview,
  getPreview,
  type PreviewDeps,
} from '../../catalog/preview/get-preview.ts';
import type { PreparedTable, TableReader } from '../../catalog/preview/table-reader.ts';
import { answer } from '../http/answer.ts';
import type { CountUse } from '../http/count-use.ts';
import { choice, queryOf } from '../http/read-parameters.ts';
import { createRecentMemory } from '../http/recent-memory.ts';
import type { PageContext } from '../pages/page-context.ts';
import { type PreviewView, previewAddress, previewViews } from '../pages/preview-address.ts';
import { measureLabel, previewChart } from '../pages/preview-chart.ts';
import { previewColumns } from '../pages/preview-columns.ts';
import { type PreviewMap, previewMap } from '../pages/preview-map.ts';
import { type PreviewContent, previewPage, viewsWith } from '../pages/preview-page.ts';
import { previewTable } from '../pages/preview-table.ts';
import { columnLabel } from '../pages/preview-values.ts';
import { readChartQuery, readChoice, readTableQuery } from './preview-query.ts';
import { contextOf, createPageHandlers, show } from './show-page.ts';

export interface PreviewRouteDeps extends PreviewDeps {
  readonly baseURL: string;
  readonly tables: TableReader;
  readonly countUse: CountUse;
}

const rowsOnPage = 50;
/** Of maps that are remembered. */
const mostCharacters = 8 * 1024 * 1024;
/** While a table is made, the page is asked for again after so many seconds. */
export const patienceSeconds = 3;

/** `/dataset/{id}/preview/{distribution}`: a file as a table, its columns, a map, a chart. */
export function previewRoutes(deps: PreviewRouteDeps): Router {
  const router = Router();
  const { page } = createPageHandlers(deps.baseURL);
  const maps = createRecentMemory<PreviewMap>(mostCharacters, ({ data }) => data.length);
  for (const prefix of ['', '/en']) {
    router.get(`${prefix}/dataset/:id/preview/:distribution`, page(showPreview));
    router.get(`${prefix}/dataset/:id/preview/:distribution/chart.csv`, sendFigures);
  }
  return router;

  async function showPreview(context: PageContext, request: Request) {
    const query = queryOf(request);
    const found = await find(request);
    const { dataset, distribution, preview } = found;
    const path = `/dataset/${dataset.id}/preview/${distribution.id}`;
    const address = previewAddress(path, query, context);
    const view = choice(query, 'view', previewViews) ?? 'table';
    const table = tableOf(found);
    const shown = table && viewsWith(table.facts).includes(view) ? view : 'table';
    const content = table ? await contentOf(table, shown, query, address, context) : {};
    if (table) count(request, found);
    if (preview.state === 'waiting') request.res?.set('Refresh', String(patienceSeconds));
    const model = previewPage(
      { dataset, distribution, preview, view: shown, content },
      address,
      context,
    );
    return show('preview', model, {
      title: `${context.t('preview.heading')}: ${model.title.text} · ${model.dataset.text}`,
      nav: 'dataset',
      noindex: true,
      alternates: [{ type: 'application/json', href: model.api }],
    });
  }

  async function contentOf(
    table: PreparedTable,
    view: PreviewView,
    query: URLSearchParams,
    address: ReturnType<typeof previewAddress>,
    context: PageContext,
  ): Promise<PreviewContent> {
    const { facts } = table;
    if (view === 'columns') return { columns: previewColumns(facts, context) };
    if (view === 'map') return { map: await mapOf(table, context) };
    if (view === 'chart') {
      const wanted = readChartQuery(query, facts);
      const found = await deps.tables.figures(table, wanted);
      return { chart: previewChart({ facts, query: wanted, found }, address, context) };
    }
    const wanted = readTableQuery(query, facts, rowsOnPage);
    const found = await deps.tables.rows(table, wanted);
    return { table: previewTable({ facts, query: wanted, found }, address, context) };
  }

  /** The map of a table is the same for everybody, and drawing twenty thousand points takes a while. */
  async function mapOf(table: PreparedTable, context: PageContext): Promise<PreviewMap> {
    const key = `${table.key} ${context.lang}`;
    const known = maps.find(key);
    if (known) return known;
    const made = previewMap(await deps.tables.places(table), context);
    maps.keep(key, made);
    return made;
  }

  /** The figures of a chart, as a spreadsheet reads them. */
  async function sendFigures(request: Request, response: Response): Promise<void> {
    const found = await find(request);
    const table = tableOf(found);
    const context = contextOf(request, deps.baseURL);
    if (!table) {
      // The page says how far it is, or what is the matter.
      response.redirect(303, request.originalUrl.replace('/chart.csv', ''));
      return;
    }
    const wanted = readChartQuery(queryOf(request), table.facts);
    const { figures } = await deps.tables.figures(table, wanted);
    const { columns } = table.facts;
    const label = (index: number) => columnLabel(columns[index]?.name ?? '', index, context);
    response.set(
      'Content-Disposition',
      `attachment; filename="${found.distribution.id}-chart.csv"`,
    );
    await answer(request, response, {
      mediaType: 'text/csv',
      write: () =>
        toCsv([
          [label(wanted.x), measureLabel(wanted, label, context)],
          ...figures.map(({ x, y }) => [String(x ?? ''), y]),
        ]),
    });
  }

  async function find(request: Request): Promise<FoundPreview> {
    const { id, distribution } = request.params;
    const found = await getPreview(String(distribution), readChoice(queryOf(request)), deps);
    if (found.dataset.id !== id) throw notOfDataset(String(id), String(distribution));
    return found;
  }

  function count(request: Request, { dataset, distribution }: FoundPreview): void {
    if (!request.res) return;
    const of = { datasetId: dataset.id, distributionId: distribution.id };
    deps.countUse(request, request.res, { kind: 'preview', ...of });
  }
}

/** What can be asked for rows. Absent: it is not there yet, or cannot be. */
export function tableOf({ preview }: FoundPreview): PreparedTable | undefined {
  const { state, key, facts } = preview;
  return state === 'ready' && facts ? { key, facts } : undefined;
}

function notOfDataset(id: string, distribution: string): CatalogError {
  return new CatalogError('not-found', 'distribution-not-found', {
    vi: `Tập dữ liệu "${id}" không có tệp "${distribution}"; xem các tệp ở /dataset/${id}.`,
    en: `The dataset "${id}" has no distribution "${distribution}"; see its files at /dataset/${id}.`,
  });
}
