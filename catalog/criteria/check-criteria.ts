import type { Finding } from '../kernel/errors.ts';
import type { CriteriaRecord } from '../model/criterion.ts';
import { validateAgainst } from '../validation/json-schema.ts';
import { measuresOf } from './formula/formula.ts';
import { parseFormula } from './formula/parse-formula.ts';
import { measures } from './measures/registry.ts';

/** What is wrong with a version of the criteria, each with its place. None: it can be computed. */
export function checkCriteria(input: unknown): readonly Finding[] {
  const findings = validateAgainst('criteria-set.schema.json', input);
  if (findings.length > 0) return findings;
  const { criteria } = input as CriteriaRecord;
  const places = new Map<string, number>();
  return criteria.flatMap((criterion, index) => {
    const place = `/criteria/${index}`;
    const first = places.get(criterion.code);
    if (first === undefined) places.set(criterion.code, index);
    return [
      ...(first === undefined ? [] : [twice(`${place}/code`, criterion.code, first)]),
      ...checkFormula(criterion.formula, `${place}/formula`),
      ...(criterion.against === undefined || measures.has(criterion.against)
        ? []
        : [unknownMeasure(criterion.against, `${place}/against`)]),
    ];
  });
}

/**
 * What is wrong with a formula: where it cannot be read, else each measure that there is not.
 *
 * @param pointer where the formula stands
 */
export function checkFormula(text: string, pointer: string): readonly Finding[] {
  const { formula, problem } = parseFormula(text);
  if (problem) {
    const { position, message } = problem;
    return [
      {
        pointer,
        keyword: 'formula',
        message: {
          vi: `Ký tự ${position}: ${message.vi}`,
          en: `Character ${position}: ${message.en}`,
        },
      },
    ];
  }
  return measuresOf(formula)
    .filter((name) => !measures.has(name))
    .map((name) => unknownMeasure(name, pointer));
}

function unknownMeasure(name: string, pointer: string): Finding {
  const known = [...measures.keys()].sort().join(', ');
  return {
    pointer,
    keyword: 'measure',
    message: {
      vi: `Không có số đo "${name}"; các số đo: ${known}.`,
      en: `There is no measure "${name}"; there are: ${known}.`,
    },
  };
}

function twice(pointer: string, code: string, first: number): Finding {
  return {
    pointer,
    keyword: 'uniqueItems',
    message: {
      vi: `Mã "${code}" đã dùng cho tiêu chí thứ ${first + 1}; hãy đặt mã khác.`,
      en: `The code "${code}" belongs to criterion ${first + 1} already; choose another.`,
    },
  };
}
