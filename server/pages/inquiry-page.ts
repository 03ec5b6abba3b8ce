import { openStates } from '../../catalog/reuse/inquiry-lifecycle.ts';
import type { Inquiry } from '../../catalog/reuse/inquiry-repository.ts';
import type { UsedDataset } from '../../catalog/reuse/used-dataset-repository.ts';
import type { AgencyNames } from './dataset-card.ts';
import { type InquiryCard, inquiryCard } from './inquiry-view.ts';
import type { PageContext, Shown } from './page-context.ts';
import { labelOf, titleOf } from './public-form.ts';
import { type DatasetLink, datasetLinks } from './reuse-page.ts';

export interface InquiryPage extends InquiryCard {
  readonly kind: Inquiry['kind'];
  readonly back: { readonly href: string; readonly label: string };
  /** Its words, once somebody has read them. */
  readonly text?: Shown;
  readonly facts: readonly {
    readonly label: string;
    readonly value: Shown;
    readonly href?: string;
  }[];
  /** The steps it has to go, the one where it stands marked. */
  readonly steps: readonly {
    readonly label: string;
    readonly isHere: boolean;
    readonly isDone: boolean;
  }[];
  readonly answer?: { readonly text: Shown; readonly law?: string };
  readonly dataset?: DatasetLink;
  /** Where one adds one's weight; absent: it has its answer, or nobody has read it yet. */
  readonly support?: string;
  readonly notice?: string;
}

export interface InquiryInput {
  readonly inquiry: Inquiry;
  readonly datasets: ReadonlyMap<string, UsedDataset>;
  readonly agencies: AgencyNames;
  readonly today: string;
  /** What a form did that led here. */
  readonly done: string | null;
}

const notices: Readonly<Record<string, string>> = {
  sent: 'inquiry.done.sent',
  supported: 'inquiry.done.supported',
  already: 'inquiry.done.already',
};

/** A request or a report, and what becomes of it, for everybody. */
export function inquiryPage(input: InquiryInput, context: PageContext): InquiryPage {
  const { inquiry, datasets, today, done } = input;
  const { kind, record, state, answer, isShown } = inquiry;
  const [dataset] = inquiry.dataset ? datasetLinks([inquiry.dataset], datasets, context) : [];
  const isOpen = [...openStates, 'planned'].includes(state);
  const notice = notices[done ?? ''];
  return {
    ...inquiryCard(inquiry, today, context),
    kind,
    back:
      kind === 'request'
        ? { href: context.url('/request'), label: context.t('request.heading') }
        : {
            href: context.url(`/dataset/${record.dataset}`),
            label: dataset?.text ?? record.dataset,
          },
    ...(isShown && { text: context.show(record.description) }),
    facts: factsOf(input, context),
    steps: stepsOf(inquiry, context),
    ...(answer && {
      answer: {
        text: context.show(answer.text),
        ...(answer.legalReason !== undefined && { law: answer.legalReason }),
      },
    }),
    ...(kind === 'request' && dataset && { dataset }),
    ...(kind === 'request' &&
      isShown &&
      isOpen && { support: context.url(`/request/${inquiry.id}/support`) }),
    ...(notice !== undefined && { notice: context.t(notice) }),
  };
}

function factsOf({ inquiry, agencies }: InquiryInput, context: PageContext): InquiryPage['facts'] {
  const name = agencies.get(inquiry.agency ?? '');
  const facts: InquiryPage['facts'][number][] = [];
  if (name && inquiry.agency !== undefined) {
    const href = context.url(`/agency/${inquiry.agency}`);
    facts.push({ label: context.t('inquiry.agency'), value: context.show(name), href });
  }
  if (inquiry.kind === 'feedback' && inquiry.isShown && inquiry.record.place !== undefined) {
    facts.push({
      label: titleOf('feedback', 'place', context),
      value: { text: inquiry.record.place },
    });
  }
  if (inquiry.kind === 'request' && inquiry.record.requester !== undefined) {
    facts.push({
      label: titleOf('request', 'requester', context),
      value: { text: labelOf('request', 'requester', inquiry.record.requester, context) },
    });
  }
  return facts;
}

function stepsOf({ kind, state }: Inquiry, { t }: PageContext): InquiryPage['steps'] {
  const last = state === 'declined' ? 'declined' : 'answered';
  const way = [
    'received',
    'assigned',
    ...(kind === 'request' && state === 'planned' ? ['planned'] : []),
    last,
  ];
  const here = way.indexOf(state);
  return way.map((step, at) => ({
    label: t(`inquiry.state.${step}`),
    isHere: at === here,
    isDone: at < here,
  }));
}
