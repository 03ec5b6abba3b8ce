import type { Criteria } from '../../catalog/criteria/criteria-repository.ts';
import { stateOf } from '../../catalog/criteria/get-criteria.ts';
import { measures } from '../../catalog/criteria/measures/registry.ts';
import type { FormulaPreview } from '../../catalog/criteria/preview-formula.ts';
import type { CriteriaRecord, CriterionRecord } from '../../catalog/model/criterion.ts';
import { schemas } from '../../catalog/model/schemas.ts';
import { writeTarget } from './criteria-form.ts';
import type { FormFindings } from './findings.ts';
import { writeValue } from './indicator-view.ts';
import type { PageContext } from './page-context.ts';

export interface CriteriaInput {
  readonly versions: readonly Criteria[];
  /** The version that may be changed, and what its form shows. Absent: the newest is in force. */
  readonly editing?: {
    readonly version: number;
    readonly revision: number;
    readonly record: CriteriaRecord;
    readonly previews: readonly FormulaPreview[];
  };
  readonly today: string;
  readonly findings: FormFindings;
}

const languages = ['vi', 'en'] as const;
const units = schemas.get('criterion.schema.json')?.properties?.['unit'];

/** The versions of the criteria, and the form of the one that may be changed. */
export function criteriaPage(input: CriteriaInput, context: PageContext) {
  const { versions, editing, today, findings } = input;
  return {
    versions: [...versions].reverse().map((each) => ({
      version: String(each.version),
      state: context.t(`workspace.criteria.state.${stateOf(each, versions, today)}`),
      inForceFrom:
        each.record.inForceFrom === undefined ? '–' : context.date(each.record.inForceFrom),
      plan: each.record.plan ?? '–',
      count: context.number(each.record.criteria.length),
      api: `/api/v1/criteria/${each.version}`,
    })),
    next: String((versions.at(-1)?.version ?? 0) + 1),
    problems: findings.problems,
    ...(editing && {
      form: {
        version: String(editing.version),
        revision: String(editing.revision),
        plan: { value: editing.record.plan ?? '', problem: findings.at('/plan') ?? '' },
        inForceFrom: {
          value: editing.record.inForceFrom ?? '',
          problem: findings.at('/inForceFrom') ?? '',
        },
        criteria: [
          ...editing.record.criteria.map((criterion, index) =>
            fieldset(criterion, index, editing.previews[index], findings, context),
          ),
          fieldset({}, editing.record.criteria.length, undefined, findings, context),
        ],
        measures: [...measures].map(([name, title]) => ({ name, title: title[context.lang] })),
      },
    }),
  };
}

function fieldset(
  criterion: Partial<CriterionRecord>,
  index: number,
  preview: FormulaPreview | undefined,
  findings: FormFindings,
  context: PageContext,
) {
  const field = (name: string, value: unknown, pointer = name) => ({
    id: `criteria.${index}.${name}`,
    label: context.t(`workspace.criteria.${name}`),
    value: value === undefined ? '' : String(value),
    problem: findings.at(`/criteria/${index}/${pointer}`) ?? '',
  });
  const message = (name: 'name' | 'formulaInWords' | 'source' | 'gaming' | 'counter') => ({
    label: context.t(`workspace.criteria.${name}`),
    texts: languages.map((lang) => ({
      ...field(name, criterion[name]?.[lang], `${name}/${lang}`),
      id: `criteria.${index}.${name}.${lang}`,
      lang,
      language: context.t(`workspace.criteria.in.${lang}`),
    })),
  });
  return {
    index: String(index),
    isNew: criterion.code === undefined,
    title: criterion.name?.[context.lang] || context.t('workspace.criteria.new'),
    isWrong: findings.problems.length > 0 && hasProblem(findings, index),
    code: field('code', criterion.code),
    name: message('name'),
    formula: field('formula', criterion.formula),
    preview: previewInWords(preview, criterion, context),
    formulaInWords: message('formulaInWords'),
    unit: {
      ...field('unit', criterion.unit),
      choices: Object.entries(units?.['x-labels'] ?? {}).map(([value, label]) => ({
        value,
        label: label[context.lang],
      })),
    },
    weight: field('weight', criterion.weight),
    target: field('target', writeTarget(criterion)),
    against: field('against', criterion.against),
    others: [message('source'), message('gaming'), message('counter')],
  };
}

/** Whether anything of a criterion is wrong, so that it is shown open. */
function hasProblem(findings: FormFindings, index: number): boolean {
  const names = ['code', 'formula', 'unit', 'weight', 'target', 'against', 'name/vi', 'name/en'];
  const texts = ['formulaInWords', 'source', 'gaming', 'counter'].flatMap((name) => [
    `${name}/vi`,
    `${name}/en`,
  ]);
  return [...names, ...texts].some(
    (name) => findings.at(`/criteria/${index}/${name}`) !== undefined,
  );
}

function previewInWords(
  preview: FormulaPreview | undefined,
  { unit = 'count' }: Partial<CriterionRecord>,
  context: PageContext,
): string {
  if (!preview || preview.findings.length > 0) return '';
  return preview.value === undefined
    ? context.t('workspace.criteria.noValue')
    : context.t('workspace.criteria.wouldBe', { value: writeValue(preview.value, unit, context) });
}
