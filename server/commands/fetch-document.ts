import axios, { isAxiosError } from 'axios';
import { CatalogError } from '../../catalog/kernel/errors.ts';

/** Whether what the shell was given is an address of the web. */
export function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/**
 * A document of the web, as a stream.
 *
 * @throws {CatalogError} `malformed` / `source-unreachable` when there is none
 */
export async function fetchDocument(
  address: string,
  accept: string,
): Promise<{ readonly content: AsyncIterable<Buffer>; readonly mediaType: string }> {
  try {
    const { data, headers } = await axios.get<NodeJS.ReadableStream>(address, {
      responseType: 'stream',
      timeout: 60_000,
      maxRedirects: 5,
      headers: { Accept: accept },
    });
    return {
      content: data as AsyncIterable<Buffer>,
      mediaType: String(headers['content-type'] ?? ''),
    };
  } catch (error) {
    if (!isAxiosError(error)) throw error;
    const { response, code, message } = error;
    const why = response ? `HTTP ${response.status}` : (code ?? message);
    throw new CatalogError(
      'malformed',
      'source-unreachable',
      {
        vi: `Không đọc được ${address} (${why}); hãy kiểm tra địa chỉ và mạng.`,
        en: `${address} could not be read (${why}); check the address and the network.`,
      },
      { cause: error },
    );
  }
}
