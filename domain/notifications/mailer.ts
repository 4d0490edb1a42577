import type { Transporter } from "nodemailer";
import { readEmail } from "#core/email.ts";
import { cleanLine } from "#core/text.ts";
import type { Settings } from "#platform/settings.ts";
import { type BrandedMail, brandMail } from "../branding/mail.ts";
import type { Brand } from "../branding/read.ts";
import type { Ctx } from "../context.ts";

/** How long a form waits for an unresponsive mail server. */
const TIMEOUT_MS = 10_000;

/**
 * Sends mail through the configured server, in the words of the brand; null if there is none. Each mail goes to the
 * given address only. A failure is passed to `onError` and rethrown.
 */
export function mailer(
  { smtp, url }: Pick<Settings, "smtp" | "url">,
  brand: () => Promise<Brand>,
  onError: (error: unknown) => void = () => {},
): Ctx["sendMail"] {
  if (smtp === null) return null;
  // One for all mails. Its library is loaded with the first, and again after a failure.
  let transport: Transporter | undefined;
  return async (mail) => {
    try {
      const { to, from, subject, text } = brandMail(mail, await brand(), url);
      transport ??= await openTransport(smtp);
      await transport.sendMail({
        // As an object, which is not parsed: a string could contain several mailboxes, or another one.
        to: { name: "", address: plainAddress(to) },
        ...senderOf(from, smtp.from),
        subject: cleanLine(subject),
        text,
      });
    } catch (error) {
      onError(error);
      throw error;
    }
  };
}

async function openTransport(smtp: NonNullable<Settings["smtp"]>): Promise<Transporter> {
  const { createTransport } = await import("nodemailer");
  return createTransport(
    {
      url: smtp.url,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // Text may be user input: it never names a file or URL to load.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: smtp.from },
  );
}

/** The company's name at the address of `MAIL_FROM`. */
function senderOf(name: BrandedMail["from"], setting: string): { from?: { name: string; address: string } } {
  const address = (/<([^<>]*)>\s*$/.exec(setting)?.[1] ?? setting).trim();
  return name === null ? {} : { from: { name: cleanLine(name), address } };
}

/**
 * The email address in the form that accounts and invitations store. Throws for any other text, which could be a
 * list.
 */
function plainAddress(to: string): string {
  const reading = readEmail(to);
  if (!("address" in reading) || reading.address !== to) throw new Error("not a plain email address");
  return to;
}
