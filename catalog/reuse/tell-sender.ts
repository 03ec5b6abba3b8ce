import type { LangText } from '../kernel/lang-text.ts';
import type { MailInput } from '../mail/mail-repository.ts';
import { queueMails } from '../mail/queue-mail.ts';
import type { Tx } from '../storage/database.ts';

/** What became of something that somebody sent with their e-mail. */
export interface Outcome {
  readonly email: string;
  readonly kind: 'request' | 'feedback' | 'reuse';
  readonly act: 'plan' | 'answer' | 'decline' | 'publish' | 'reject' | 'withdraw';
  /** Its page; of what is not shown, the gallery. */
  readonly path: string;
  readonly title: LangText;
  /** What was answered, or why it was decided so. */
  readonly words?: LangText;
}

export interface TellSenderDeps {
  /** Writes the mail; absent: there is no mail server, and nobody is told. */
  readonly writeOutcome?: ((outcome: Outcome) => MailInput) | undefined;
}

/** Tells who sent something what became of it, in the transaction in which it does. */
export async function tellSender(
  tx: Tx,
  outcome: Outcome,
  at: string,
  { writeOutcome }: TellSenderDeps,
): Promise<void> {
  if (writeOutcome && outcome.email !== '') await queueMails(tx, [writeOutcome(outcome)], at);
}
