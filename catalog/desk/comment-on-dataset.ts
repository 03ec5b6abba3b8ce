import { randomUUID } from 'node:crypto';
import { type Actor, assertMay } from '../access/actor.ts';
import { recordAct } from '../audit/record-act.ts';
import type { Clock } from '../kernel/clock.ts';
import { CatalogError, type Finding } from '../kernel/errors.ts';
import { isText } from '../kernel/formats.ts';
import { roles } from '../model/lifecycle.ts';
import type { Database } from '../storage/database.ts';
import { commentRepository, type DatasetComment } from './comment-repository.ts';
import { getOwnDataset } from './get-own-dataset.ts';

const longest = 5000;

/**
 * Says something about a dataset to those who work on it.
 *
 * @param input.pointer the field that it is about, RFC 6901; empty: the whole
 * @throws {CatalogError} `invalid` / `comment-invalid` when it is empty, too long, or about no field
 * @throws {CatalogError} `not-found` / `dataset-not-found` for whoever does not work for its agency
 */
export async function commentOnDataset(
  id: string,
  input: { readonly body: string; readonly pointer: string },
  actor: Actor,
  { database, clock }: { readonly database: Database; readonly clock: Clock },
): Promise<DatasetComment> {
  const { record } = await getOwnDataset(id, actor, database.current);
  assertMay(actor, roles, record.publisher);
  const body = input.body.replaceAll('\r\n', '\n').trim();
  const findings = findingsIn(body, input.pointer);
  if (findings.length > 0) throw invalidComment(findings);
  const comment: DatasetComment = {
    id: randomUUID(),
    datasetId: id,
    ...(input.pointer !== '' && { pointer: input.pointer }),
    body,
    author: actor.name,
    ...(actor.id !== undefined && { authorId: actor.id }),
    madeAt: clock(),
  };
  await database.transaction(async (tx) => {
    await commentRepository(tx).add(comment);
    await recordAct(tx, {
      at: comment.madeAt,
      by: actor,
      act: 'dataset.comment',
      subject: `dataset/${id}`,
      agency: record.publisher,
      after: { body, ...(comment.pointer !== undefined && { pointer: comment.pointer }) },
    });
  });
  return comment;
}

function findingsIn(body: string, pointer: string): readonly Finding[] {
  const findings: Finding[] = [];
  if (!isText(body) || body.length > longest) {
    const message = {
      vi: `Nhận xét phải có chữ và không quá ${longest} ký tự.`,
      en: `A comment must have words, and at most ${longest} characters.`,
    };
    findings.push({ pointer: '/body', keyword: 'text', message });
  }
  if (pointer.length > 300 || !/^(\/([^~/]|~[01])*)*$/u.test(pointer)) {
    const message = {
      vi: 'Hãy chọn một trường của bản ghi, hoặc để trống.',
      en: 'Choose a field of the record, or leave it empty.',
    };
    findings.push({ pointer: '/pointer', keyword: 'pointer', message });
  }
  return findings;
}

function invalidComment(findings: readonly Finding[]): CatalogError {
  const detail = {
    vi: 'Chưa ghi được nhận xét; hãy sửa chỗ được nêu.',
    en: 'The comment was not kept; correct what is named.',
  };
  return new CatalogError('invalid', 'comment-invalid', detail, { findings });
}
