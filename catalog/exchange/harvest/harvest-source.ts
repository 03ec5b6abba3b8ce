import { CatalogError } from '../../kernel/errors.ts';
import { validateAgainst } from '../../validation/json-schema.ts';

/** Another catalogue that is read time and again; schemas/harvest-source.schema.json. */
export interface HarvestSource {
  readonly name: string;
  readonly format: 'dcat' | 'ckan' | 'datajson';
  readonly url: string;
  readonly publisher?: string;
  readonly language?: string;
  readonly every?: 'hour' | 'day' | 'week' | 'month';
}

/** @throws {CatalogError} `invalid` / `harvest-source-invalid` with every finding */
export function decodeHarvestSource(input: unknown): HarvestSource {
  const findings = validateAgainst('harvest-source.schema.json', input);
  if (findings.length === 0) return input as HarvestSource;
  throw new CatalogError(
    'invalid',
    'harvest-source-invalid',
    {
      vi: 'Nguồn thu thập chưa đúng; hãy sửa từng chỗ được nêu.',
      en: 'The harvest source is not right; correct each place named.',
    },
    { findings },
  );
}

const hours: Readonly<Record<NonNullable<HarvestSource['every']>, number>> = {
  hour: 1,
  day: 24,
  week: 7 * 24,
  month: 30 * 24,
};

/** Hours from the beginning of one round to that of the next; absent: it is read when somebody asks. */
export function hoursBetween({ every }: HarvestSource): number | undefined {
  return every && hours[every];
}
