import { type Actor, mayAct } from '../../catalog/access/actor.ts';
import { type InquiryAct, inquiryTransitions } from '../../catalog/reuse/inquiry-lifecycle.ts';
import type { Inquiry } from '../../catalog/reuse/inquiry-repository.ts';
import type { UsedDataset } from '../../catalog/reuse/used-dataset-repository.ts';
import type { AgencyNames } from './dataset-card.ts';
import type { FormFindings } from './findings.ts';
import { inquiryTitle, lateness } from './inquiry-view.ts';
import type { PageContext, Shown } from './page-context.ts';
import { labelOf, titleOf } from './public-form.ts';
import { type DatasetLink, datasetLinks } from './reuse-page.ts';
import { type Choice, choicesWith } from './select-choices.ts';

/** Which inquiries of the desk are listed. */
export type DeskView = 'open' | 'overdue' | 'answered' | 'all';
export const deskViews: readonly DeskView[] = ['open', 'overdue', 'answered', 'all'];

export interface InquiryDeskPage {
  readonly views: readonly {
    readonly label: string;
    readonly href: string;
    readonly isHere: boolean;
  }[];
  readonly rows: readonly InquiryDeskRow[];
}

export interface InquiryDeskRow {
  readonly href: string;
  readonly title: Shown;
  readonly kind: string;
  readonly state: string;
  readonly agency: string;
  readonly due: string;
  readonly late?: string;
  readonly handler: string;
  readonly supporters: string;
}

export function inquiryDeskPage(
  inquiries: readonly Inquiry[],
  view: DeskView,
  agencies: AgencyNames,
  today: string,
  context: PageContext,
): InquiryDeskPage {
  return {
    views: deskViews.map((each) => ({
      label: context.t(`workspace.inquiries.view.${each}`),
      href: context.url(`/workspace/inquiries?view=${each}`),
      isHere: each === view,
    })),
    rows: inquiries.map((inquiry) => {
      const late = lateness(inquiry, today, context);
      return {
        href: context.url(`/workspace/inquiries/${inquiry.id}`),
        title: inquiryTitle(inquiry, true, context),
        kind: context.t(`workspace.inquiries.kind.${inquiry.kind}`),
        state: context.t(`inquiry.state.${inquiry.state}`),
        agency: agencyName(inquiry.agency, agencies, context),
        due: context.date(inquiry.due),
        ...(late !== undefined && { late }),
        handler: inquiry.handler ?? '',
        supporters: inquiry.kind === 'request' ? context.number(inquiry.supporters) : '',
      };
    }),
  };
}

/** One inquiry as those read it who answer it, with what they may do. */
export interface InquiryAtDeskPage {
  readonly title: Shown;
  readonly state: string;
  readonly late?: string;
  readonly isShown: boolean;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly datasets: readonly DatasetLink[];
  readonly page: string;
  /** The acts that are possible now, and the address of each. */
  readonly acts: Readonly<Partial<Record<InquiryAct, string>>>;
  readonly needsLaw: boolean;
  readonly takesDataset: boolean;
  readonly agencies: readonly Choice[];
  readonly typed: Readonly<Record<'answer' | 'dataset' | 'legalReason' | 'reason', string>>;
  readonly problems: readonly string[];
  /** Beside the field, in the form that was sent. */
  readonly tried: string;
  readonly problemOf: Readonly<
    Record<'answer' | 'dataset' | 'legalReason' | 'reason' | 'agency', string>
  >;
}

export interface InquiryAtDeskInput {
  readonly inquiry: Inquiry;
  readonly actor: Actor;
  readonly datasets: ReadonlyMap<string, UsedDataset>;
  readonly agencies: AgencyNames;
  readonly today: string;
  readonly form: URLSearchParams;
  readonly tried: InquiryAct | undefined;
  readonly findings: FormFindings;
}

export function inquiryAtDeskPage(
  input: InquiryAtDeskInput,
  context: PageContext,
): InquiryAtDeskPage {
  const { inquiry, form, findings, agencies } = input;
  const late = lateness(inquiry, input.today, context);
  const names = [...agencies]
    .filter(([id]) => id !== inquiry.agency)
    .map(([value, name]) => ({ value, label: context.show(name).text }))
    .sort((a, b) => context.compare(a.label, b.label));
  const isRequest = inquiry.kind === 'request';
  const typed = (name: string) => form.get(name) ?? '';
  const problem = (name: string) => findings.at(`/${name}`) ?? '';
  return {
    title: inquiryTitle(inquiry, true, context),
    state: context.t(`inquiry.state.${inquiry.state}`),
    ...(late !== undefined && { late }),
    isShown: inquiry.isShown,
    facts: factsOf(input, context),
    datasets: inquiry.dataset ? datasetLinks([inquiry.dataset], input.datasets, context) : [],
    page: context.url(`/${inquiry.kind}/${inquiry.id}`),
    acts: actsOf(input, context),
    needsLaw: isRequest,
    takesDataset: isRequest,
    agencies: choicesWith(names, typed('agency') || undefined),
    typed: {
      answer: typed('answer') || (inquiry.answer?.text['vi'] ?? ''),
      dataset: typed('dataset') || (isRequest ? (inquiry.dataset ?? '') : ''),
      legalReason: typed('legalReason'),
      reason: typed('reason'),
    },
    problems: findings.problems,
    tried: input.tried ?? '',
    problemOf: {
      answer: problem('answer'),
      dataset: problem('dataset'),
      legalReason: problem('legalReason'),
      reason: problem('reason'),
      agency: problem('agency'),
    },
  };
}

function actsOf(
  { inquiry, actor }: InquiryAtDeskInput,
  context: PageContext,
): InquiryAtDeskPage['acts'] {
  const possible = Object.entries(inquiryTransitions).flatMap(([act, { from, roles }]) => {
    const isDone = act === 'show' && inquiry.isShown;
    const isOnlyOfRequests = act === 'plan' && inquiry.kind === 'feedback';
    const may = from.includes(inquiry.state) && mayAct(actor, roles, inquiry.agency);
    if (isDone || isOnlyOfRequests || !may) return [];
    return [[act, context.url(`/workspace/inquiries/${inquiry.id}/${act}`)] as const];
  });
  return Object.fromEntries(possible);
}

function factsOf({ inquiry, agencies }: InquiryAtDeskInput, context: PageContext) {
  const { kind, record, email, handler, answer, reason } = inquiry;
  const { t } = context;
  const title = (name: string) => titleOf(kind, name, context);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [title('description'), Object.values(record.description).join('\n')],
    ...(kind === 'feedback'
      ? ([
          [title('distribution'), record.distribution],
          [title('place'), record.place],
        ] as const)
      : ([
          [
            title('requester'),
            record.requester && labelOf('request', 'requester', record.requester, context),
          ],
          [title('agency'), record.agency && agencyName(record.agency, agencies, context)],
        ] as const)),
    [title('email'), email],
    [t('inquiry.agency'), agencyName(inquiry.agency, agencies, context)],
    [t('workspace.inquiries.handler'), handler],
    [t('workspace.inquiries.received'), context.moment(inquiry.receivedAt)],
    [t('workspace.inquiries.due'), context.date(inquiry.due)],
    [t('inquiry.answer'), answer && Object.values(answer.text).join('\n')],
    [t('workspace.inquiries.law'), answer?.legalReason],
    [t('workspace.reuses.reason'), reason],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function agencyName(id: string | undefined, agencies: AgencyNames, context: PageContext): string {
  if (id === undefined) return context.t('workspace.inquiries.noAgency');
  return context.show(agencies.get(id) ?? { [context.lang]: id }).text;
}
