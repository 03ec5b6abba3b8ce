import { type Actor, assertMay } from '../access/actor.ts';
import { keyedHash, unguessable } from '../access/keyed-hash.ts';
import { recordAct } from '../audit/record-act.ts';
import { CatalogError } from '../kernel/errors.ts';
import type { Queryable } from '../storage/database.ts';
import { assertReason } from './assert-reason.ts';
import { decode } from './decode.ts';
import { type Mention, mentionRepository } from './mention-repository.ts';
import { mintId } from './mint-id.ts';
import { reuseModerators } from './moderate-reuse.ts';
import { type Reuse, reuseRepository } from './reuse-repository.ts';
import type { ReuseDeps } from './submit-reuse.ts';

/**
 * Takes a mention into the gallery, as the moderator describes it: its page was found to lead to the dataset's.
 *
 * @param input what a reuse says of itself; its address and dataset are the mention's
 * @throws {CatalogError} `forbidden`; `not-found` / `mention-not-found`; `conflict` / `act-not-possible`; `invalid`
 */
export async function confirmMention(
  id: string,
  input: Readonly<Record<string, unknown>>,
  actor: Actor,
  deps: ReuseDeps,
): Promise<Reuse> {
  assertMay(actor, reuseModerators);
  const at = deps.clock();
  return deps.database.transaction(async (tx) => {
    const mention = await getProposed(id, tx);
    const { email, ...record } = decode('reuse', {
      ...input,
      url: mention.source,
      dataset: [mention.dataset],
    });
    const reuse: Reuse = {
      id: mintId(),
      state: 'published',
      record,
      email,
      // Nobody was given the link that would change it.
      keyHash: keyedHash(deps.secret, 'reuse', unguessable()),
      submittedAt: mention.receivedAt,
      changedAt: at,
      publishedAt: at,
      failures: 0,
      ...(mention.checkedAt !== undefined && {
        checkedAt: mention.checkedAt,
        provenAt: mention.checkedAt,
      }),
    };
    await reuseRepository(tx).save(reuse);
    await mentionRepository(tx).save({ ...mention, state: 'confirmed', reuse: reuse.id });
    await reuseRepository(tx).advanceVersion();
    await recordAct(tx, {
      at,
      by: actor,
      act: 'mention.confirm',
      subject: `mention/${id}`,
      before: { state: mention.state, source: mention.source, target: mention.target },
      after: { state: 'confirmed', reuse: reuse.id, ...record },
    });
    return reuse;
  });
}

/**
 * Leaves a mention out, and says why.
 *
 * @throws {CatalogError} as `confirmMention`; `invalid` / `reason-missing`
 */
export async function refuseMention(
  id: string,
  reason: unknown,
  actor: Actor,
  { database, clock }: ReuseDeps,
): Promise<void> {
  assertMay(actor, reuseModerators);
  const why = assertReason(reason);
  await database.transaction(async (tx) => {
    const mention = await getProposed(id, tx);
    await mentionRepository(tx).save({ ...mention, state: 'refused', reason: why });
    await recordAct(tx, {
      at: clock(),
      by: actor,
      act: 'mention.refuse',
      subject: `mention/${id}`,
      before: { state: mention.state, source: mention.source, target: mention.target },
      after: { state: 'refused' },
      reason: why,
    });
  });
}

async function getProposed(id: string, db: Queryable): Promise<Mention> {
  const mention = await mentionRepository(db).find(id);
  if (!mention) {
    throw new CatalogError('not-found', 'mention-not-found', {
      vi: `Không có lần nhắc đến "${id}"; xem những lần đang chờ ở /workspace/reuses.`,
      en: `There is no mention "${id}"; see those that wait at /workspace/reuses.`,
    });
  }
  if (mention.state === 'proposed') return mention;
  throw new CatalogError('conflict', 'act-not-possible', {
    vi: `Lần nhắc đến này đang ở trạng thái "${mention.state}", không còn chờ quyết định.`,
    en: `This mention is "${mention.state}"; it does not wait for a decision.`,
  });
}
