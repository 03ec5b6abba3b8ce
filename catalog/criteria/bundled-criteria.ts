import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CriterionRecord } from '../model/criterion.ts';
import { schemasFolder } from '../model/schemas.ts';

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(schemasFolder, 'criteria', `${name}.json`), 'utf8'));
}

/** The criteria that every catalogue begins with. The truth is schemas/criteria/*.json. */
export const bundledCriteria: readonly CriterionRecord[] = (
  read('index') as { readonly criteria: readonly string[] }
).criteria.map((code) => read(code) as CriterionRecord);
