import { createTransport } from "nodemailer";
import type { Settings } from "#core/settings.ts";
import type { Ctx } from "#domain/context.ts";
import { log } from "./log.ts";

/** Nobody waits longer at a form than this for a mail server that does not answer. */
const TIMEOUT_MS = 10_000;

/** What sends mail through the configured server; null where none is. A failure is logged and passed on. */
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
      await transport.sendMail({ to, subject, text });
    } catch (err) {
      log.error({ err }, "a mail could not be sent");
      throw err;
    }
  };
}
