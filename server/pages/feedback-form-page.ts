import type { DatasetRecord } from '../../catalog/model/dataset.ts';
import type { FormFindings } from './findings.ts';
import type { PageContext, Shown } from './page-context.ts';
import { drawForm, type FormField } from './public-form.ts';

export interface FeedbackFormPage {
  readonly dataset: Shown & { readonly href: string };
  readonly heading: string;
  readonly intro: string;
  readonly action: string;
  readonly submit: string;
  readonly problems: readonly string[];
  readonly fields: readonly FormField[];
  readonly hidden: readonly (readonly [string, string])[];
  /** After the one question: thanks, and room for a sentence. */
  readonly thanks?: string;
}

export interface FeedbackFormInput {
  readonly record: DatasetRecord;
  readonly fields: URLSearchParams;
  readonly findings: FormFindings;
  /** What was answered to the one question; absent: a report of a problem. */
  readonly isUseful?: boolean;
}

/** The form with which a problem is reported, and the sentence that may follow the one question. */
export function feedbackFormPage(input: FeedbackFormInput, context: PageContext): FeedbackFormPage {
  const { record, fields, findings, isUseful } = input;
  const { t } = context;
  const form = drawForm('feedback', fields, findings, context);
  const files = (record.distribution ?? []).map(({ id, title }) => ({
    value: id,
    label: context.show(title).text || id,
  }));
  const page = {
    dataset: {
      ...context.show(record.title),
      href: context.url(`/dataset/${record.id}`),
    },
    action: context.url(`/dataset/${record.id}/feedback`),
    problems: findings.problems,
  };
  const description = form.field(`description.${context.lang}`);
  if (isUseful !== undefined) {
    const key = isUseful ? 'useful' : 'useless';
    const words = { label: t(`feedback.${key}.label`), help: t('feedback.sentenceHelp') };
    return {
      ...page,
      thanks: t('feedback.thanks'),
      heading: t(`feedback.${key}.heading`),
      intro: t('feedback.sentenceIntro'),
      submit: t('feedback.sentenceSubmit'),
      fields: [{ ...description, ...words }],
      hidden: [
        ['type', 'other'],
        ['useful', isUseful ? 'yes' : 'no'],
      ],
    };
  }
  return {
    ...page,
    heading: t('feedback.heading'),
    intro: t('feedback.intro'),
    submit: t('feedback.submit'),
    fields: [
      form.field('type'),
      ...(files.length > 0 ? [form.field('distribution', files)] : []),
      form.field('place'),
      description,
      form.field('email'),
    ],
    hidden: [],
  };
}
