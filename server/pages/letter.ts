import type { Account } from '../../catalog/access/account-repository.ts';
import type { MailInput, MailKind } from '../../catalog/mail/mail-repository.ts';
import type { Language } from '../http/language.ts';
import { createPageContext, type PageContext } from './page-context.ts';
import { renderMail } from './render.ts';

/** One thing that a letter tells of. */
export interface LetterItem {
  readonly title: string;
  readonly href: string;
  /** A line of facts. */
  readonly note: string;
  readonly reason?: string;
}

/** What a letter says, whatever form it is written in. */
export interface Letter {
  readonly subject: string;
  readonly lead: string;
  readonly groups: readonly {
    readonly heading: string;
    readonly items: readonly LetterItem[];
    /** What is said instead of the items that would be too many. */
    readonly more?: string;
  }[];
  readonly action?: { readonly label: string; readonly href: string };
}

/** The context of a mail: it knows a language and absolute addresses, and no page. */
export function letterContext(lang: Language, baseURL: string): PageContext {
  return createPageContext(lang, { baseURL, path: '/', asset: () => '' });
}

/** An absolute address of the language of the letter. */
export function letterURL(path: string, context: PageContext): string {
  return context.baseURL + context.url(path);
}

/** Writes a letter as mail, in text and in HTML. */
export function writeLetter(
  kind: MailKind,
  to: Pick<Account, 'email' | 'name'>,
  letter: Letter,
  context: PageContext,
): MailInput {
  const greeting = context.t('mail.greeting', { name: to.name });
  // Who has no account has nothing to set.
  const settings = kind === 'outcome' ? '' : letterURL('/workspace/notices', context);
  return {
    kind,
    to: { email: to.email, name: to.name },
    lang: context.lang,
    subject: letter.subject,
    text: inText({ ...letter, greeting, settings }, context),
    html: renderMail('letter', { ...letter, greeting, settings }, context),
  };
}

function inText(
  letter: Letter & { readonly greeting: string; readonly settings: string },
  { t }: PageContext,
): string {
  const groups = letter.groups.flatMap(({ heading, items, more }) => [
    heading,
    ...items.map(itemInText),
    ...(more === undefined ? [] : [more]),
  ]);
  const { action } = letter;
  return [
    letter.greeting,
    letter.lead,
    ...groups,
    ...(action ? [`${action.label}:\n${action.href}`] : []),
    `-- \n${t('mail.closing')}`,
    ...(letter.settings === '' ? [] : [`${t('mail.settings')}: ${letter.settings}`]),
  ].join('\n\n');
}

function itemInText({ title, href, note, reason }: LetterItem): string {
  return [`- ${title}`, note, ...(reason === undefined ? [] : [reason]), href].join('\n  ');
}
