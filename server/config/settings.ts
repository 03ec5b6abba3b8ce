import { isIP } from 'node:net';
import { isDate, isEmail } from '../../catalog/kernel/formats.ts';

/** One thing an operator can set. The name is also the environment variable. */
export interface Setting<Value> {
  readonly name: string;
  readonly about: string;
  readonly secret?: true;
  /** @throws {SettingError} when what is written cannot be used */
  read(written: string | undefined, environment: Environment): Value;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the environment, one line each. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Every setting of the product, once. README and docs/configuration.md are checked against this list. */
export const settings = {
  host: {
    name: 'HOST',
    about: 'Address to listen on. Default 127.0.0.1.',
    read: (written) => written ?? '127.0.0.1',
  } satisfies Setting<string>,
  port: {
    name: 'PORT',
    about: 'TCP port to listen on; 0 takes any free one. Default 3000.',
    read: (written) => wholeNumber('PORT', written ?? '3000', 0, 65_535),
  } satisfies Setting<number>,
  baseURL: {
    name: 'BASE_URL',
    about: 'Public origin; every IRI the catalogue mints starts with it. Default http://HOST:PORT.',
    read: (written, environment) =>
      written === undefined
        ? `http://${environment['HOST'] ?? '127.0.0.1'}:${environment['PORT'] ?? '3000'}`
        : origin('BASE_URL', written),
  } satisfies Setting<string>,
  databaseURL: {
    name: 'DATABASE_URL',
    about: 'sqlite:PATH, or postgres://… to scale out. Default sqlite:DATA_DIR/khue.db.',
    secret: true,
    read: (written, environment) =>
      databaseURL('DATABASE_URL', written ?? `sqlite:${environment['DATA_DIR'] ?? 'data'}/khue.db`),
  } satisfies Setting<string>,
  databaseReadURL: {
    name: 'DATABASE_READ_URL',
    about: 'A read replica of a PostgreSQL DATABASE_URL. Default: none.',
    secret: true,
    read: (written) =>
      written === undefined ? undefined : databaseURL('DATABASE_READ_URL', written),
  } satisfies Setting<string | undefined>,
  dataDir: {
    name: 'DATA_DIR',
    about: 'Folder of uploaded files and, by default, of the SQLite database. Default data.',
    read: (written) => written ?? 'data',
  } satisfies Setting<string>,
  sessionSecret: {
    name: 'SESSION_SECRET',
    about:
      'Signs sessions and links; at least 32 characters. Required to serve with PostgreSQL. Default: made in DATA_DIR.',
    secret: true,
    read: (written) =>
      written === undefined ? undefined : longText('SESSION_SECRET', written, 32),
  } satisfies Setting<string | undefined>,
  oidcIssuer: {
    name: 'OIDC_ISSUER',
    about: 'The provider of single sign-on, as its discovery document names itself. Default: none.',
    read: (written, environment) => {
      if (written === undefined) return undefined;
      if (!environment['OIDC_CLIENT_ID']) {
        throw new SettingError('OIDC_CLIENT_ID must be set with OIDC_ISSUER');
      }
      return issuer('OIDC_ISSUER', written);
    },
  } satisfies Setting<string | undefined>,
  oidcClientId: {
    name: 'OIDC_CLIENT_ID',
    about: 'What the provider calls this installation.',
    read: (written) => written,
  } satisfies Setting<string | undefined>,
  oidcClientSecret: {
    name: 'OIDC_CLIENT_SECRET',
    about: 'Its secret there. Default: none, a public client; PKCE is used with both.',
    secret: true,
    read: (written) => written,
  } satisfies Setting<string | undefined>,
  trustProxy: {
    name: 'TRUST_PROXY',
    about: 'How many proxies stand in front; their X-Forwarded-For is believed. Default 0.',
    read: (written) => wholeNumber('TRUST_PROXY', written ?? '0', 0, 10),
  } satisfies Setting<number>,
  ownNetworks: {
    name: 'USAGE_OWN_NETWORKS',
    about:
      'Networks of the own offices, whose use is not counted: 10.1.0.0/16, 2001:db8::/48, parted by commas. Default none.',
    read: (written) => networks('USAGE_OWN_NETWORKS', written ?? ''),
  } satisfies Setting<readonly string[]>,
  eventMonths: {
    name: 'USAGE_EVENT_MONTHS',
    about: 'Months before the present one of which each use is kept as an event. Default 3.',
    read: (written) => wholeNumber('USAGE_EVENT_MONTHS', written ?? '3', 0, 120),
  } satisfies Setting<number>,
  dayMonths: {
    name: 'USAGE_DAY_MONTHS',
    about:
      'Months before the present one of which use is kept by day; by month for ever. Default 36.',
    read: (written) => wholeNumber('USAGE_DAY_MONTHS', written ?? '36', 1, 1200),
  } satisfies Setting<number>,
  requestDays: {
    name: 'REQUEST_WORKING_DAYS',
    about: 'Working days in which a request for data is to be answered. Default 15.',
    read: (written) => wholeNumber('REQUEST_WORKING_DAYS', written ?? '15', 1, 250),
  } satisfies Setting<number>,
  feedbackDays: {
    name: 'FEEDBACK_WORKING_DAYS',
    about: 'Working days in which a report of a problem in data is to be answered. Default 10.',
    read: (written) => wholeNumber('FEEDBACK_WORKING_DAYS', written ?? '10', 1, 250),
  } satisfies Setting<number>,
  holidays: {
    name: 'HOLIDAYS',
    about:
      'Days off beside weekends, 1/1, 30/4, 1/5 and 2/9, such as those of Tết: 2027-02-05, parted by commas. Default none.',
    read: (written) => dates('HOLIDAYS', written ?? ''),
  } satisfies Setting<readonly string[]>,
  smtpURL: {
    name: 'SMTP_URL',
    about:
      'The mail server: smtp://user:password@host:587, or smtps://…; ?requireTLS=true refuses to go on without TLS. Default: none, no mail is sent.',
    secret: true,
    read: (written, environment) => {
      if (written === undefined) return undefined;
      if (!environment['MAIL_FROM']) {
        throw new SettingError('MAIL_FROM must be set with SMTP_URL');
      }
      return smtpURL('SMTP_URL', written);
    },
  } satisfies Setting<string | undefined>,
  mailFrom: {
    name: 'MAIL_FROM',
    about:
      'Whom mail comes from: Dữ liệu mở Hà Nội <khong-tra-loi@hanoi.gov.vn>. Required with SMTP_URL.',
    read: (written) => (written === undefined ? undefined : sender('MAIL_FROM', written)),
  } satisfies Setting<Sender | undefined>,
  previewMegabytes: {
    name: 'PREVIEW_MEGABYTES',
    about:
      'Room in DATA_DIR for the tables that files are turned into for looking at; the longest unused go first. Default 2000.',
    read: (written) => wholeNumber('PREVIEW_MEGABYTES', written ?? '2000', 10, 10_000_000),
  } satisfies Setting<number>,
  logLevel: {
    name: 'LOG_LEVEL',
    about: `One of ${logLevels.join(', ')}. Default info.`,
    read: (written) => oneOf('LOG_LEVEL', written ?? 'info', logLevels),
  } satisfies Setting<LogLevel>,
  concurrency: {
    name: 'WEB_CONCURRENCY',
    about: 'Processes that serve. Default 1.',
    read: (written) => wholeNumber('WEB_CONCURRENCY', written ?? '1', 1, 64),
  } satisfies Setting<number>,
};

/** An address of mail, with the name that is shown for it. */
export interface Sender {
  readonly name: string;
  readonly address: string;
}

export type Config = {
  readonly [Key in keyof typeof settings]: ReturnType<(typeof settings)[Key]['read']>;
};

/**
 * Reads every setting from the environment.
 *
 * @throws {SettingError} with a line for each that is wrong
 */
export function readConfig(environment: Environment): Config {
  const complaints: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings)) {
    const written = environment[setting.name];
    try {
      config[key] = setting.read(written === '' ? undefined : written, environment);
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      complaints.push(error.message);
    }
  }
  if (complaints.length > 0) throw new SettingError(complaints.join('\n'));
  return Object.freeze(config) as Config;
}

function wholeNumber(name: string, written: string, from: number, to: number): number {
  const value = Number(written);
  if (/^\d+$/.test(written) && value >= from && value <= to) return value;
  throw new SettingError(`${name} must be a whole number from ${from} to ${to}, not "${written}"`);
}

function networks(name: string, written: string): readonly string[] {
  const list = written
    .split(',')
    .map((network) => network.trim())
    .filter((network) => network !== '');
  const wrong = list.find((network) => !isNetwork(network));
  if (wrong === undefined) return list;
  throw new SettingError(`${name} must be networks such as 10.1.0.0/16, not "${wrong}"`);
}

function dates(name: string, written: string): readonly string[] {
  const list = written
    .split(',')
    .map((date) => date.trim())
    .filter((date) => date !== '');
  const wrong = list.find((date) => !isDate(date));
  if (wrong === undefined) return list;
  throw new SettingError(`${name} must be dates such as 2027-02-05, not "${wrong}"`);
}

function isNetwork(written: string): boolean {
  const [address = '', bits = '', ...more] = written.split('/');
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  return version !== 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

function longText(name: string, written: string, least: number): string {
  if (written.length >= least) return written;
  throw new SettingError(`${name} must have at least ${least} characters, not ${written.length}`);
}

function oneOf<Word extends string>(name: string, written: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === written);
  if (found !== undefined) return found;
  throw new SettingError(`${name} must be one of ${words.join(', ')}, not "${written}"`);
}

function origin(name: string, written: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') {
    return (url.origin + url.pathname).replace(/\/+$/, '');
  }
  throw new SettingError(
    `${name} must be an origin such as https://data.hanoi.gov.vn, not "${written}"`,
  );
}

/** Over HTTPS, but for a provider on this very machine. */
function issuer(name: string, written: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const isNear = url !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isNear)) return written;
  throw new SettingError(
    `${name} must be an address such as https://id.example.vn/realms/hanoi, not "${written}"`,
  );
}

function smtpURL(name: string, written: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url && /^smtps?:$/.test(url.protocol) && url.hostname !== '') return written;
  // Not told what it was: there is a password in it.
  throw new SettingError(`${name} must be smtp://user:password@host:587 or smtps://…`);
}

function sender(name: string, written: string): Sender {
  const [, shown = '', inner, plain] =
    /^(?:([^<>\r\n]*)<([^<>]+)>|([^<>\r\n]+))$/.exec(written) ?? [];
  const address = (inner ?? plain ?? '').trim();
  if (isEmail(address)) return { name: shown.trim(), address };
  throw new SettingError(
    `${name} must be an address such as Name <name@example.vn>, not "${written}"`,
  );
}

function databaseURL(name: string, written: string): string {
  if (/^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(written)) return written;
  throw new SettingError(`${name} must be sqlite:PATH or postgres://…`);
}
