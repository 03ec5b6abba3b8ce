import { describe, expect, it } from 'vitest';
import { loadContext } from '../../../catalog/dcat/context.ts';
import { schemas } from '../../../catalog/model/schemas.ts';

const context = loadContext('https://data.example.vn');
const records = ['dataset', 'distribution', 'agency', 'catalog', 'data-service', 'dataset-series'];

describe('the schemas', () => {
  it.each([...schemas.keys()])('%s has titles in both languages, down to each field', (file) => {
    const schema = schemas.get(file);
    for (const [name, part] of [
      ['', schema] as const,
      ...Object.entries(schema?.properties ?? {}),
    ]) {
      if (part && '$ref' in part && part.title === undefined) continue;
      if (file === 'release.schema.json' && name !== '') continue;
      expect([name, part?.title, part?.['x-en']?.title]).toEqual([
        name,
        expect.any(String),
        expect.any(String),
      ]);
    }
  });

  it.each(records)('every field of %s has a meaning in the context', (name) => {
    const fields = Object.keys(schemas.get(`${name}.schema.json`)?.properties ?? {});
    const unknown = fields.filter((field) => !context.term(field) && !context.defines(field));

    expect(unknown).toEqual([]);
  });
});
