import axios, { AxiosError, type AxiosResponse } from 'axios';
import { useAgent } from 'request-filtering-agent';
import type { LinkCheck } from '../../catalog/quality/link-check-repository.ts';

export interface AskOptions {
  readonly userAgent: string;
  /** Addresses inside the network that may be asked all the same. Tests have a server there. */
  readonly allowIPAddressList?: readonly string[];
  /** For one answer, redirects included. */
  readonly timeoutMs?: number;
}

/** What `::/96`, the old way of writing IPv4 as IPv6, would let through. RFC 4291 §2.5.5.1. */
const denied = ['::/96'];
const mostRedirects = 5;
const patienceMs = 20_000;

/** Answers to HEAD that say nothing of the address: HEAD is not known, not allowed, or not for programs. */
const headIsNoAnswer = (status: number): boolean => status >= 400 && ![404, 410].includes(status);

/**
 * Asks whether an address answers: by HEAD, and where that is refused by a GET whose body is not read. Addresses of
 * inside networks are not asked, however their names resolve and wherever they redirect to. Never throws: what went
 * wrong is in `error`.
 */
export async function askAddress(
  url: string,
  now: () => string,
  { userAgent, allowIPAddressList = [], timeoutMs = patienceMs }: AskOptions,
): Promise<LinkCheck> {
  const checkedAt = now();
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    return { url, checkedAt, error: 'scheme-unknown' };
  }
  const agent = (address: string) =>
    useAgent(address, {
      allowIPAddressList: [...allowIPAddressList],
      denyIPAddressList: denied,
    });
  const ask = (method: 'HEAD' | 'GET') =>
    axios.request<NodeJS.ReadableStream & { destroy(): void }>({
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
      headers: {
        'User-Agent': userAgent,
        Accept: '*/*',
        ...(method === 'GET' && { Range: 'bytes=0-0' }),
      },
    });
  try {
    let response = close(await ask('HEAD'));
    if (headIsNoAnswer(response.status)) response = close(await ask('GET'));
    return { url, checkedAt, status: response.status };
  } catch (error) {
    return { url, checkedAt, error: reasonOf(error) };
  }
}

function close(
  response: AxiosResponse<NodeJS.ReadableStream & { destroy(): void }>,
): AxiosResponse<unknown> {
  response.data.destroy();
  return response;
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
function reasonOf(error: unknown): string {
  if (!(error instanceof AxiosError)) return 'failed';
  if (/is not allowed/.test(error.message)) return 'address-not-public';
  if (/CERT|SSL|TLS/.test(error.code ?? '')) return 'certificate';
  return reasons[error.code ?? ''] ?? 'failed';
}
