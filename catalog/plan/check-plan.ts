import type { Finding } from '../kernel/errors.ts';
import type { PlanRecord } from '../model/plan.ts';
import { validateAgainst } from '../validation/json-schema.ts';

/** All that is wrong with what would be the plan of a year; none: it may be saved. */
export function checkPlan(candidate: unknown): readonly Finding[] {
  const findings = validateAgainst('plan.schema.json', candidate);
  return findings.length > 0 ? findings : contradictions(candidate as PlanRecord);
}

/** What a schema cannot say of the criteria. */
function contradictions({ weights, criteria = [] }: PlanRecord): readonly Finding[] {
  const keys = criteria.map(({ key }) => key);
  return [
    ...(weights && criteria.length > 0 ? [weighedTwice] : []),
    ...keys.flatMap((key, index) =>
      keys.indexOf(key) < index ? [repeated(`/criteria/${index}/key`, key)] : [],
    ),
    ...(criteria.length > 0 && criteria.every(({ weight }) => weight === 0) ? [nothingCounts] : []),
  ];
}

const weighedTwice: Finding = {
  pointer: '/weights',
  keyword: 'criteria',
  message: {
    vi: 'Kế hoạch có tiêu chí riêng thì trọng số nằm trong "criteria"; hãy bỏ "weights".',
    en: 'A plan with criteria of its own has their weights in "criteria"; leave "weights" out.',
  },
};

const nothingCounts: Finding = {
  pointer: '/criteria/0/weight',
  keyword: 'minimum',
  message: {
    vi: 'Mọi trọng số đều là 0; hãy cho ít nhất một tiêu chí trọng số lớn hơn 0.',
    en: 'Every weight is 0; give at least one criterion a weight above 0.',
  },
};

function repeated(pointer: string, key: string): Finding {
  return {
    pointer,
    keyword: 'uniqueItems',
    message: {
      vi: `Mã "${key}" đã dùng cho một tiêu chí khác của kế hoạch; hãy đặt mã khác.`,
      en: `The key "${key}" is that of another criterion of the plan already; choose another.`,
    },
  };
}
