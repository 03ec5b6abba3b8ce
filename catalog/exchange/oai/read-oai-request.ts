/** What a request asks for, without where a list goes on. */
export interface OaiSelection {
  readonly metadataPrefix: MetadataPrefix;
  /** As the client wrote it: `agency:so-y-te`, `theme:TRAN`. */
  readonly set?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** A list from after a position on. Everything stands in the resumption token, so nothing is kept for a client. */
export interface OaiList extends OaiSelection {
  readonly after: number;
  /** How many were given before. */
  readonly cursor: number;
  /** How many there were when the list was begun. Absent: it begins here. */
  readonly total?: number;
}

export type OaiRequest =
  | { readonly verb: 'Identify' | 'ListSets' }
  | { readonly verb: 'ListMetadataFormats'; readonly identifier?: string | undefined }
  | {
      readonly verb: 'GetRecord';
      readonly identifier: string;
      readonly metadataPrefix: MetadataPrefix;
    }
  | { readonly verb: 'ListIdentifiers' | 'ListRecords'; readonly list: OaiList };

export type OaiErrorCode =
  | 'badVerb'
  | 'badArgument'
  | 'badResumptionToken'
  | 'cannotDisseminateFormat'
  | 'idDoesNotExist'
  | 'noRecordsMatch';

/** An error of the protocol; it is answered with 200. OAI-PMH 2.0 §3.6. */
export interface OaiError {
  readonly code: OaiErrorCode;
  readonly message: string;
}

export const metadataPrefixes = ['oai_dc', 'dcat_ap', 'dcat'] as const;
export type MetadataPrefix = (typeof metadataPrefixes)[number];

type Read<Value> = { readonly value: Value } | { readonly error: OaiError };
type Arguments = ReadonlyMap<string, string>;

interface VerbForm {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const listForm: VerbForm = { required: ['metadataPrefix'], optional: ['from', 'until', 'set'] };
const forms: Readonly<Record<OaiRequest['verb'], VerbForm>> = {
  Identify: { required: [], optional: [] },
  ListMetadataFormats: { required: [], optional: ['identifier'] },
  ListSets: { required: [], optional: [] },
  GetRecord: { required: ['identifier', 'metadataPrefix'], optional: [] },
  ListIdentifiers: listForm,
  ListRecords: listForm,
};

/**
 * Reads what a harvester sent.
 *
 * `metadataPrefix` beside `resumptionToken` is taken although the protocol forbids it: piveau sends both.
 *
 * @see OAI-PMH 2.0 §3.1.1, §4
 */
export function readOaiRequest(parameters: URLSearchParams): Read<OaiRequest> {
  const verbs = parameters.getAll('verb');
  const verb = verbs[0];
  if (verbs.length !== 1 || !isVerb(verb)) {
    return fail('badVerb', `verb must be one of ${Object.keys(forms).join(', ')}, once`);
  }
  const names = [...parameters.keys()].filter((name) => name !== 'verb');
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) return fail('badArgument', `${repeated} is given more than once`);
  const given: Arguments = new Map(names.map((name) => [name, parameters.get(name) ?? '']));
  const token = given.get('resumptionToken');
  if (token !== undefined && verb.startsWith('List') && verb !== 'ListMetadataFormats') {
    return readResumed(verb, token, names);
  }
  const { required, optional } = forms[verb];
  const unknown = names.find((name) => !required.includes(name) && !optional.includes(name));
  if (unknown !== undefined) return fail('badArgument', `${verb} takes no argument ${unknown}`);
  const missing = required.find((name) => !given.get(name));
  if (missing !== undefined) return fail('badArgument', `${verb} needs the argument ${missing}`);
  return readVerb(verb, given);
}

function readVerb(verb: OaiRequest['verb'], given: Arguments): Read<OaiRequest> {
  if (verb === 'Identify' || verb === 'ListSets') return { value: { verb } };
  if (verb === 'ListMetadataFormats') {
    return { value: { verb, identifier: given.get('identifier') } };
  }
  const selection = readSelection(given);
  if ('error' in selection) return selection;
  if (verb === 'GetRecord') {
    const { metadataPrefix } = selection.value;
    return { value: { verb, identifier: given.get('identifier') ?? '', metadataPrefix } };
  }
  return { value: { verb, list: { ...selection.value, after: 0, cursor: 0 } } };
}

function readSelection(given: Arguments): Read<OaiSelection> {
  const metadataPrefix = given.get('metadataPrefix');
  if (!isPrefix(metadataPrefix)) {
    const known = metadataPrefixes.join(', ');
    return fail('cannotDisseminateFormat', `metadataPrefix must be one of ${known}`);
  }
  const from = given.get('from');
  const until = given.get('until');
  const wrong = [from, until].find((date) => date !== undefined && !isDatestamp(date));
  if (wrong !== undefined) {
    return fail(
      'badArgument',
      `"${wrong}" is neither a day nor a second in UTC: YYYY-MM-DDThh:mm:ssZ`,
    );
  }
  if (from !== undefined && until !== undefined) {
    if (from.length !== until.length) {
      return fail('badArgument', 'from and until must be of the same granularity');
    }
    if (from > until) return fail('badArgument', 'from is later than until');
  }
  const set = given.get('set');
  if (set !== undefined && !isSetSpec(set)) return fail('badArgument', `"${set}" is no set`);
  return { value: { metadataPrefix, set, from, until } };
}

/** A day, or a second in UTC, that the calendar has. OAI-PMH 2.0 §3.3. */
function isDatestamp(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 19));
}

function isSetSpec(text: string): boolean {
  return /^[\w.!~*'()-]+(:[\w.!~*'()-]+)*$/.test(text);
}

const tokenForm =
  /^([a-z_]+)!(\d{1,9})!(\d{1,9})!(\d{1,9})!([0-9TZ:-]*)!([0-9TZ:-]*)!([\w.!~*'():-]*)$/;

/** The token by which a list goes on after what was given. */
export function writeResumptionToken(list: Required<Pick<OaiList, 'total'>> & OaiList): string {
  const { metadataPrefix, after, cursor, total, from = '', until = '', set = '' } = list;
  return [metadataPrefix, after, cursor, total, from, until, set].join('!');
}

function readResumed(
  verb: OaiRequest['verb'],
  token: string,
  names: readonly string[],
): Read<OaiRequest> {
  const other = names.find((name) => name !== 'resumptionToken' && name !== 'metadataPrefix');
  if (other !== undefined) return fail('badArgument', `${other} stands beside resumptionToken`);
  const parts = tokenForm.exec(token);
  const bad = fail('badResumptionToken', 'This resumptionToken was not given by this server');
  if (!parts || (verb !== 'ListIdentifiers' && verb !== 'ListRecords')) return bad;
  const [, metadataPrefix = '', after, cursor, total, from, until, set] = parts;
  const given = Object.entries({ metadataPrefix, from, until, set }).flatMap(([name, value]) =>
    value ? [[name, value] as const] : [],
  );
  const selection = readSelection(new Map(given));
  if ('error' in selection) return bad;
  const where = { after: Number(after), cursor: Number(cursor), total: Number(total) };
  return { value: { verb, list: { ...selection.value, ...where } } };
}

function isVerb(text: string | undefined): text is OaiRequest['verb'] {
  return text !== undefined && Object.hasOwn(forms, text);
}

function isPrefix(text: string | undefined): text is MetadataPrefix {
  return metadataPrefixes.some((prefix) => prefix === text);
}

function fail(code: OaiErrorCode, message: string): { readonly error: OaiError } {
  return { error: { code, message } };
}
