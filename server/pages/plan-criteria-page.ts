import { type FormGroup, formOf } from '../../catalog/form/describe-form.ts';
import type { Finding } from '../../catalog/kernel/errors.ts';
import type { LangText } from '../../catalog/kernel/lang-text.ts';
import type { Ranking } from '../../catalog/model/plan.ts';
import {
  type RankedDataset,
  type RankingPreview,
  risesBy,
} from '../../catalog/plan/preview-ranking.ts';
import { formView, idOf, placeInWords } from './dataset-form-view.ts';
import type { PageContext } from './page-context.ts';

const asked = ['criteria', 'hvdBonus'];

/** What the coordinator writes of a plan's ranking, as the schema of a plan has it. */
export const rankingForm: readonly FormGroup[] = [
  {
    key: 'ranking',
    fields: formOf('plan.schema.json')
      .flatMap(({ fields }) => fields)
      .filter(({ path }) => asked.includes(path.join('/'))),
  },
];

export interface PlanCriteriaInput {
  readonly year: string;
  readonly revision: number;
  /** Whether a decision has frozen a ranking already. */
  readonly isIssued: boolean;
  readonly value: object;
  readonly findings: readonly Finding[];
  /** Somebody else was faster: saved again, what was typed goes over theirs. */
  readonly isStale: boolean;
  /** Absent: what was typed cannot rank anything. */
  readonly preview?: RankingPreview | undefined;
  /** Whether the preview is of what is saved already. */
  readonly isSaved: boolean;
  readonly agencies: ReadonlyMap<string, LangText>;
}

/** The criteria of a plan as a form, and the order of its datasets that they would make. */
export function planCriteriaPage(input: PlanCriteriaInput, context: PageContext) {
  const { year, value, findings, agencies, preview } = input;
  return {
    year,
    heading: context.t('planCriteria.heading', { year }),
    back: context.url(`/workspace/plans/${year}`),
    action: context.url(`/workspace/plans/${year}/criteria`),
    revision: String(input.revision),
    isIssued: input.isIssued,
    problems: [
      ...(input.isStale ? [context.t('planCriteria.stale')] : []),
      ...(findings.length > 0 ? [context.t('planCriteria.wrong')] : []),
    ],
    places: findings.map(({ pointer, message }) => ({
      id: idOf(pointer),
      place: placeInWords(rankingForm, pointer, context),
      message: message[context.lang],
    })),
    groups: formView(rankingForm, { value, findings, agencies }, context),
    isSaved: input.isSaved,
    preview: preview && previewView(preview, agencies, context),
  };
}

/** What a decision ranked by: each criterion that counts with its weight, and the bonus. */
export function rankingInWords({ criteria, hvdBonus }: Ranking, context: PageContext): string {
  const weighed = criteria
    .filter(({ weight }) => weight > 0)
    .map(({ name, weight }) => `${context.show(name).text} (${context.number(weight)})`);
  const bonus = context.t('planCriteria.bonus', { points: context.number(hvdBonus) });
  return context.t('planCriteria.rankedBy', {
    criteria: [...weighed, ...(hvdBonus > 0 ? [bonus] : [])].join(', '),
  });
}

function previewView(
  { datasets, total, rising, falling, unscored }: RankingPreview,
  agencies: ReadonlyMap<string, LangText>,
  context: PageContext,
) {
  return {
    counts: context.t('planCriteria.counts', {
      total: context.number(total),
      rising: context.number(rising),
      falling: context.number(falling),
      unscored: context.number(unscored),
    }),
    first: datasets.length < total ? context.plural('planCriteria.first', datasets.length) : '',
    rows: datasets.map((dataset) => ({
      rank: dataset.after ? context.number(dataset.after.rank) : '–',
      title: context.show(dataset.title),
      href: context.url(`/workspace/datasets/${dataset.id}`),
      agency: context.show(agencies.get(dataset.publisher) ?? { vi: dataset.publisher }),
      before: dataset.before ? context.number(dataset.before.score) : '–',
      after: dataset.after ? context.number(dataset.after.score) : '–',
      move: moveOf(dataset, context),
      isMoved: risesBy(dataset) !== 0,
    })),
  };
}

function moveOf(dataset: RankedDataset, context: PageContext): string {
  if (!dataset.after) return context.t('planCriteria.unscored');
  if (!dataset.before) return context.t('planCriteria.new');
  const places = risesBy(dataset);
  if (places === 0) return context.t('planCriteria.same');
  return context.plural(places > 0 ? 'planCriteria.up' : 'planCriteria.down', Math.abs(places));
}
