import type { LinkCheck } from '../../catalog/quality/link-check-repository.ts';
import { type AskOptions, guardedRequest, isAskable, reasonOf } from './guarded-request.ts';

/** Answers to HEAD that say nothing of the address: HEAD is not known, not allowed, or not for programs. */
const headIsNoAnswer = (status: number): boolean => status >= 400 && ![404, 410].includes(status);

/**
 * Asks whether an address answers: by HEAD, and where that is refused by a GET whose body is not read. Addresses of
 * inside networks are not asked. Never throws: what went wrong is in `error`.
 */
export async function askAddress(
  url: string,
  now: () => string,
  options: AskOptions,
): Promise<LinkCheck> {
  const checkedAt = now();
  if (!isAskable(url)) return { url, checkedAt, error: 'scheme-unknown' };
  const ask = async (method: 'HEAD' | 'GET', headers = {}) => {
    const { status, data } = await guardedRequest(method, url, headers, options);
    data.destroy();
    return status;
  };
  try {
    const status = await ask('HEAD');
    if (!headIsNoAnswer(status)) return { url, checkedAt, status };
    return { url, checkedAt, status: await ask('GET', { Range: 'bytes=0-0' }) };
  } catch (error) {
    return { url, checkedAt, error: reasonOf(error) };
  }
}
