import express, { type Request, type Response, Router } from 'express';
import type { Describer } from '../../catalog/dcat/record-forms.ts';
import { writeOaiDc } from '../../catalog/exchange/oai/oai-dc.ts';
import {
  type MetadataPrefix,
  type OaiErrorCode,
  type OaiList,
  type OaiRequest,
  readOaiRequest,
  writeResumptionToken,
} from '../../catalog/exchange/oai/read-oai-request.ts';
import {
  type OaiHeader,
  type OaiRecord,
  type OaiSet,
  type Resumption,
  writeEnvelope,
  writeError,
  writeIdentifiers,
  writeIdentify,
  writeMetadataFormats,
  writeRecord,
  writeRecords,
  writeSets,
} from '../../catalog/exchange/oai/write-oai.ts';
import { agencyRepository } from '../../catalog/inventory/agency-repository.ts';
import type { Clock } from '../../catalog/kernel/clock.ts';
import { pickLanguage } from '../../catalog/kernel/lang-text.ts';
import type { AgencyRecord } from '../../catalog/model/agency.ts';
import { vocabulary } from '../../catalog/model/vocabularies.ts';
import { catalogSeed } from '../../catalog/publication/catalog-record.ts';
import {
  type HarvestFilter,
  type HarvestHead,
  harvestRepository,
} from '../../catalog/publication/harvest-repository.ts';
import { type PublishedRecord, withRecords } from '../../catalog/publication/published-records.ts';
import { publishedRepository } from '../../catalog/publication/published-repository.ts';
import type { Database } from '../../catalog/storage/database.ts';
import { answer } from '../http/answer.ts';
import { queryOf } from '../http/read-parameters.ts';

export interface OaiDeps {
  readonly baseURL: string;
  readonly database: Database;
  readonly describer: Describer;
  readonly clock: Clock;
}

type Agencies = ReadonlyMap<string, AgencyRecord>;

const pageSize = 100;
const themes = vocabulary('data-theme');

/** `/oai`: the catalogue for OAI-PMH 2.0 harvesters. Errors of the protocol are answers like any other. */
export function oaiRoutes(deps: OaiDeps): Router {
  const router = Router();
  const db = deps.database.read;
  const harvest = harvestRepository(db);
  const idPrefix = `oai:${new URL(deps.baseURL).hostname}:`;

  router.get('/oai', async (request: Request, response: Response) => {
    await respond(request, response, queryOf(request));
  });
  router.post(
    '/oai',
    express.text({ type: 'application/x-www-form-urlencoded', limit: '64kb' }),
    async (request: Request, response: Response) => {
      const body: unknown = request.body;
      const parameters = typeof body === 'string' ? new URLSearchParams(body) : queryOf(request);
      await respond(request, response, parameters);
    },
  );
  return router;

  async function respond(request: Request, response: Response, parameters: URLSearchParams) {
    const read = readOaiRequest(parameters);
    const isUnread =
      'error' in read && (read.error.code === 'badVerb' || read.error.code === 'badArgument');
    const body = 'error' in read ? writeError(read.error) : await write(read.value);
    const envelope = {
      baseURL: `${deps.baseURL}/oai`,
      respondedAt: deps.clock(),
      asked: isUnread ? [] : [...parameters],
    };
    await answer(request, response, {
      mediaType: 'text/xml; charset=utf-8',
      write: () => writeEnvelope(envelope, body),
    });
  }

  async function write(request: OaiRequest): Promise<string> {
    switch (request.verb) {
      case 'Identify':
        return identify();
      case 'ListSets':
        return writeSets(await listSets());
      case 'ListMetadataFormats':
        if (request.identifier === undefined || (await find(request.identifier))) {
          return writeMetadataFormats();
        }
        return noSuchId(request.identifier);
      case 'GetRecord':
        return getRecord(request.identifier, request.metadataPrefix);
      case 'ListIdentifiers':
      case 'ListRecords':
        return list(request.verb, request.list);
    }
  }

  async function identify(): Promise<string> {
    const { title, description, publisher } = catalogSeed.catalog;
    const agency = await agencyRepository(db).find(publisher);
    const { hostname } = new URL(deps.baseURL);
    return writeIdentify({
      name: pickLanguage(title, 'vi').text,
      description,
      baseURL: `${deps.baseURL}/oai`,
      // Every mail domain has one. RFC 2142 §5.
      adminEmail: agency?.record.mbox?.replace(/^mailto:/, '') ?? `postmaster@${hostname}`,
      earliestChange: (await harvest.earliestChange()) ?? deps.clock(),
    });
  }

  async function listSets(): Promise<readonly OaiSet[]> {
    const agencies = await allAgencies();
    return [
      { spec: 'agency', name: 'Theo cơ quan công bố' },
      ...(await harvest.publishers()).map((id) => ({
        spec: `agency:${id}`,
        name: nameOf(agencies, id),
      })),
      { spec: 'theme', name: 'Theo lĩnh vực' },
      ...themes.concepts.map(({ code, label }) => ({
        spec: `theme:${code}`,
        name: label.vi,
        description: label.en,
      })),
    ];
  }

  async function getRecord(identifier: string, prefix: MetadataPrefix): Promise<string> {
    const head = await find(identifier);
    if (!head) return noSuchId(identifier);
    const [record] = await toRecords([head], prefix);
    return record ? writeRecord(record) : noSuchId(identifier);
  }

  async function find(identifier: string): Promise<HarvestHead | undefined> {
    if (!identifier.startsWith(idPrefix)) return undefined;
    return harvest.find(identifier.slice(idPrefix.length));
  }

  async function list(verb: 'ListIdentifiers' | 'ListRecords', asked: OaiList): Promise<string> {
    const filter = toFilter(asked);
    const heads = filter ? await harvest.after(filter, asked.after, pageSize + 1) : [];
    const page = heads.slice(0, pageSize);
    const last = page.at(-1);
    if (!filter || !last) return fail('noRecordsMatch', 'Nothing matches');
    const hasMore = heads.length > pageSize;
    const cursor = asked.cursor + page.length;
    const total = Math.max(
      asked.total ?? (hasMore ? await harvest.count(filter) : page.length),
      hasMore ? cursor + 1 : cursor,
    );
    const next = { ...asked, after: last.position, cursor, total };
    const resumption: Resumption | undefined =
      hasMore || asked.cursor > 0
        ? { token: hasMore ? writeResumptionToken(next) : '', cursor: asked.cursor, total }
        : undefined;
    if (verb === 'ListRecords') {
      return writeRecords(await toRecords(page, asked.metadataPrefix), resumption);
    }
    return writeIdentifiers((await withRecords(page, db)).map(toHeader), resumption);
  }

  async function toRecords(
    heads: readonly HarvestHead[],
    prefix: MetadataPrefix,
  ): Promise<readonly OaiRecord[]> {
    const [records, agencies, forms] = await Promise.all([
      withRecords(heads, db),
      allAgencies(),
      prefix === 'oai_dc'
        ? new Map<number, string>()
        : publishedRepository(db).bodiesAt(
            'rdf',
            heads.filter(({ isLive }) => isLive).map(({ position }) => position),
          ),
    ]);
    return records.map((published) => {
      const header = toHeader(published);
      if (header.isDeleted) return header;
      if (prefix === 'oai_dc') return { ...header, metadata: dublinCore(published, agencies) };
      const form = forms.get(published.position);
      // Withdrawn between two questions to the database.
      if (form === undefined) return { ...header, isDeleted: true };
      return { ...header, metadata: rdf(form, published.publisher, agencies) };
    });
  }

  function toHeader({
    datasetId,
    record,
    publisher,
    isLive,
    changedAt,
  }: PublishedRecord): OaiHeader {
    const known = (record.theme ?? []).filter((code) => themes.find(code));
    return {
      identifier: idPrefix + datasetId,
      changedAt,
      sets: [`agency:${publisher}`, ...known.map((code) => `theme:${code}`)],
      isDeleted: !isLive,
    };
  }

  function dublinCore({ datasetId, record, publisher }: PublishedRecord, agencies: Agencies) {
    const iri = deps.describer.iri.dataset(datasetId);
    return writeOaiDc(record, { iri, publisher: agencies.get(publisher)?.name ?? {} });
  }

  /** A whole RDF/XML document, but for the XML declaration, which may stand only at the very beginning. */
  function rdf(form: string, publisher: string, agencies: Agencies): string {
    const { describer } = deps;
    const agency = agencies.get(publisher);
    const head = describer.head('rdf').replace(/^<\?xml[^>]*\?>\s*/, '');
    const described = agency ? describer.write(describer.agencyNode(agency), 'agency', 'rdf') : '';
    return head + form + described + describer.foot('rdf');
  }

  async function allAgencies(): Promise<Agencies> {
    const agencies = await agencyRepository(db).list();
    return new Map(agencies.map(({ record }) => [record.id, record]));
  }
}

/** What a selection means in the catalogue. Absent: a set that is none of ours. */
function toFilter({ set, from, until }: OaiList): HarvestFilter | undefined {
  const between = {
    from: from === undefined ? undefined : `${secondOf(from, 'T00:00:00')}.000Z`,
    until: until === undefined ? undefined : `${secondOf(until, 'T23:59:59')}.999Z`,
  };
  if (set === undefined || set === 'agency') return between;
  if (set === 'theme') return { ...between, theme: 'any' };
  const [kind, value, ...rest] = set.split(':');
  if (rest.length > 0) return undefined;
  if (kind === 'agency') return { ...between, publisher: value };
  return kind === 'theme' ? { ...between, theme: value } : undefined;
}

function secondOf(datestamp: string, time: string): string {
  return datestamp.length === 10 ? datestamp + time : datestamp.slice(0, 19);
}

function nameOf(agencies: Agencies, id: string): string {
  return pickLanguage(agencies.get(id)?.name, 'vi').text || id;
}

function noSuchId(identifier: string): string {
  return fail('idDoesNotExist', `There is no record "${identifier}"`);
}

function fail(code: OaiErrorCode, message: string): string {
  return writeError({ code, message });
}
