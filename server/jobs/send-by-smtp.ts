import { createTransport } from 'nodemailer';
import type { MailRefusal, SendMail } from '../../catalog/mail/deliver-mails.ts';
import type { Sender } from '../config/settings.ts';

export interface SmtpOptions {
  /** `smtp://user:password@host:587` */
  readonly url: string;
  readonly from: Sender;
  readonly baseURL: string;
}

const patienceMs = { connection: 15_000, greeting: 15_000, silence: 30_000, whole: 120_000 };

/** The one who speaks SMTP. RFC 5321; the mails say that no person wrote them, RFC 3834 §5. */
export function createSmtpSender({ url, from, baseURL }: SmtpOptions): SendMail {
  const host = new URL(baseURL).hostname;
  return async (mail) => {
    const transport = createTransport({
      url,
      connectionTimeout: patienceMs.connection,
      greetingTimeout: patienceMs.greeting,
      socketTimeout: patienceMs.silence,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const cut = setTimeout(() => transport.close(), patienceMs.whole);
    try {
      await transport.sendMail({
        from,
        to: { name: mail.to.name, address: mail.to.email },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.id}@${host}>`,
        date: new Date(mail.createdAt),
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.lang },
      });
      return undefined;
    } catch (error) {
      return refusalOf(error);
    } finally {
      clearTimeout(cut);
      transport.close();
    }
  };
}

/** Reads what nodemailer says went wrong: at which command, with which answer. */
function refusalOf(error: unknown): MailRefusal {
  const { message = String(error), command, responseCode = 0 } = error as Partial<SmtpError>;
  const isForEver = command === 'API' || (isAboutMail(command) && responseCode >= 500);
  const because = isForEver ? 'never' : isAboutMail(command) ? 'later' : 'server';
  return { error: message.slice(0, 500), because };
}

interface SmtpError {
  readonly message: string;
  /** The SMTP command that was refused, `CONN` where none was said yet; `API`: an address that none can be asked about. */
  readonly command: string;
  /** RFC 5321 §4.2.1. */
  readonly responseCode: number;
}

/** Whether the command named this mail or held it. */
function isAboutMail(command: string | undefined): boolean {
  return command === 'RCPT TO' || command === 'DATA';
}
