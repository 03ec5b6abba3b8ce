import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePatch } from '../../../catalog/inventory/revise-dataset.ts';

describe('a merge patch', () => {
  // RFC 7396, appendix A.
  it.each([
    { target: '{"a":"b"}', patch: '{"a":"c"}', result: '{"a":"c"}' },
    { target: '{"a":"b"}', patch: '{"b":"c"}', result: '{"a":"b","b":"c"}' },
    { target: '{"a":"b"}', patch: '{"a":null}', result: '{}' },
    { target: '{"a":"b","b":"c"}', patch: '{"a":null}', result: '{"b":"c"}' },
    { target: '{"a":["b"]}', patch: '{"a":"c"}', result: '{"a":"c"}' },
    { target: '{"a":"c"}', patch: '{"a":["b"]}', result: '{"a":["b"]}' },
    { target: '{"a":{"b":"c"}}', patch: '{"a":{"b":"d","c":null}}', result: '{"a":{"b":"d"}}' },
    { target: '{"a":[{"b":"c"}]}', patch: '{"a":[1]}', result: '{"a":[1]}' },
    { target: '["a","b"]', patch: '["c","d"]', result: '["c","d"]' },
    { target: '{"a":"b"}', patch: '["c"]', result: '["c"]' },
    { target: '{"a":"foo"}', patch: 'null', result: 'null' },
    { target: '{"a":"foo"}', patch: '"bar"', result: '"bar"' },
    { target: '{"e":null}', patch: '{"a":1}', result: '{"e":null,"a":1}' },
    { target: '[1,2]', patch: '{"a":"b","c":null}', result: '{"a":"b"}' },
    { target: '{}', patch: '{"a":{"bb":{"ccc":null}}}', result: '{"a":{"bb":{}}}' },
  ])('of $patch makes $result of $target', ({ target, patch, result }) => {
    expect(mergePatch(JSON.parse(target), JSON.parse(patch))).toEqual(JSON.parse(result));
  });

  it('changes nothing of what it was given', () => {
    const target = { title: { vi: 'Một', en: 'One' } };
    mergePatch(target, { title: { en: null, vi: 'Hai' } });

    expect(target).toEqual({ title: { vi: 'Một', en: 'One' } });
  });

  it('reaches no prototype', () => {
    const merged = mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}'));

    expect(Object.prototype).not.toHaveProperty('polluted');
    expect((merged as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('applied twice is as applied once', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (target, patch) => {
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
    );
  });
});
