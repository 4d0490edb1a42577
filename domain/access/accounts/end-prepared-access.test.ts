import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeMember, makeProject, makeUser, START } from "#test/people.ts";
import type { Actor, UserActor } from "../../context.ts";
import { listNotifications } from "../../notifications/list.ts";
import { createWebhook } from "../../notifications/webhooks/create.ts";
import { rotateWebhookSecret, updateWebhook } from "../../notifications/webhooks/manage.ts";
import { authenticateManagementToken } from "../management-tokens/authenticate.ts";
import { createProjectToken, rotateProjectToken } from "../management-tokens/project-tokens.ts";
import { signInWithProvider } from "./providers.ts";

const VISITOR: Actor = { kind: "visitor", ipAddress: "198.51.100.7" };
let db: Db;
/** The person who created the account of someone else's address, and an owner of one of its projects. */
let stranger: UserActor;
let owner: UserActor;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  owner = await makeUser(db);
  projectId = await makeProject(db, owner);
  stranger = await makeMember(db, projectId, "owner", "ada@example.com");
});

const create = (user: UserActor, name: string) =>
  createProjectToken({ ctx: ctxOf(db, user), input: { projectId, name, role: "developer" } });
const works = async (token: string) => "actor" in (await authenticateManagementToken(db, token, START));
const hook = (user: UserActor, url: string) =>
  createWebhook({ ctx: ctxOf(db, user), input: { projectId, url, kinds: [] } });
const adaArrives = () =>
  signInWithProvider({
    ctx: ctxOf(db, VISITOR),
    input: {
      provider: "oidc",
      issuer: "https://id.example",
      accountId: "42",
      name: "Ada",
      email: { address: "ada@example.com" },
      linksByEmail: true,
      siteRole: null,
    },
    userAgent: null,
  });

test("what an account of an unverified address created in projects ends when its owner arrives, and says why", async () => {
  const own = await create(stranger, "own");
  const others = await create(owner, "others");
  const seen = await create(owner, "seen");
  const rotation = { projectId, managementTokenId: seen.managementToken.id, overlapSeconds: 3_600 };
  const rotated = await rotateProjectToken({ ctx: ctxOf(db, stranger), input: rotation });
  await hook(stranger, "https://stranger.example/events");
  await hook(owner, "https://owner.example/events");
  for (const [name, change] of [
    ["redirected", { url: "https://elsewhere.example/events" }],
    ["rotated", null],
  ] as const) {
    const { webhook } = await hook(owner, `https://${name}.example/events`);
    const of = { ctx: ctxOf(db, stranger), input: { projectId, webhookId: webhook.id } };
    if (change) await updateWebhook({ ...of, input: { ...of.input, ...change } });
    else await rotateWebhookSecret(of);
  }
  expect((await adaArrives()).credentialsEnded).toBe(true);
  const tokens = [own.token, seen.token, rotated.token, others.token];
  expect(await Promise.all(tokens.map(works))).toEqual([false, false, false, true]);
  const { audit, webhooks } = db.read.t;
  const hooks = await db.read.q.select().from(webhooks);
  expect(hooks.map(({ url, disabledAt }) => [new URL(url).host, disabledAt === null]).sort()).toEqual([
    ["elsewhere.example", false],
    ["owner.example", true],
    ["rotated.example", false],
    ["stranger.example", false],
  ]);
  const rows = await db.read.q.select().from(audit);
  const reasons = rows.filter(({ after }) => String(after?.reason).includes("nobody had verified"));
  expect(
    reasons.map(({ action, subjectName, projectId: where }) => [action, subjectName, where]).sort(),
  ).toEqual([
    ["managementToken.revoked", "own", projectId],
    ["managementToken.revoked", "seen", projectId],
    ["webhook.updated", "elsewhere.example", projectId],
    ["webhook.updated", "rotated.example", projectId],
    ["webhook.updated", "stranger.example", projectId],
  ]);
});

test("every owner of a project is notified once of what ended there, by name; developers and other projects are not", async () => {
  const developer = await makeMember(db, projectId, "developer");
  const elsewhere = await makeProject(db, owner, "Elsewhere");
  for (const name of ["one", "two", "three", "four", "five", "six"]) await create(stranger, name);
  await hook(stranger, "https://stranger.example/events");
  await hook(owner, "https://owner.example/events");
  await adaArrives();
  const noticesOf = async (user: UserActor) =>
    (await listNotifications({ ctx: ctxOf(db, user), input: { limit: 50, unread: true } })).items;
  const [notice, ...more] = await noticesOf(owner);
  expect(more).toEqual([]);
  expect(notice).toMatchObject({
    kind: "member.credentials-ended",
    project: { id: projectId },
    subject: { id: stranger.userId, name: stranger.name },
    title: `6 project tokens revoked and 1 webhook disabled that ${stranger.name} created or changed`,
    path: `/projects/${projectId}/members`,
  });
  const names = String(notice?.data.names);
  expect(names).toMatch(/ and 2 more$/);
  expect(names).not.toContain("owner.example");
  expect(await noticesOf(stranger)).toHaveLength(1);
  expect(await noticesOf(developer)).toEqual([]);
  const { events, deliveries } = db.read.t;
  expect(await db.read.q.$count(events, eq(events.projectId, elsewhere))).toBe(0);
  // The webhook of the owner receives the event, the disabled one does not.
  expect(await db.read.q.$count(deliveries)).toBe(1);
});

test("nothing of an account whose address is verified ends", async () => {
  const { token } = await create(stranger, "own");
  await db.write(({ q, t }) => q.update(t.users).set({ emailVerifiedAt: 1 }));
  expect((await adaArrives()).credentialsEnded).toBe(false);
  expect(await works(token)).toBe(true);
});

test("a webhook can't be created by a session that ended meanwhile", async () => {
  const session = { id: "ses_ended", confirmedAt: START };
  await expect(hook({ ...stranger, session }, "https://late.example/events")).rejects.toMatchObject({
    code: "unauthenticated",
  });
});
