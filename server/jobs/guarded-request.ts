import axios, { AxiosError, type AxiosResponse } from 'axios';
import { useAgent } from 'request-filtering-agent';

export interface AskOptions {
  readonly userAgent: string;
  /** Addresses inside the network that may be asked all the same. Tests have a server there. */
  readonly allowIPAddressList?: readonly string[];
  /** For one answer, redirects included. */
  readonly timeoutMs?: number;
}

/** An answer whose body has not been read. */
export type Unread = AxiosResponse<NodeJS.ReadableStream & { destroy(): void }>;

/** What `::/96`, the old way of writing IPv4 as IPv6, would let through. RFC 4291 §2.5.5.1. */
const denied = ['::/96'];
const mostRedirects = 5;
const patienceMs = 20_000;

/** Whether an address is one that this product asks for at all. */
export function isAskable(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

/**
 * Asks for an address somebody else wrote. Those of inside networks are not asked, however their names resolve and
 * wherever they redirect to.
 *
 * @throws {AxiosError} `reasonOf` says it in a word
 */
export function guardedRequest(
  method: 'HEAD' | 'GET',
  url: string,
  headers: Readonly<Record<string, string>>,
  { userAgent, allowIPAddressList = [], timeoutMs = patienceMs }: AskOptions,
): Promise<Unread> {
  const agent = (address: string) =>
    useAgent(address, {
      allowIPAddressList: [...allowIPAddressList],
      denyIPAddressList: denied,
    });
  return axios.request({
    url,
    method,
    responseType: 'stream',
    proxy: false,
    httpAgent: agent('http://example.vn'),
    httpsAgent: agent('https://example.vn'),
    maxRedirects: mostRedirects,
    timeout: timeoutMs,
    signal: AbortSignal.timeout(timeoutMs),
    validateStatus: () => true,
    decompress: false,
    headers: { 'User-Agent': userAgent, Accept: '*/*', ...headers },
  });
}

const reasons: Readonly<Record<string, string>> = {
  ECONNABORTED: 'timeout',
  ERR_CANCELED: 'timeout',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-unknown',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'broken-off',
  ERR_FR_TOO_MANY_REDIRECTS: 'too-many-redirects',
};

/** Why there was no answer, in a word. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof AxiosError)) return 'failed';
  if (/is not allowed/.test(error.message)) return 'address-not-public';
  if (/CERT|SSL|TLS/.test(error.code ?? '')) return 'certificate';
  return reasons[error.code ?? ''] ?? 'failed';
}
