import type { Reuse } from '../../catalog/reuse/reuse-repository.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext, Shown } from './page-context.ts';
import { drawForm, type FormField } from './public-form.ts';

/** A dataset to tick. */
export interface DatasetChoice extends Shown {
  readonly id: string;
  readonly isChosen: boolean;
}

export interface ReuseFormInput {
  readonly fields: URLSearchParams;
  readonly findings: FormFindings;
  /** Those that are chosen, and those that were found. */
  readonly datasets: readonly DatasetChoice[];
  /** What was looked for, and whether it was found. */
  readonly sought?: { readonly words: string; readonly isFound: boolean };
  /** Whose form it is, and with which secret; absent: a new one. */
  readonly own?: { readonly reuse: Reuse; readonly key: string; readonly isNew: boolean };
}

export interface ReuseFormPage {
  readonly heading: string;
  readonly action: string;
  readonly problems: readonly string[];
  readonly texts: readonly FormField[];
  readonly others: readonly FormField[];
  readonly rest: readonly FormField[];
  readonly datasets: readonly DatasetChoice[];
  readonly datasetsLabel: string;
  readonly datasetsProblem: string;
  readonly pictureProblem: string;
  readonly sought?: { readonly words: string; readonly isFound: boolean };
  readonly own?: {
    readonly key: string;
    readonly link: string;
    readonly isNew: boolean;
    readonly state: string;
    readonly reason: string;
    readonly page?: string;
    readonly hasPicture: boolean;
    readonly isOver: boolean;
  };
}

/** The form with which a reuse is registered, or changed by its secret link. */
export function reuseFormPage(input: ReuseFormInput, context: PageContext): ReuseFormPage {
  const { fields, findings, own } = input;
  const form = drawForm('reuse', fields, findings, context);
  const [title, otherTitle] = form.texts('title');
  const [description, otherDescription] = form.texts('description');
  const ofDataset = input.datasets
    .map((_, at) => findings.at(`/dataset/${at}`))
    .find((problem) => problem !== undefined);
  return {
    heading: context.t(own ? 'reuse.manage.heading' : 'reuse.new.heading'),
    action: context.url(own ? '/reuse/manage' : '/reuse/new'),
    problems: findings.problems,
    texts: [title, description].filter((field) => field !== undefined),
    others: [otherTitle, otherDescription].filter((field) => field !== undefined),
    rest: ['type', 'url', 'creator', 'email'].map((id) => form.field(id)),
    datasets: input.datasets,
    datasetsLabel: form.field('dataset').label,
    datasetsProblem: findings.at('/dataset') ?? ofDataset ?? '',
    pictureProblem: findings.at('/picture') ?? '',
    ...(input.sought && { sought: input.sought }),
    ...(own && { own: ownView(own, context) }),
  };
}

function ownView(
  { reuse, key, isNew }: NonNullable<ReuseFormInput['own']>,
  context: PageContext,
): NonNullable<ReuseFormPage['own']> {
  const waits = reuse.revision !== undefined;
  return {
    key,
    isNew,
    link: `${context.baseURL}${context.url(`/reuse/manage?key=${key}`)}`,
    state: context.t(waits ? 'reuse.state.revised' : `reuse.state.${reuse.state}`),
    reason: reuse.reason ?? '',
    ...(reuse.state === 'published' && { page: context.url(`/reuse/${reuse.id}`) }),
    hasPicture: (reuse.revision ?? reuse.record).picture !== undefined,
    isOver: reuse.state === 'withdrawn',
  };
}
