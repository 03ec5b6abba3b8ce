import { isDeepStrictEqual } from 'node:util';
import type { Dataset } from '../inventory/dataset-repository.ts';
import type { DatasetChange } from '../inventory/write-datasets.ts';
import type { Message } from '../kernel/lang-text.ts';
import { validateDataset } from '../validation/validate-record.ts';
import type { Accepted } from './accept-item.ts';
import type { ImportPolicy } from './import-policy.ts';

/** What becomes of a record that comes in. */
export type Verdict =
  | { readonly kind: 'create' | 'update'; readonly change: DatasetChange }
  | { readonly kind: 'unchanged' }
  /** It is here, and stays as it is. */
  | { readonly kind: 'barred'; readonly reason: Message };

/**
 * Decides what becomes of a record that comes in.
 *
 * @param before the dataset of its id, if there is one
 * @param at when it comes
 */
export function judge(
  { record: incoming, releasable }: Accepted,
  before: Dataset | undefined,
  policy: ImportPolicy,
  at: string,
): Verdict {
  if (!before) {
    const state = policy.firstState === 'published' && !releasable ? 'draft' : policy.firstState;
    const after: Dataset = {
      record: incoming,
      state,
      revision: 1,
      createdAt: at,
      changedAt: at,
      ...(state === 'published' && { releasedAt: at }),
    };
    return { kind: 'create', change: { after, act: 'import' } };
  }
  if (before.state === 'withdrawn') return { kind: 'barred', reason: withdrawn(before) };
  const record = policy.merge(before, incoming);
  if (isDeepStrictEqual(before.record, record)) return { kind: 'unchanged' };
  if (before.state === 'published' && validateDataset(record, policy.toPublish).length > 0) {
    return { kind: 'barred', reason: unreleasable(before) };
  }
  const after: Dataset = { ...before, record, revision: before.revision + 1, changedAt: at };
  return { kind: 'update', change: { before, after, act: 'import' } };
}

const withdrawn = ({ record: { id } }: Dataset): Message => ({
  vi: `"${id}" đã rút khỏi danh mục nên không sửa được nữa; hãy đặt tên khác nếu là tập dữ liệu khác.`,
  en: `"${id}" has been withdrawn and can no longer be changed; give it another name if it is another dataset.`,
});

const unreleasable = ({ record: { id } }: Dataset): Message => ({
  vi: `"${id}" đã công bố, và theo dòng này thì thiếu điều bắt buộc khi công bố; hãy sửa trong biểu mẫu của nó.`,
  en: `"${id}" is published, and with this row it would lack what a release demands; change it in its own form.`,
});
