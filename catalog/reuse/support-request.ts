import { keyedHash } from '../access/keyed-hash.ts';
import { CatalogError } from '../kernel/errors.ts';
import { inquiryNotFound } from './advance-inquiry.ts';
import { openStates } from './inquiry-lifecycle.ts';
import { inquiryRepository } from './inquiry-repository.ts';
import { reuseRepository } from './reuse-repository.ts';
import type { ReuseDeps } from './submit-reuse.ts';
import { assertRoom, countSubmission, type Sender, type Throttled } from './throttle.ts';

/**
 * Adds a visitor's weight to a request, once. What is kept is a hash of the visitor's random cookie and the request
 * under the installation's secret: it tells two visitors of one request apart, and nothing else.
 *
 * @param visitor the random value of their cookie
 * @returns false: they support it already
 * @throws {CatalogError} `not-found` / `request-not-found`; `conflict` / `request-closed`; `throttled`
 */
export async function supportRequest(
  id: string,
  visitor: string,
  sender: Sender,
  deps: ReuseDeps,
): Promise<boolean> {
  const request = await inquiryRepository(deps.database.current).find(id);
  if (request?.kind !== 'request' || !request.isShown || request.state === 'rejected') {
    throw inquiryNotFound('request', id);
  }
  if (![...openStates, 'planned'].includes(request.state)) throw requestClosed();
  const limits: readonly Throttled[] = [{ limit: 'support' }, { limit: 'support-one', of: id }];
  await assertRoom(sender, limits, deps);
  const supporter = keyedHash(deps.secret, 'support', `${id}\n${visitor}`);
  return deps.database.transaction(async (tx) => {
    if (!(await inquiryRepository(tx).support(id, supporter))) return false;
    await countSubmission(tx, sender, limits, deps.clock());
    await reuseRepository(tx).advanceVersion();
    return true;
  });
}

function requestClosed(): CatalogError {
  return new CatalogError('conflict', 'request-closed', {
    vi: 'Yêu cầu này đã có trả lời, không nhận thêm ủng hộ.',
    en: 'This request has its answer; it takes no more support.',
  });
}
