import type { Message } from '../kernel/lang-text.ts';
import { pickLanguage } from '../kernel/lang-text.ts';
import type { PlanCriterion } from '../model/plan.ts';
import type { FormField, FormGroup } from './describe-form.ts';

const place = 'inventory/priority';

/** The form of a dataset, asking for the scores of a plan's criteria instead of those that the schema names. */
export function withScores(
  groups: readonly FormGroup[],
  criteria: readonly PlanCriterion[],
): readonly FormGroup[] {
  return groups.map((group) => ({
    ...group,
    fields: group.fields.map((field) =>
      field.path.join('/') === place ? scoresOf(field, criteria) : field,
    ),
  }));
}

/** The form that was sent: whichever plan's scores it asked for are read. */
export function withScoresSent(
  groups: readonly FormGroup[],
  sent: URLSearchParams,
): readonly FormGroup[] {
  const keys = new Set(
    [...sent.keys()].flatMap(
      (name) => /^\/inventory\/priority\/([A-Za-z0-9]+)$/.exec(name)?.[1] ?? [],
    ),
  );
  if (keys.size === 0) return groups;
  return withScores(
    groups,
    [...keys].map((key) => ({ key, name: { vi: key, en: key }, weight: 0 })),
  );
}

function scoresOf(field: FormField, criteria: readonly PlanCriterion[]): FormField {
  const known = (field.groups ?? []).flatMap(({ fields }) => fields);
  const fields = criteria.map((criterion): FormField => {
    const usual = known.find(({ path }) => path[0] === criterion.key);
    const help = stepsOf(criterion) ?? usual?.help;
    return {
      path: [criterion.key],
      kind: 'number',
      label: inBoth(criterion.name),
      ...(help && { help }),
    };
  });
  return { ...field, groups: [{ key: 'all', fields }] };
}

/** `0: …; 3: …; 5: …`; absent: no score is explained. */
function stepsOf({ step = {} }: PlanCriterion): Message | undefined {
  const steps = Object.entries(step).map(([score, text]) => ({ score, text: inBoth(text) }));
  if (steps.length === 0) return undefined;
  const inWords = (lang: 'vi' | 'en') =>
    steps.map(({ score, text }) => `${score}: ${text[lang]}`).join('; ');
  return { vi: inWords('vi'), en: inWords('en') };
}

function inBoth(text: Parameters<typeof pickLanguage>[0]): Message {
  return { vi: pickLanguage(text, 'vi').text, en: pickLanguage(text, 'en').text };
}
