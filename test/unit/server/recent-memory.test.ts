import { describe, expect, it } from 'vitest';
import { createRecentMemory } from '../../../server/http/recent-memory.ts';

describe('a recent memory', () => {
  it('forgets what was asked for longest ago, and never keeps more than it may', () => {
    const memory = createRecentMemory<Buffer>(100, ({ length }) => length);
    memory.keep('a', Buffer.alloc(40));
    memory.keep('b', Buffer.alloc(40));
    memory.find('a');
    memory.keep('c', Buffer.alloc(40));

    expect(['a', 'b', 'c'].map((key) => memory.find(key)?.length)).toEqual([40, undefined, 40]);
  });

  it('does not keep what alone is more than it may keep', () => {
    const memory = createRecentMemory<Buffer>(100, ({ length }) => length);
    memory.keep('a', Buffer.alloc(101));

    expect(memory.find('a')).toBeUndefined();
  });
});
