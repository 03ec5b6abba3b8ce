import type { CriteriaRecord, CriterionRecord } from '../../catalog/model/criterion.ts';

/*
 * The criteria as the fields of a form: `criteria.2.name.vi`. What a form cannot hold, it says as it was typed, and the
 * schema finds it.
 */

/** What was typed, whatever it was; `checkCriteria` tells whether it is a version of the criteria. */
export function criteriaOf(form: URLSearchParams): object {
  const criteria = [...indexesIn(form)].flatMap((index) => {
    const field = (name: string) => form.get(`criteria.${index}.${name}`)?.trim() ?? '';
    const message = (name: string) => ({ vi: field(`${name}.vi`), en: field(`${name}.en`) });
    if (field('code') === '' || field('remove') === 'yes') return [];
    const against = field('against');
    const target = targetOf(field('target'));
    return [
      {
        code: field('code'),
        name: message('name'),
        formula: field('formula'),
        formulaInWords: message('formulaInWords'),
        unit: field('unit'),
        ...(target !== undefined && { target }),
        weight: numberOf(field('weight')),
        ...(against !== '' && { against }),
        source: message('source'),
        gaming: message('gaming'),
        counter: message('counter'),
      },
    ];
  });
  const plan = form.get('plan')?.trim();
  const inForceFrom = form.get('inForceFrom')?.trim();
  return { ...(plan && { plan }), ...(inForceFrom && { inForceFrom }), criteria };
}

function indexesIn(form: URLSearchParams): ReadonlySet<string> {
  const found = [...form.keys()].flatMap((key) => /^criteria\.(\d{1,2})\./.exec(key)?.[1] ?? []);
  return new Set(found);
}

/** `2026: 60; 2028: 100`. Absent: nothing was typed; the text itself: it is no list of years. */
function targetOf(written: string): Readonly<Record<string, unknown>> | string | undefined {
  if (written === '') return undefined;
  const parts = written.split(/[;\n]/).map((part) => part.trim());
  const years: Record<string, unknown> = {};
  for (const part of parts.filter((each) => each !== '')) {
    const found = /^(\d{4})\s*[:=]\s*(\S+)$/.exec(part);
    if (!found) return written;
    years[found[1] ?? ''] = numberOf(found[2] ?? '');
  }
  return years;
}

/** A number, with a point or a comma; else the text, which the schema finds. */
function numberOf(written: string): number | string {
  const value = Number(written.replace(',', '.'));
  return written === '' || !Number.isFinite(value) ? written : value;
}

/** The years of a target as one types them. */
export function writeTarget({ target }: Partial<Pick<CriterionRecord, 'target'>>): string {
  if (typeof target === 'string') return target;
  return Object.entries(target ?? {})
    .map(([year, value]) => `${year}: ${value}`)
    .join('; ');
}

/** A version as the next one begins: everything but the day. */
export function nextVersion({ inForceFrom: _, ...record }: CriteriaRecord): CriteriaRecord {
  return record;
}
