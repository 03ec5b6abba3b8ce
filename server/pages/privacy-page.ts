import { emailDays } from '../../catalog/reuse/email-days.ts';
import { standardError } from '../../catalog/usage/hyper-log-log.ts';
import type { Retention } from '../../catalog/usage/prune-usage.ts';
import { requestRules } from '../../catalog/usage/request-rules.ts';
import { usageKinds } from '../../catalog/usage/usage-event.ts';
import {
  behaviours,
  mostInADay,
  mostInAMinute,
  mostItemsInADay,
  pagesThatNeedAssets,
} from '../../catalog/usage/visit-rules.ts';
import type { PageContext } from './page-context.ts';

export interface PrivacyPage {
  readonly sections: readonly PrivacySection[];
}

interface PrivacySection {
  readonly id: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly items: readonly { readonly term: string; readonly text: string }[];
  readonly link?: { readonly href: string; readonly label: string };
}

/** Every rule that leaves something out, by the code that the metrics give it. */
export const leftOut: readonly string[] = [
  ...requestRules.map(({ name }) => name),
  'double-click',
  ...behaviours.map(({ name }) => name),
  'no-assets',
  'unknown-dataset',
];

/** What is counted and how, what is kept of it and for how long: in plain words, with the numbers that are in force. */
export function privacyPage(
  { eventMonths, dayMonths }: Retention,
  { t, number, percent, url }: PageContext,
): PrivacyPage {
  const values = {
    minute: number(mostInAMinute),
    items: number(mostItemsInADay),
    day: number(mostInADay),
    pages: number(pagesThatNeedAssets),
    error: percent(Math.round(standardError * 1000) / 10),
    eventMonths: number(eventMonths),
    dayMonths: number(dayMonths),
    emailDays: number(emailDays),
  };
  const section = (
    id: string,
    paragraphs: readonly string[],
    items: readonly { readonly term: string; readonly text: string }[] = [],
  ): PrivacySection => ({
    id,
    heading: t(`privacy.${id}`),
    paragraphs: paragraphs.map((key) => t(`privacy.${key}`, values)),
    items,
  });
  return {
    sections: [
      section(
        'counted',
        ['countedText'],
        usageKinds.map((kind) => ({
          term: t(`privacy.kind.${kind}`),
          text: t(`privacy.kindText.${kind}`),
        })),
      ),
      section('visitors', ['visitorsText', 'visitorsSalt', 'visitorsEstimate']),
      section('notKept', ['notKeptText', 'notKeptCookies']),
      section(
        'left',
        ['leftText'],
        leftOut.map((rule) => ({ term: rule, text: t(`privacy.rule.${rule}`, values) })),
      ),
      section('kept', ['keptEvents', 'keptDays', 'keptLost']),
      section('sent', ['sentText', 'sentEmail', 'sentPictures']),
      section('staff', ['staffText']),
      section('law', ['lawText']),
      {
        ...section('check', ['checkText']),
        link: { href: url('/developers/api'), label: t('privacy.checkLink') },
      },
    ],
  };
}
