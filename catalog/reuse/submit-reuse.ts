import { keyedHash, unguessable } from '../access/keyed-hash.ts';
import { recordAct } from '../audit/record-act.ts';
import { CatalogError, type Finding } from '../kernel/errors.ts';
import type { Picture, ReuseRecord } from '../model/reuse.ts';
import type { Queryable } from '../storage/database.ts';
import { decode, invalid } from './decode.ts';
import { mintId } from './mint-id.ts';
import { type Reuse, reuseRepository } from './reuse-repository.ts';
import { assertRoom, countSubmission, type Sender, type ThrottleDeps } from './throttle.ts';
import { usedDatasetRepository } from './used-dataset-repository.ts';

export interface ReuseDeps extends ThrottleDeps {
  readonly secret: string;
}

/** Keeps the picture that came along; called once everything else is right, so that nothing fills the disk for nothing. */
export type KeepPicture = () => Promise<Picture>;

/** A reuse that waits for a moderator, and the secret with which its submitter comes back, told once. */
export interface Submitted {
  readonly reuse: Reuse;
  readonly key: string;
}

const submission = [{ limit: 'submission' }] as const;
/** In the audit: whoever has the link. */
const submitter = { name: 'submitter' };

/**
 * Takes in what somebody made with the data. Nobody sees it until a moderator publishes it.
 *
 * @throws {CatalogError} `invalid` / `reuse-invalid`; `throttled` / `too-many-submissions`; `conflict`
 */
export async function submitReuse(
  input: unknown,
  keepPicture: KeepPicture | undefined,
  sender: Sender,
  deps: ReuseDeps,
): Promise<Submitted> {
  const { email, ...record } = await decodeReuse(input, deps);
  await assertRoom(sender, submission, deps);
  const picture = await keepPicture?.();
  const at = deps.clock();
  const key = unguessable();
  const reuse: Reuse = {
    id: mintId(),
    state: 'pending',
    record: { ...record, ...(picture && { picture }) },
    email,
    keyHash: hashOf(key, deps),
    submittedAt: at,
    changedAt: at,
    failures: 0,
  };
  await deps.database.transaction(async (tx) => {
    await countSubmission(tx, sender, submission, at);
    await reuseRepository(tx).save(reuse);
  });
  return { reuse, key };
}

/**
 * Gets the reuse that a secret link is for, whatever its state.
 *
 * @throws {CatalogError} `not-found` / `reuse-link-unknown`
 */
export async function getOwnReuse(
  key: string,
  deps: ReuseDeps,
  db: Queryable = deps.database.current,
): Promise<Reuse> {
  const reuse = await reuseRepository(db).findByKey(hashOf(key, deps));
  if (reuse) return reuse;
  throw new CatalogError('not-found', 'reuse-link-unknown', {
    vi: 'Đường dẫn riêng này không đúng; hãy chép lại đủ cả phần sau dấu "=".',
    en: 'This private link is wrong; copy it whole, with all that follows "=".',
  });
}

/**
 * Changes a reuse by its secret link. What is published stays as it is until a moderator has seen the change.
 *
 * @param keepPicture absent: the one it has; null: none
 * @throws {CatalogError} as `submitReuse`; `not-found`; `conflict` / `reuse-withdrawn`
 */
export async function reviseReuse(
  key: string,
  input: unknown,
  keepPicture: KeepPicture | null | undefined,
  sender: Sender,
  deps: ReuseDeps,
): Promise<Reuse> {
  const { email, ...record } = await decodeReuse(input, deps);
  await assertRoom(sender, submission, deps);
  const picture = keepPicture === null ? null : await keepPicture?.();
  const at = deps.clock();
  return deps.database.transaction(async (tx) => {
    const before = await getOwnReuse(key, deps, tx);
    if (before.state === 'withdrawn') throw withdrawnAlready();
    await countSubmission(tx, sender, submission, at);
    const kept = picture === undefined ? (before.revision ?? before.record).picture : picture;
    const revised: ReuseRecord = { ...record, ...(kept && { picture: kept }) };
    const isPublished = before.state === 'published';
    const { reason: _answered, revision: _older, ...rest } = before;
    const after: Reuse = {
      ...rest,
      state: isPublished ? 'published' : 'pending',
      ...(isPublished ? { revision: revised } : { record: revised }),
      email,
      changedAt: at,
    };
    await reuseRepository(tx).save(after);
    return after;
  });
}

/** Takes a reuse off the pages by its secret link, for good. */
export async function withdrawOwnReuse(key: string, deps: ReuseDeps): Promise<void> {
  const at = deps.clock();
  await deps.database.transaction(async (tx) => {
    const before = await getOwnReuse(key, deps, tx);
    if (before.state === 'withdrawn') return;
    const { revision: _dropped, ...rest } = before;
    await reuseRepository(tx).save({ ...rest, state: 'withdrawn', withdrawnAt: at, changedAt: at });
    await reuseRepository(tx).advanceVersion();
    await recordAct(tx, {
      at,
      by: submitter,
      act: 'reuse.withdraw',
      subject: `reuse/${before.id}`,
    });
  });
}

/** The input, whose datasets are all published. One that is not is named as one that there is not. */
async function decodeReuse(input: unknown, { database }: ReuseDeps) {
  const decoded = decode('reuse', input);
  const published = await usedDatasetRepository(database.current).published(decoded.dataset);
  const findings = decoded.dataset.flatMap((id, at): readonly Finding[] => {
    if (published.has(id)) return [];
    const message = {
      vi: `Không có tập dữ liệu "${id}" nào đã công bố; hãy chép mã từ địa chỉ trang của nó.`,
      en: `There is no published dataset "${id}"; copy the id from the address of its page.`,
    };
    return [{ pointer: `/dataset/${at}`, keyword: 'dataset', message }];
  });
  if (findings.length > 0) throw invalid('reuse', findings);
  return decoded;
}

function hashOf(key: string, { secret }: ReuseDeps): string {
  return keyedHash(secret, 'reuse', key);
}

function withdrawnAlready(): CatalogError {
  return new CatalogError('conflict', 'reuse-withdrawn', {
    vi: 'Sản phẩm này đã được gỡ; hãy đăng ký lại nếu cần.',
    en: 'This was taken off; register it anew if you wish.',
  });
}
