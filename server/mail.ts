import { createTransport } from "nodemailer";
import { readEmail } from "#core/email.ts";
import { cleanLine } from "#core/text.ts";
import type { Ctx } from "#domain/context.ts";
import type { Settings } from "#platform/settings.ts";
import { log } from "./log.ts";

/** Nobody waits longer at a form than this for a mail server that does not answer. */
const TIMEOUT_MS = 10_000;

/**
 * What sends mail through the configured server; null where none is. A mail goes to the one address given and to no
 * other. A failure is logged and passed on.
 */
export function mailer(smtp: Settings["smtp"]): Ctx["sendMail"] {
  if (smtp === null) return null;
  const transport = createTransport(
    {
      url: smtp.url,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // Text may come from people: it never names a file or an address to fetch.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: smtp.from },
  );
  return async ({ to, subject, text }) => {
    try {
      // As an object, so that it is not parsed: a text could name several mailboxes, or another one.
      await transport.sendMail({
        to: { name: "", address: plainAddress(to) },
        subject: cleanLine(subject),
        text,
      });
    } catch (err) {
      log.error({ err }, "a mail could not be sent");
      throw err;
    }
  };
}

/** The address, as every account and invitation stores it. Throws for any other text: it could be a list. */
function plainAddress(to: string): string {
  const reading = readEmail(to);
  if (!("address" in reading) || reading.address !== to) throw new Error("not a plain email address");
  return to;
}
