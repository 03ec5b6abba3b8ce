import type { Finding } from '../kernel/errors.ts';
import { isIri, isLink, isTemporal } from '../kernel/formats.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { DatasetRecord } from '../model/dataset.ts';
import { validateDataset } from '../validation/validate-record.ts';

export interface Repaired {
  readonly record: DatasetRecord;
  /** What was mended or left out, a message each. */
  readonly notes: readonly Message[];
}

const mostRounds = 4;

/**
 * Mends what can be mended in a record from elsewhere: spaces in addresses are escaped, moments without a zone are
 * taken as UTC, and an optional value that cannot be right is left out. Each is noted.
 *
 * Absent: what is wrong is something a record cannot do without.
 */
export function repairRecord(
  record: DatasetRecord,
  findings: readonly Finding[],
): Repaired | undefined {
  const copy: unknown = structuredClone(record);
  const notes: Message[] = [];
  let open = findings;
  for (let round = 0; round < mostRounds && open.length > 0; round += 1) {
    // From the end, so that taking an item from a list moves none that is still to be mended.
    const ordered = [...open].sort((a, b) => comparePointers(b.pointer, a.pointer));
    for (const finding of ordered) {
      const note = mend(copy, finding);
      if (note) notes.push(note);
    }
    open = validateDataset(copy, 'draft');
  }
  return open.length === 0 ? { record: copy as DatasetRecord, notes } : undefined;
}

function comparePointers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function mend(root: unknown, { pointer }: Finding): Message | undefined {
  const path = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = path.at(-1);
  if (key === undefined) return undefined;
  const parent = path.slice(0, -1).reduce<unknown>(childOf, root);
  if (typeof parent !== 'object' || parent === null) return undefined;
  const value = childOf(parent, key);
  if (value === undefined) return dropItem(root, path);
  const better = typeof value === 'string' ? mended(value) : undefined;
  if (better !== undefined) {
    Object.assign(parent, { [key]: better });
    return changed(pointer, value, better);
  }
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete (parent as Record<string, unknown>)[key];
  return leftOut(pointer, value);
}

/** Takes away the item of a list that lacks what it cannot do without: a distribution without an address. */
function dropItem(root: unknown, path: readonly string[]): Message | undefined {
  for (let depth = path.length - 1; depth > 0; depth -= 1) {
    const list = path.slice(0, depth - 1).reduce<unknown>(childOf, root);
    if (!Array.isArray(list)) continue;
    const [item] = list.splice(Number(path[depth - 1]), 1);
    return leftOut(`/${path.slice(0, depth).join('/')}`, item);
  }
  return undefined;
}

function childOf(node: unknown, key: string): unknown {
  if (typeof node !== 'object' || node === null) return undefined;
  return (node as Readonly<Record<string, unknown>>)[key];
}

/** A better spelling of an address or a moment. Absent: there is none. */
function mended(value: string): string | undefined {
  const text = value.trim();
  const escaped = text.replace(/[\s<>"{}|\\^`]/g, (c) => encodeURIComponent(c));
  if (escaped !== value && (isLink(escaped) || (/^[a-z]+:/i.test(escaped) && isIri(escaped))))
    return escaped;
  const moment = text.replace(' ', 'T');
  const candidates = [text, `${moment}Z`, `${moment}:00Z`, text.slice(0, 10)];
  return /^\d{4}-/.test(text)
    ? candidates.find((candidate) => candidate !== value && isTemporal(candidate))
    : undefined;
}

function changed(pointer: string, from: unknown, to: string): Message {
  return {
    vi: `${pointer}: sửa "${show(from)}" thành "${to}".`,
    en: `${pointer}: mended "${show(from)}" to "${to}".`,
  };
}

function leftOut(pointer: string, value: unknown): Message {
  return {
    vi: `${pointer}: bỏ giá trị không hợp lệ "${show(value)}".`,
    en: `${pointer}: left out the value "${show(value)}", which cannot be right.`,
  };
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
