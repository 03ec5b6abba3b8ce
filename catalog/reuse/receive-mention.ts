import { CatalogError } from '../kernel/errors.ts';
import { isWeb } from '../kernel/formats.ts';
import type { Message } from '../kernel/lang-text.ts';
import { withoutFragment } from './links-in.ts';
import { type Mention, mentionRepository } from './mention-repository.ts';
import { mintId } from './mint-id.ts';
import { assertRoom, countSubmission, type Sender, type ThrottleDeps } from './throttle.ts';
import { usedDatasetRepository } from './used-dataset-repository.ts';

export interface MentionDeps extends ThrottleDeps {
  readonly baseURL: string;
}

const submission = [{ limit: 'submission' }] as const;
const longest = 1000;

/**
 * Takes in that a page elsewhere links to the page of a dataset. Nothing is believed: a job looks, and a moderator
 * decides. Sent again it is looked at again, unless somebody decided already. Webmention §3.2.
 *
 * @throws {CatalogError} `malformed` / `mention-malformed`; `throttled`; `conflict`
 */
export async function receiveMention(
  input: { readonly source: unknown; readonly target: unknown },
  sender: Sender,
  deps: MentionDeps,
): Promise<Mention> {
  const { baseURL, database } = deps;
  const source = addressOf('source', input.source);
  const target = addressOf('target', input.target);
  if (new URL(source).origin === baseURL) {
    throw malformed('source', {
      vi: 'Trang nguồn phải ở nơi khác, không phải trong danh mục này.',
      en: 'The source must be a page elsewhere, not of this catalogue.',
    });
  }
  const dataset = await targetedDataset(target, deps);
  await assertRoom(sender, submission, deps);
  const at = deps.clock();
  return database.transaction(async (tx) => {
    const known = await mentionRepository(tx).findPair(source, target);
    if (known && known.state !== 'unfounded') return known;
    await countSubmission(tx, sender, submission, at);
    const mention: Mention = {
      id: known?.id ?? mintId(),
      source,
      target,
      dataset,
      state: 'received',
      receivedAt: at,
    };
    await mentionRepository(tx).save(mention);
    return mention;
  });
}

function addressOf(name: 'source' | 'target', value: unknown): string {
  if (typeof value === 'string' && value.length <= longest && isWeb(value)) {
    return withoutFragment(value);
  }
  throw malformed(name, {
    vi: `"${name}" phải là địa chỉ http hoặc https, nhiều nhất ${longest} ký tự.`,
    en: `"${name}" must be an http or https address of at most ${longest} characters.`,
  });
}

/** The published dataset whose page the target is. */
async function targetedDataset(
  target: string,
  { baseURL, database }: MentionDeps,
): Promise<string> {
  const { origin, pathname } = new URL(target);
  const id = /^(?:\/en)?\/dataset\/([^/]+)$/.exec(pathname)?.[1];
  const published = usedDatasetRepository(database.current);
  if (origin === baseURL && id && (await published.published([id])).has(id)) return id;
  throw malformed('target', {
    vi: 'Trang đích phải là trang của một tập dữ liệu đã công bố trong danh mục này.',
    en: 'The target must be the page of a published dataset of this catalogue.',
  });
}

function malformed(name: string, message: Message): CatalogError {
  return new CatalogError('malformed', 'mention-malformed', message, {
    findings: [{ pointer: `/${name}`, keyword: name, message }],
  });
}
