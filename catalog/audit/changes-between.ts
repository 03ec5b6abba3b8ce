import { createHash } from 'node:crypto';

/** One place of a record that is different. `from` is absent where there was nothing, `to` where nothing is left. */
export interface Change {
  /** RFC 6901. */
  readonly pointer: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

const longest = 500;
const most = 100;

/**
 * What is different between two JSON values, a pointer each. Long values stand as `{ sha256, length }`: the records
 * themselves are kept in their revisions. After a hundred places the whole is told by its hashes.
 */
export function changesBetween(before: unknown, after: unknown): readonly Change[] {
  const changes: Change[] = [];
  compare(before, after, '', changes);
  return changes.length <= most ? changes : [change('', before, after)];
}

function compare(before: unknown, after: unknown, pointer: string, changes: Change[]): void {
  if (Object.is(before, after)) return;
  if (
    !isContainer(before) ||
    !isContainer(after) ||
    Array.isArray(before) !== Array.isArray(after)
  ) {
    changes.push(change(pointer, before, after));
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const step = key.replaceAll('~', '~0').replaceAll('/', '~1');
    compare(own(before, key), own(after, key), `${pointer}/${step}`, changes);
  }
}

function change(pointer: string, from: unknown, to: unknown): Change {
  return {
    pointer,
    ...(from !== undefined && { from: brief(from) }),
    ...(to !== undefined && { to: brief(to) }),
  };
}

function brief(value: unknown): unknown {
  const text = JSON.stringify(value);
  if (text.length <= longest) return value;
  return { sha256: createHash('sha256').update(text).digest('hex'), length: text.length };
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
