import type { ReadDataset } from '../../dcat/quads-to-records.ts';
import { lastPart } from '../../dcat/record-ids.ts';
import { slug } from '../../kernel/fold.ts';
import type { Message } from '../../kernel/lang-text.ts';
import type { AgencyRecord } from '../../model/agency.ts';

export interface StandIns {
  /** The agency of datasets that name no publisher. */
  readonly publisher?: string | undefined;
  /** The publisher of the source's catalogue. */
  readonly catalogAgency?: AgencyRecord | undefined;
}

/**
 * Gives a dataset what a record cannot do without and its source does not say: a title from its IRI; a publisher, that
 * of the options, of its catalogue, or the host of its IRI. Each is noted. DCAT-AP does without a publisher; an
 * inventory needs somebody who answers.
 */
export function withStandIns(read: ReadDataset, standIns: StandIns): ReadDataset {
  return withPublisher(withTitle(read), standIns);
}

function withTitle(read: ReadDataset): ReadDataset {
  const { record, notes } = read;
  if (record.title !== undefined) return read;
  const title = record.iri === undefined ? record.id : lastPart(record.iri);
  const note: Message = {
    vi: `Không có dcterms:title; tạm lấy "${title}" ở cuối IRI.`,
    en: `There is no dcterms:title; "${title}", the end of the IRI, stands in for it.`,
  };
  return { ...read, record: { ...record, title: { '@none': title } }, notes: [...notes, note] };
}

function withPublisher(read: ReadDataset, { publisher, catalogAgency }: StandIns): ReadDataset {
  const { record } = read;
  if (record.publisher !== undefined) return read;
  if (publisher !== undefined) return { ...read, record: { ...record, publisher } };
  const agency = catalogAgency ?? hostAgency(record.iri);
  if (!agency) return read;
  return {
    record: { ...record, publisher: agency.id },
    agency,
    notes: [...read.notes, noPublisher(agency.id)],
  };
}

function hostAgency(iri: string | undefined): AgencyRecord | undefined {
  const host = iri !== undefined && URL.canParse(iri) ? new URL(iri).hostname : '';
  return host === '' ? undefined : { id: slug(host), name: { '@none': host } };
}

function noPublisher(id: string): Message {
  return {
    vi: `Không có dcterms:publisher; "${id}" tạm đứng tên. Có thể nêu cơ quan bằng --publisher.`,
    en: `There is no dcterms:publisher; "${id}" stands in. Name the agency with --publisher.`,
  };
}
