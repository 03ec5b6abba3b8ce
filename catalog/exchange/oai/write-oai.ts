import type { LangText } from '../../kernel/lang-text.ts';
import { xmlAttribute, xmlText } from '../../kernel/xml.ts';
import { type MetadataPrefix, metadataPrefixes, type OaiError } from './read-oai-request.ts';

export interface OaiHeader {
  readonly identifier: string;
  /** An instant; written to the second. */
  readonly changedAt: string;
  readonly sets: readonly string[];
  readonly isDeleted: boolean;
}

export interface OaiRecord extends OaiHeader {
  /** XML, one element. Absent: the record is deleted. */
  readonly metadata?: string | undefined;
}

export interface OaiSet {
  readonly spec: string;
  readonly name: string;
  readonly description?: string | undefined;
}

export interface OaiEnvelope {
  readonly baseURL: string;
  readonly respondedAt: string;
  /** What was asked, to be said back. Empty when it could not be read. OAI-PMH 2.0 §3.2. */
  readonly asked: readonly (readonly [string, string])[];
}

/** What comes after a page of a list. */
export interface Resumption {
  /** Empty on the last page of several. */
  readonly token: string;
  readonly cursor: number;
  readonly total: number;
}

/** To the second, as Identify says. */
export function datestamp(instant: string): string {
  return `${instant.slice(0, 19)}Z`;
}

export function writeEnvelope(envelope: OaiEnvelope, body: string): string {
  const asked = envelope.asked.map(([name, value]) => ` ${name}="${xmlAttribute(value)}"`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
<responseDate>${datestamp(envelope.respondedAt)}</responseDate>
<request${asked}>${xmlText(envelope.baseURL)}</request>
${body}</OAI-PMH>
`;
}

export function writeError({ code, message }: OaiError): string {
  return `<error code="${code}">${xmlText(message)}</error>\n`;
}

export interface Identity {
  readonly name: string;
  readonly description: LangText;
  readonly baseURL: string;
  readonly adminEmail: string;
  readonly earliestChange: string;
}

export function writeIdentify(identity: Identity): string {
  const descriptions = Object.entries(identity.description).map(
    ([lang, text]) =>
      `<dc:description xml:lang="${xmlAttribute(lang)}">${xmlText(text)}</dc:description>`,
  );
  return `<Identify>
<repositoryName>${xmlText(identity.name)}</repositoryName>
<baseURL>${xmlText(identity.baseURL)}</baseURL>
<protocolVersion>2.0</protocolVersion>
<adminEmail>${xmlText(identity.adminEmail)}</adminEmail>
<earliestDatestamp>${datestamp(identity.earliestChange)}</earliestDatestamp>
<deletedRecord>persistent</deletedRecord>
<granularity>YYYY-MM-DDThh:mm:ssZ</granularity>
<compression>gzip</compression>
<description>${dublinCore(descriptions.join(''))}</description>
</Identify>
`;
}

function dublinCore(elements: string): string {
  return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">${elements}</oai_dc:dc>`;
}

const rdfFormat = {
  schema: 'http://www.openarchives.org/OAI/2.0/rdf.xsd',
  namespace: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
};
const formats: Readonly<Record<MetadataPrefix, { schema: string; namespace: string }>> = {
  oai_dc: {
    schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  },
  dcat_ap: rdfFormat,
  dcat: rdfFormat,
};

export function writeMetadataFormats(): string {
  const written = metadataPrefixes.map(
    (prefix) =>
      `<metadataFormat><metadataPrefix>${prefix}</metadataPrefix><schema>${formats[prefix].schema}</schema><metadataNamespace>${formats[prefix].namespace}</metadataNamespace></metadataFormat>\n`,
  );
  return `<ListMetadataFormats>\n${written.join('')}</ListMetadataFormats>\n`;
}

export function writeSets(sets: readonly OaiSet[]): string {
  const written = sets.map(({ spec, name, description }) => {
    const about =
      description === undefined
        ? ''
        : `<setDescription>${dublinCore(`<dc:description>${xmlText(description)}</dc:description>`)}</setDescription>`;
    return `<set><setSpec>${xmlText(spec)}</setSpec><setName>${xmlText(name)}</setName>${about}</set>\n`;
  });
  return `<ListSets>\n${written.join('')}</ListSets>\n`;
}

export function writeRecord(record: OaiRecord): string {
  return `<GetRecord>\n${recordElement(record)}</GetRecord>\n`;
}

export function writeIdentifiers(
  headers: readonly OaiHeader[],
  resumption: Resumption | undefined,
): string {
  return `<ListIdentifiers>\n${headers.map(headerElement).join('')}${tokenElement(resumption)}</ListIdentifiers>\n`;
}

export function writeRecords(
  records: readonly OaiRecord[],
  resumption: Resumption | undefined,
): string {
  return `<ListRecords>\n${records.map(recordElement).join('')}${tokenElement(resumption)}</ListRecords>\n`;
}

/** Nothing stands before the first child of `metadata`: piveau takes whatever node comes first. */
function recordElement(record: OaiRecord): string {
  const metadata =
    record.metadata === undefined ? '' : `<metadata>${record.metadata.trimEnd()}</metadata>\n`;
  return `<record>\n${headerElement(record)}${metadata}</record>\n`;
}

function headerElement({ identifier, changedAt, sets, isDeleted }: OaiHeader): string {
  const specs = sets.map((spec) => `<setSpec>${xmlText(spec)}</setSpec>`).join('');
  return `<header${isDeleted ? ' status="deleted"' : ''}><identifier>${xmlText(identifier)}</identifier><datestamp>${datestamp(changedAt)}</datestamp>${specs}</header>\n`;
}

function tokenElement(resumption: Resumption | undefined): string {
  if (!resumption) return '';
  const { token, cursor, total } = resumption;
  return `<resumptionToken completeListSize="${total}" cursor="${cursor}">${xmlText(token)}</resumptionToken>\n`;
}
