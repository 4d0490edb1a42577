import { beforeEach, expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeClock, makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import type { Actor, Ctx, Mail } from "../../context.ts";
import { inviteMember } from "../members/invite.ts";
import { requestSignUp } from "./request-sign-up.ts";

let db: Db;
let clock: ReturnType<typeof makeClock>;
let mails: Mail[];

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  mails = [];
});

function ctx(actor: Actor, perHour = 100): Ctx {
  const settings = { ...TEST_SETTINGS, signUp: { kind: "open" as const }, signUpMailsPerHour: perHour };
  return ctxOf(db, actor, { clock, sendMail: async (mail) => void mails.push(mail), settings });
}

const ask = (email: string, address = "198.51.100.7", perHour?: number) =>
  requestSignUp({ ctx: ctx({ kind: "visitor", ipAddress: address }, perHour), input: { email } });

test("one mailbox of a stranger gets a limited number of messages, regardless of the requester, the tag and whether it has an account", async () => {
  await makeUser(db, { email: "known@example.com" });
  for (const name of ["ada", "known"]) {
    mails = [];
    for (let i = 0; i < 20; i++) {
      await ask(`${name}${i % 2 ? `+${i}` : ""}@example.com`, `198.51.100.${i}`).catch(() => undefined);
    }
    expect(mails).toHaveLength(3);
  }
});

test("mail to strangers is limited per IP address and in total, and the total is reset in the next hour", async () => {
  for (let i = 0; i < 30; i++) await ask(`a${i}@example.com`).catch(() => undefined);
  expect(mails.length).toBeLessThanOrEqual(10);
  mails = [];
  for (let i = 0; i < 30; i++) await ask(`b${i}@example.com`, `203.0.113.${i}`, 20).catch(() => undefined);
  expect(mails.length).toBeLessThanOrEqual(20);
  const error = await ask("c@example.com", "192.0.2.1", 20).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "too-many", retryAfterMs: expect.any(Number) });
  clock.advance(HOUR_MS);
  await ask("c@example.com", "192.0.2.1", 20);
});

test("mail to strangers has a subject and a link that no inviter chose, and no name that reads as a link", async () => {
  const names = [
    "evil.example/login",
    "https://evil.example",
    "Call +49 30 1234567",
    "a@evil.example",
    "Ada B.",
  ];
  for (const [at, name] of names.entries()) {
    const owner = await makeUser(db, { name });
    const projectId = await makeProject(db, owner, name);
    const input = { projectId, email: `guest${at}@example.com`, role: "viewer" as const };
    await inviteMember({ ctx: ctx(owner), input });
  }
  expect(new Set(mails.map(({ subject }) => subject))).toEqual(new Set(["Invitation to a project"]));
  expect(mails.map(({ text }) => /evil|1234/.test(text))).toEqual([false, false, false, false, false]);
  for (const { text } of mails) {
    expect(text.match(/https?:\S+/g)).toEqual([
      expect.stringMatching(/^https:\/\/keys\.example\.com\/invite\?/),
    ]);
  }
  expect(mails.at(-1)?.text).toContain("Ada B. invites you to work on the API keys of the project Ada B..");
});
