import { beforeEach, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { type Clock, ctxOf, makeClock, makeMember, makeProject, makeUser } from "#test/people.ts";
import type { Mail, UserActor } from "../../context.ts";
import { inviteMember } from "./invite.ts";
import { listMembers } from "./list.ts";

let db: Db;
let clock: Clock;
let owner: UserActor;
let projectId: string;
let mails: Mail[];

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  owner = await makeUser(db);
  projectId = await makeProject(db, owner);
  mails = [];
});

const contextFor = (actor: UserActor) =>
  ctxOf(db, actor, {
    clock,
    sendMail: async (mail) => {
      mails.push(mail);
    },
  });
const invite = (email: string, { actor = owner, to = projectId } = {}) =>
  inviteMember({ ctx: contextFor(actor), input: { projectId: to, email, role: "developer" } });
const inviteMany = async (count: number, name: string) => {
  for (let n = 0; n < count; n++) await invite(`${name}-${n}@example.com`);
};
const openInvitations = async () =>
  (await listMembers({ ctx: contextFor(owner), input: { projectId } })).invitations.map(({ id }) => id);

test("a team of thirty can be invited at once, and once again; a loop of invitations is throttled", async () => {
  for (let round = 0; round < 2; round++) await inviteMany(30, "team");
  await expect(invite("next@example.com")).rejects.toMatchObject({
    code: "too-many",
    message: "Too many invitations. Try again in 1 minute.",
    retryAfterMs: MINUTE_MS,
  });
  expect(mails).toHaveLength(60);
  clock.advance(MINUTE_MS);
  await invite("next@example.com");
  await expect(invite("other@example.com")).rejects.toMatchObject({ retryAfterMs: 2 * MINUTE_MS });
  const other = await makeMember(db, projectId, "owner");
  await invite("other@example.com", { actor: other });
  clock.advance(DAY_MS);
  await inviteMany(30, "later");
});

test("an email address that got five invitations gets no more, from any member to any project", async () => {
  const other = await makeUser(db);
  const shop = await makeProject(db, other, "Shop");
  for (let n = 0; n < 4; n++) await invite("guest@example.com");
  await invite("guest@example.com", { actor: other, to: shop });
  const before = await openInvitations();
  for (const from of [{}, { actor: other, to: shop }]) {
    await expect(invite("guest@example.com", from)).rejects.toMatchObject({
      code: "too-many",
      message: "Too many invitations to guest@example.com. Try again in 10 minutes.",
    });
  }
  expect(mails).toHaveLength(5);
  // Throttled invitations change nothing: the link that was mailed last stays valid.
  expect(await openInvitations()).toEqual(before);
  await invite("someone@example.com");
  clock.advance(10 * MINUTE_MS);
  await invite("guest@example.com");
});

test("of many invitations to one email address at once five are mailed", async () => {
  const all = await Promise.allSettled(Array.from({ length: 12 }, () => invite("guest@example.com")));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  expect(mails).toHaveLength(5);
});

test("someone who may not invite does not use up the limit of others", async () => {
  const viewer = await makeMember(db, projectId, "viewer");
  for (const actor of [viewer, await makeUser(db)]) {
    for (let n = 0; n < 6; n++) {
      await expect(invite("guest@example.com", { actor })).rejects.toMatchObject({
        code: actor === viewer ? "forbidden" : "not-found",
      });
    }
  }
  await invite("guest@example.com");
});

test("without mail, links are created without a limit", async () => {
  const ctx = ctxOf(db, owner, { clock });
  for (let n = 0; n < 8; n++) {
    const input = { projectId, email: "guest@example.com", role: "developer" as const };
    expect((await inviteMember({ ctx, input })).link).not.toBeNull();
  }
});
