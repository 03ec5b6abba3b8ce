import { describe, expect, it } from 'vitest';
import { formats } from '../../../catalog/kernel/formats.ts';
import { schemas } from '../../../catalog/model/schemas.ts';
import { vocabulary } from '../../../catalog/model/vocabularies.ts';
import { validateAgainst } from '../../../catalog/validation/json-schema.ts';
import { messageFor } from '../../../catalog/validation/messages.ts';

// Keywords that compose, annotate or name, and so never fail by themselves.
const silent = /^(\$.*|x-(?!vocabulary).*|title|description|if|then|else|allOf|properties|items)$/;

/** Every keyword and every format that a schema uses. */
function used(node: unknown, found = { keywords: new Set<string>(), formats: new Set<string>() }) {
  if (Array.isArray(node)) for (const item of node) used(item, found);
  else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties' || key === '$defs') used(Object.values(value as object), found);
      else if (['x-labels', 'x-en', 'x-groups', 'dependentRequired', 'enum'].includes(key)) {
        found.keywords.add(key);
      } else {
        found.keywords.add(key);
        if (key === 'format') found.formats.add(String(value));
        used(value, found);
      }
    }
  }
  return found;
}

const all = used([...schemas.values()]);
const params = {
  allowedValues: ['a'],
  type: 'string',
  format: 'text',
  limit: 1,
  pattern: 'x',
  missingProperty: 'a',
  additionalProperty: 'a',
  propertyName: 'a',
  property: 'a',
  i: 1,
  j: 0,
};

describe('the messages', () => {
  it.each([...all.keywords].filter((keyword) => !silent.test(keyword)))(
    'have words of their own for %s in both languages',
    (keyword) => {
      const asked = keyword === 'x-vocabulary' ? 'enum' : keyword;
      const message = messageFor({ keyword: asked, params, data: 'x' } as never);

      expect(message.vi).not.toBe(message.en);
      // What nobody has words for names the keyword in brackets.
      expect(message.en).not.toContain(`(${asked})`);
    },
  );

  it.each([...all.formats])('say what the format %s wants', (format) => {
    const say = { keyword: 'format', params: { format }, data: 'x' };
    const { vi, en } = messageFor(say as never);

    expect(Object.keys(formats)).toContain(format);
    expect(en).not.toBe(`The value "x" must be ${format}.`);
    expect(vi).not.toContain(` ${format}.`);
  });

  it.each([
    { because: 'a huge list', value: Array.from({ length: 1e6 }, () => 'x') },
    { because: 'a huge text', value: 'x'.repeat(1e6) },
    { because: 'a deep nest', value: JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) },
  ])('quote $because shortly', ({ value }) => {
    const { en } = messageFor({ keyword: 'type', params: { type: 'x' }, data: value } as never);

    expect(en.length).toBeLessThan(200);
  });

  it('name every code of a small table, and where a repeated item first stood', () => {
    const record = { id: 'a', title: { vi: 'A' }, publisher: 'b', theme: ['X', 'TRAN', 'TRAN'] };
    const findings = validateAgainst('dataset.schema.json', record);
    const first = vocabulary('data-theme').concepts[0]?.code ?? '';

    expect(findings.map(({ pointer, keyword }) => [pointer, keyword])).toEqual(
      expect.arrayContaining([
        ['/theme/0', 'enum'],
        ['/theme', 'uniqueItems'],
      ]),
    );
    expect(findings.find(({ keyword }) => keyword === 'enum')?.message.en).toContain(first);
    expect(findings.find(({ keyword }) => keyword === 'uniqueItems')?.message.en).toBe(
      'Items 2 and 3 are the same; remove one.',
    );
  });

  it('point at a field whose name has a slash or a tilde as RFC 6901 writes it', () => {
    const record = { id: 'a', title: { vi: 'A' }, publisher: 'b', 'a/b~c': 1 };

    expect(validateAgainst('dataset.schema.json', record)).toMatchObject([
      { pointer: '/a~1b~0c', keyword: 'additionalProperties' },
    ]);
  });
});
