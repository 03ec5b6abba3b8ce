import { type Request, type Response, Router } from 'express';
import type { Describer } from '../../catalog/dcat/record-forms.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import { type Clock, localDate } from '../../catalog/kernel/clock.ts';
import { CatalogError } from '../../catalog/kernel/errors.ts';
import { pickLanguage } from '../../catalog/kernel/lang-text.ts';
import { getRoadmap, type Roadmap } from '../../catalog/plan/roadmap.ts';
import {
  writeRoadmapCalendar,
  writeRoadmapCsv,
  writeRoadmapXlsx,
} from '../../catalog/plan/write-roadmap.ts';
import { writeRoadmapAtom } from '../../catalog/plan/write-roadmap-atom.ts';
import { joinFragments } from '../../catalog/publication/feed-document.ts';
import { mediaTypeOf, type Syntax } from '../../catalog/rdf/syntaxes.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { answer } from '../http/answer.ts';
import { syntaxOfSuffix } from '../http/negotiate.ts';
import { queryOf } from '../http/read-parameters.ts';
import { Refusal } from '../http/refusal.ts';
import { agencyNotFound } from './feeds.ts';

export interface RoadmapDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly describer: Describer;
  readonly clock: Clock;
}

const suffixes = ['json', 'csv', 'xlsx', 'ics', 'atom', 'jsonld', 'ttl', 'nt', 'rdf'];

/** `/roadmap.*`: the roadmap of a year for those who take it away. */
export function roadmapRoutes(deps: RoadmapDeps): Router {
  const router = Router();

  router.get('/roadmap.:suffix', async (request: Request, response: Response) => {
    const suffix = String(request.params['suffix']);
    if (!suffixes.includes(suffix)) throw unknownSuffix(suffix);
    const roadmap = await roadmapOf(request);
    if (suffix === 'xlsx') {
      const workbook = await writeRoadmapXlsx(roadmap, await agencyNames());
      response.set('Content-Disposition', `attachment; filename="lo-trinh-${roadmap.year}.xlsx"`);
      response.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
      response.send(Buffer.from(workbook));
      return;
    }
    const { mediaType, body } =
      suffix === 'atom' ? await writeFeed(request, roadmap) : await write(suffix, roadmap);
    if (suffix === 'csv') {
      response.set('Content-Disposition', `attachment; filename="lo-trinh-${roadmap.year}.csv"`);
    }
    await answer(request, response, { mediaType, write: () => body });
  });

  return router;

  /** The roadmap that was asked for: a year's, and one agency's when it is named. */
  async function roadmapOf(request: Request): Promise<Roadmap> {
    const agency = queryOf(request).get('agency');
    const [roadmap, known] = await Promise.all([
      getRoadmap(yearOf(request), deps.database.read, deps.clock),
      agency ? agencyRepository(deps.database.read).find(agency) : undefined,
    ]);
    if (!agency) return roadmap;
    if (!known) throw agencyNotFound(agency);
    const commitments = roadmap.commitments.filter(({ publisher }) => publisher === agency);
    return { ...roadmap, commitments };
  }

  async function writeFeed(request: Request, { year, commitments }: Roadmap) {
    const agencies = await agencyNames();
    const agency = queryOf(request).get('agency') ?? '';
    const search = new URLSearchParams({ year, ...(agency !== '' && { agency }) });
    const body = writeRoadmapAtom({
      baseURL: deps.baseURL,
      self: `${deps.baseURL}/roadmap.atom?${search}`,
      alternate: `${deps.baseURL}/roadmap?${search}`,
      title: [`Lộ trình công bố dữ liệu mở ${year}`, agencies.get(agency) ?? '']
        .filter(Boolean)
        .join(' – '),
      year,
      commitments,
      agencies,
      today: localDate(deps.clock()),
    });
    return { mediaType: 'application/atom+xml', body };
  }

  async function write(
    suffix: string,
    roadmap: Roadmap,
  ): Promise<{ mediaType: string; body: string }> {
    if (suffix === 'json') return { mediaType: 'application/json', body: JSON.stringify(roadmap) };
    if (suffix === 'csv') {
      return { mediaType: 'text/csv', body: writeRoadmapCsv(roadmap, await agencyNames()) };
    }
    if (suffix === 'ics') {
      // The stamp is the day's, so that the calendar does not change while nothing has.
      const today = `${deps.clock().slice(0, 10)}T00:00:00Z`;
      const body = writeRoadmapCalendar(roadmap, await agencyNames(), deps.baseURL, today);
      return { mediaType: 'text/calendar; charset=utf-8', body };
    }
    const syntax = syntaxOfSuffix(suffix) ?? 'jsonld';
    return { mediaType: mediaTypeOf(syntax), body: describeRoadmap(roadmap, syntax) };
  }

  /** What is planned, as datasets that will be: title, publisher, theme, frequency and when they are available. */
  function describeRoadmap(roadmap: Roadmap, syntax: Syntax): string {
    const planned = roadmap.commitments.filter(
      ({ published, status }) => !published && status !== 'dropped',
    );
    const fragments = planned.map((commitment) => {
      const node = deps.describer.datasetNode({
        id: commitment.datasetId,
        title: commitment.title,
        publisher: commitment.publisher,
        ...(commitment.theme.length > 0 && { theme: commitment.theme }),
        ...(commitment.accrualPeriodicity !== undefined && {
          accrualPeriodicity: commitment.accrualPeriodicity,
        }),
      });
      return deps.describer.write(
        { ...node, available: commitment.dueDate },
        commitment.datasetId,
        syntax,
      );
    });
    return joinFragments(syntax, fragments, deps.describer);
  }

  async function agencyNames(): Promise<ReadonlyMap<string, string>> {
    const agencies = await agencyRepository(deps.database.read).list();
    return new Map(agencies.map(({ record }) => [record.id, pickLanguage(record.name, 'vi').text]));
  }
}

/** @throws {CatalogError} `malformed` / `parameter-malformed` when the year is none */
export function yearOf(request: Request): string | undefined {
  const written = queryOf(request).get('year');
  if (written === null || written === '') return undefined;
  if (/^20\d{2}$/.test(written)) return written;
  throw new CatalogError('malformed', 'parameter-malformed', {
    vi: `"year" phải là một năm như 2026, không phải "${written.slice(0, 80)}".`,
    en: `"year" must be a year such as 2026, not "${written.slice(0, 80)}".`,
  });
}

function unknownSuffix(suffix: string): Refusal {
  return new Refusal(404, 'suffix-unknown', {
    vi: `Lộ trình không có dạng ".${suffix}"; có: ${suffixes.join(', ')}.`,
    en: `The roadmap has no ".${suffix}"; there are: ${suffixes.join(', ')}.`,
  });
}
