import type { EventKind } from "#core/events.ts";
import { MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { Ctx, Mail } from "../context.ts";
import { claimMail, type DueMail, isForAdmins, nextDueMails, storeMailResult } from "./due-mail.ts";
import { currentTexts } from "./texts.ts";

/** What the mail job needs. */
export interface MailWork {
  db: Db;
  sendMail: NonNullable<Ctx["sendMail"]>;
  settings: Pick<Ctx["settings"], "url">;
  now: () => number;
}

/** How many mails are sent before the order is determined again. */
const IN_A_ROW = 20;
/** Waits between attempts while the mail server fails, ms; after them, the notification stays in the portal only. */
const WAITS_MS = [1, 5, 30, 120, 480, 960].map((minutes) => minutes * MINUTE_MS);

/**
 * Sends some due mails. Each is claimed just before it is sent, so that no other portal takes it for abandoned,
 * however slow the server is. Stops after a failure. Returns how many it attempted: 0 if none was due.
 */
export async function sendNotificationMails({ db, sendMail, settings, now }: MailWork): Promise<number> {
  let tried = 0;
  for (const ref of await nextDueMails(db.read, now(), IN_A_ROW)) {
    const due = await claimMail(db, ref, now());
    if (due === null) continue;
    tried++;
    const sent = await sendMail(mailOf(due, settings.url)).then(
      () => true,
      () => false,
    );
    const wait = WAITS_MS[due.mailTries];
    if (sent) await storeMailResult(db, due, { mail: "sent" });
    else if (wait === undefined) await storeMailResult(db, due, { mail: "failed" });
    else await storeMailResult(db, due, { mail: "due", mailAt: now() + wait });
    if (!sent) return tried;
  }
  return tried;
}

function mailOf({ email, event, project }: DueMail, portalUrl: string): Mail {
  const { title, text, path } = currentTexts(event, { isDeleted: project.deletedAt !== null });
  const lines = [
    `${title}.`,
    text,
    `Project: ${project.name}`,
    portalUrl + path,
    footer(event.kind, portalUrl),
  ];
  return {
    to: email,
    kind: "notification",
    subject: oneLine(`${title} · ${project.name}`),
    text: lines.filter((line) => line !== "").join("\n\n"),
  };
}

function footer(kind: EventKind, url: string): string {
  const reader = isForAdmins(kind) ? "an administrator" : "an owner or developer of this project";
  return `You receive this email as ${reader}. Turn emails off at ${url}/account`;
}

/** Names are user input, and a subject is one line. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").slice(0, 200);
}
