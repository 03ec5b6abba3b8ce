import type { Finding } from '../kernel/errors.ts';
import type { CriterionRecord } from '../model/criterion.ts';
import { validateAgainst } from '../validation/json-schema.ts';
import { measuresOf } from './formula/formula.ts';
import { parseFormula } from './formula/parse-formula.ts';
import { measures } from './measures/registry.ts';

/** What is wrong with a version of the criteria, each with its place. None: it can be computed. */
export function checkCriteria(input: unknown): readonly Finding[] {
  const places = new Map<unknown, number>();
  return [
    ...validateAgainst('criteria-set.schema.json', input),
    ...criteriaIn(input).flatMap(({ code, formula, against }, index) => {
      const place = `/criteria/${index}`;
      const first = places.get(code);
      if (first === undefined) places.set(code, index);
      return [
        ...(first === undefined ? [] : [twice(`${place}/code`, String(code), first)]),
        ...(typeof formula === 'string' ? checkFormula(formula, `${place}/formula`) : []),
        ...(typeof against === 'string' && !measures.has(against)
          ? [unknownMeasure(against, `${place}/against`)]
          : []),
      ];
    }),
  ];
}

type Written = Readonly<Partial<Record<keyof CriterionRecord, unknown>>>;

/** The criteria of whatever was sent, as far as they are there. The schema says what else is wrong. */
function criteriaIn(input: unknown): readonly Written[] {
  const { criteria } = (input ?? {}) as { readonly criteria?: unknown };
  if (!Array.isArray(criteria)) return [];
  return criteria.map((each: unknown) => (typeof each === 'object' && each !== null ? each : {}));
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
