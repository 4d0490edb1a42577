import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { Db, Scope } from "#db/open.ts";
import type { Ctx } from "../context.ts";
import { wordsOf } from "./words.ts";

/** What the job that mails notices needs. */
export interface MailWork {
  db: Db;
  sendMail: NonNullable<Ctx["sendMail"]>;
  settings: Pick<Ctx["settings"], "url">;
  now: () => number;
}

const AT_ONCE = 20;
/** Whoever took a mail and has not sent it by then has died. */
const TAKEN_MS = 120_000;
/** A mail server that is away is tried again after these, ms; then the notice stays in the portal alone. */
const WAITS_MS = [1, 5, 30, 120, 480, 960].map((minutes) => minutes * 60_000);

/** Sends the mails that are due, some at a time. Resolves with how many it saw to: 0 when none was due. */
export async function mailNotices({ db, sendMail, settings, now }: MailWork): Promise<number> {
  const due = await take(db, now());
  for (const { userId, eventId, mailTries, email, event, project } of due) {
    const { title, text, path } = wordsOf(event);
    const lines = [`${title}.`, text, `Project: ${project}`, settings.url + path, FOOTER(settings.url)];
    const sent = await sendMail({
      to: email,
      subject: oneLine(`${title} · ${project}`),
      text: lines.filter((line) => line !== "").join("\n\n"),
    }).then(
      () => true,
      () => false,
    );
    const wait = WAITS_MS[mailTries];
    const state = sent ? "sent" : wait === undefined ? "failed" : "due";
    const { notices } = db.read.t;
    await db.write(({ q }) =>
      q
        .update(notices)
        .set({ mail: state, mailTries: mailTries + 1, mailAt: now() + (wait ?? 0) })
        .where(and(eq(notices.userId, userId), eq(notices.eventId, eventId))),
    );
  }
  return due.length;
}

const FOOTER = (url: string) =>
  `You are told as an owner or developer of this project. Mails are switched off at ${url}/account`;

/** Names come from people: a subject is one line. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").slice(0, 200);
}

/** Takes some that are due, so that no other portal sends them as well. */
async function take(db: Db, nowMs: number) {
  const isDue = ({ t: { notices } }: Scope) => and(eq(notices.mail, "due"), lte(notices.mailAt, nowMs));
  const { q, t } = db.read;
  const [waiting] = await q
    .select({ userId: t.notices.userId })
    .from(t.notices)
    .where(isDue(db.read))
    .limit(1);
  // Nearly always nothing waits, and then nobody is made to wait for a writer.
  if (!waiting) return [];
  return db.write(async (tx) => {
    const { events, notices, projects, users } = tx.t;
    const rows = await tx.q
      .select({
        userId: notices.userId,
        eventId: notices.eventId,
        mailTries: notices.mailTries,
        email: users.email,
        event: events,
        project: projects.name,
      })
      .from(notices)
      .innerJoin(users, eq(users.id, notices.userId))
      .innerJoin(events, eq(events.id, notices.eventId))
      .innerJoin(projects, eq(projects.id, events.projectId))
      .where(isDue(tx))
      .orderBy(asc(notices.mailAt))
      .limit(AT_ONCE);
    const taken = await tx.q
      .update(notices)
      .set({ mailAt: nowMs + TAKEN_MS })
      .where(
        and(
          isDue(tx),
          inArray(
            notices.eventId,
            rows.map(({ eventId }) => eventId),
          ),
          inArray(
            notices.userId,
            rows.map(({ userId }) => userId),
          ),
        ),
      )
      .returning({ userId: notices.userId, eventId: notices.eventId });
    const own = new Set(taken.map(({ userId, eventId }) => `${userId} ${eventId}`));
    return rows.filter(({ userId, eventId }) => own.has(`${userId} ${eventId}`));
  });
}
