import type { Mention } from '../../catalog/reuse/mention-repository.ts';
import { type Reuse, type ReuseState, reuseStates } from '../../catalog/reuse/reuse-repository.ts';
import type { UsedDataset } from '../../catalog/reuse/used-dataset-repository.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext, Shown } from './page-context.ts';
import { drawForm, type FormField, labelOf, titleOf } from './public-form.ts';
import { type DatasetLink, datasetLinks, linkFacts, type ReusePage } from './reuse-page.ts';

/** What waits for the moderators, and what they decided. */
export interface ModerationPage {
  readonly waiting: readonly ModerationRow[];
  readonly mentions: readonly {
    readonly href: string;
    readonly title: string;
    readonly host: string;
    readonly dataset: Shown;
    readonly received: string;
  }[];
  readonly decided: readonly ModerationRow[];
  readonly states: readonly {
    readonly label: string;
    readonly href: string;
    readonly isHere: boolean;
  }[];
}

export interface ModerationRow {
  readonly href: string;
  readonly title: Shown;
  readonly type: string;
  readonly creator: string;
  readonly state: string;
  readonly sent: string;
  readonly isDead: boolean;
}

export interface ModerationInput {
  readonly waiting: readonly Reuse[];
  readonly decided: readonly Reuse[];
  readonly mentions: readonly Mention[];
  readonly datasets: ReadonlyMap<string, UsedDataset>;
  readonly state: ReuseState;
}

export function moderationPage(input: ModerationInput, context: PageContext): ModerationPage {
  const { datasets } = input;
  return {
    waiting: input.waiting.map((reuse) => row(reuse, context)),
    decided: input.decided.map((reuse) => row(reuse, context)),
    mentions: input.mentions.map(({ id, source, title, dataset, receivedAt }) => ({
      href: context.url(`/workspace/mentions/${id}`),
      title: title ?? source,
      host: new URL(source).host,
      dataset: datasetLinks([dataset], datasets, context)[0] ?? { text: dataset },
      received: context.moment(receivedAt),
    })),
    states: reuseStates
      .filter((state) => state !== 'pending')
      .map((state) => ({
        label: context.t(`workspace.reuses.state.${state}`),
        href: context.url(`/workspace/reuses?state=${state}`),
        isHere: state === input.state,
      })),
  };
}

function row(reuse: Reuse, context: PageContext): ModerationRow {
  const { id, record, revision, state, changedAt, deadSince } = reuse;
  return {
    href: context.url(`/workspace/reuses/${id}`),
    title: context.show((revision ?? record).title),
    type: labelOf('reuse', 'type', record.type, context),
    creator: record.creator,
    state: context.t(`workspace.reuses.state.${revision ? 'revised' : state}`),
    sent: context.moment(changedAt),
    isDead: deadSince !== undefined,
  };
}

/** One reuse as its moderator reads it. */
export interface ModeratedReusePage {
  readonly title: Shown;
  readonly state: string;
  readonly reason: string;
  /** Each property, and what it was before a change that waits. */
  readonly facts: readonly {
    readonly label: string;
    readonly now: string;
    readonly before?: string;
  }[];
  readonly href: string;
  readonly host: string;
  readonly link: ReusePage['link'];
  readonly datasets: readonly DatasetLink[];
  readonly picture?: string;
  readonly acts: readonly {
    readonly act: string;
    readonly label: string;
    readonly action: string;
    readonly needsReason: boolean;
  }[];
  readonly problems: readonly string[];
  readonly reasonProblem: string;
  readonly page?: string;
}

export function moderatedReusePage(
  reuse: Reuse,
  datasets: ReadonlyMap<string, UsedDataset>,
  findings: FormFindings,
  context: PageContext,
): ModeratedReusePage {
  const { id, record, revision, state } = reuse;
  const now = revision ?? record;
  const isWaiting = state === 'pending' || revision !== undefined;
  const acts = [
    ...(isWaiting ? ['publish', 'reject'] : []),
    ...(state === 'published' ? ['withdraw'] : []),
  ];
  return {
    title: context.show(now.title),
    state: context.t(`workspace.reuses.state.${revision ? 'revised' : state}`),
    reason: reuse.reason ?? '',
    facts: factsOf(reuse, context),
    href: now.url,
    host: new URL(now.url).host,
    link: linkFacts(reuse, context),
    datasets: datasetLinks(now.dataset, datasets, context),
    ...(now.picture && {
      picture: context.url(`/workspace/reuses/${id}/picture?${now.picture.sha256.slice(0, 12)}`),
    }),
    acts: acts.map((act) => ({
      act,
      label: context.t(`workspace.reuses.act.${act}`),
      action: context.url(`/workspace/reuses/${id}/${act}`),
      needsReason: act !== 'publish',
    })),
    problems: findings.problems,
    reasonProblem: findings.at('/reason') ?? '',
    ...(state === 'published' && { page: context.url(`/reuse/${id}`) }),
  };
}

function factsOf(
  { record, revision, email, submittedAt }: Reuse,
  context: PageContext,
): ModeratedReusePage['facts'] {
  const told = (of: Reuse['record']) =>
    new Map<string, string>([
      ['title', texts(of.title)],
      ['description', texts(of.description)],
      ['type', labelOf('reuse', 'type', of.type, context)],
      ['url', of.url],
      ['creator', of.creator],
    ]);
  const before = told(record);
  const facts = [...told(revision ?? record)].map(([name, now]) => {
    const was = before.get(name);
    const label = titleOf('reuse', name, context);
    return { label, now, ...(was !== now && was !== undefined && { before: was }) };
  });
  return [
    ...facts,
    { label: titleOf('reuse', 'email', context), now: email },
    { label: context.t('workspace.reuses.sent'), now: context.moment(submittedAt) },
  ];
}

function texts(text: Reuse['record']['title']): string {
  return Object.values(text).join('\n');
}

/** A mention, and the form with which it becomes a reuse. */
export interface MentionPage {
  readonly source: string;
  readonly target: string;
  readonly checked: string;
  readonly isOpen: boolean;
  readonly confirm: string;
  readonly refuse: string;
  readonly fields: readonly FormField[];
  readonly problems: readonly string[];
  readonly reasonProblem: string;
}

export function mentionPage(
  { id, source, target, checkedAt, state }: Mention,
  fields: URLSearchParams,
  findings: FormFindings,
  context: PageContext,
): MentionPage {
  const form = drawForm('reuse', fields, findings, context);
  return {
    source,
    target,
    checked: checkedAt === undefined ? '' : context.moment(checkedAt),
    isOpen: state === 'proposed',
    confirm: context.url(`/workspace/mentions/${id}/confirm`),
    refuse: context.url(`/workspace/mentions/${id}/refuse`),
    fields: ['title.vi', 'description.vi', 'type', 'creator'].map((name) => form.field(name)),
    problems: findings.problems,
    reasonProblem: findings.at('/reason') ?? '',
  };
}
