import { describe, expect, it } from 'vitest';
import { createPageMemory } from '../../../server/http/page-memory.ts';

const million = 'x'.repeat(1024 * 1024);

describe('pages that are remembered', () => {
  it('are known by their ETag long after their text was forgotten, the last shown longest', () => {
    const memory = createPageMemory();
    for (let page = 0; page < 8; page += 1)
      memory.keep(`${page}`, { etag: `e${page}`, html: million });
    expect(memory.find('0')?.html).toBe(million);

    memory.keep('8', { etag: 'e8', html: million });

    expect(memory.find('1')).toEqual({ etag: 'e1', html: undefined });
    expect(memory.find('0')).toEqual({ etag: 'e0', html: million });
    expect(memory.find('9')).toBeUndefined();
  });

  it('are forgotten altogether beyond fifty thousand', () => {
    const memory = createPageMemory();
    for (let page = 0; page <= 50_000; page += 1) memory.keep(`${page}`, { etag: 'e', html: '' });

    expect(memory.find('0')).toBeUndefined();
    expect(memory.find('1')).toEqual({ etag: 'e', html: '' });
  });

  it('may be made again after their text was forgotten', () => {
    const memory = createPageMemory();
    for (let page = 0; page < 20; page += 1) memory.keep(`${page}`, { etag: 'e', html: million });

    memory.keep('0', { etag: 'e', html: million });

    expect(memory.find('0')?.html).toBe(million);
    expect(memory.find('19')?.html).toBe(million);
    expect(memory.find('12')?.html).toBeUndefined();
  });
});
