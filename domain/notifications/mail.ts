import type { Db } from "#db/open.ts";
import type { Ctx, Mail } from "../context.ts";
import { type DueMail, nextDue, noteMail, takeMail } from "./due-mail.ts";
import { wordsOf } from "./words.ts";

/** What the job that mails notices needs. */
export interface MailWork {
  db: Db;
  sendMail: NonNullable<Ctx["sendMail"]>;
  settings: Pick<Ctx["settings"], "url">;
  now: () => number;
}

/** So many, then it is asked anew what comes first. */
const IN_A_ROW = 20;
/** A mail server that is away is tried again after these, ms; then the notice stays in the portal alone. */
const WAITS_MS = [1, 5, 30, 120, 480, 960].map((minutes) => minutes * 60_000);

/**
 * Sends some of the mails that are due. Each is taken just before it is sent, so that however slow the server is,
 * no other portal takes it for left. Ends at one that fails. Resolves with how many it tried: 0 when none was due.
 */
export async function mailNotices({ db, sendMail, settings, now }: MailWork): Promise<number> {
  let tried = 0;
  for (const ref of await nextDue(db.read, now(), IN_A_ROW)) {
    const due = await takeMail(db, ref, now());
    if (due === null) continue;
    tried++;
    const sent = await sendMail(mailOf(due, settings.url)).then(
      () => true,
      () => false,
    );
    const wait = WAITS_MS[due.mailTries];
    if (sent) await noteMail(db, due, { mail: "sent" });
    else if (wait === undefined) await noteMail(db, due, { mail: "failed" });
    else await noteMail(db, due, { mail: "due", mailAt: now() + wait });
    if (!sent) return tried;
  }
  return tried;
}

function mailOf({ email, event, project }: DueMail, portalUrl: string): Mail {
  const { title, text, path } = wordsOf(event);
  const lines = [`${title}.`, text, `Project: ${project}`, portalUrl + path, FOOTER(portalUrl)];
  return {
    to: email,
    subject: oneLine(`${title} · ${project}`),
    text: lines.filter((line) => line !== "").join("\n\n"),
  };
}

const FOOTER = (url: string) =>
  `You are told as an owner or developer of this project. Mails are switched off at ${url}/account`;

/** Names come from people: a subject is one line. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").slice(0, 200);
}
