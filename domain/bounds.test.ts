import { beforeEach, describe, expect, test } from "vitest";
import { type Bounds, DEFAULT_BOUNDS } from "#core/bounds.ts";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  makeAdmin,
  makeClock,
  makeKey,
  makeMember,
  makeProject,
  makeUser,
  TEST_SETTINGS,
} from "#test/people.ts";
import { inviteToSite } from "./access/accounts/invite-to-site.ts";
import { createManagementToken } from "./access/management-tokens/create.ts";
import { acceptInvitation } from "./access/members/accept.ts";
import { inviteMember } from "./access/members/invite.ts";
import { setRole } from "./access/members/set-role.ts";
import { transferOwnership } from "./access/members/transfer-ownership.ts";
import { createServiceToken } from "./access/service-tokens/create.ts";
import { createApi } from "./catalog/apis/create.ts";
import { createApiSchema } from "./catalog/apis/schema.ts";
import type { Ctx, UserActor } from "./context.ts";
import { restoreKey } from "./keys/restore.ts";
import { revokeKey } from "./keys/revoke.ts";
import { createWebhook } from "./notifications/webhooks/create.ts";
import { createProject } from "./projects/create.ts";

const LIMIT_REACHED = { code: "conflict", problem: "LIMIT_REACHED" };

let db: Db;
let clock: Clock;
let owner: UserActor;
let admin: UserActor;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  owner = await makeUser(db);
  admin = await makeAdmin(db);
  projectId = await makeProject(db, owner);
});

function ctxWith(bounds: Partial<Bounds>, actor: UserActor = owner): Ctx {
  return ctxOf(db, actor, {
    clock,
    settings: { ...TEST_SETTINGS, bounds: { ...DEFAULT_BOUNDS, ...bounds } },
  });
}

let created = 0;
const inviteOne = (ctx: Ctx, email = `guest-${created++}@example.com`) =>
  inviteMember({ ctx, input: { projectId, email, role: "developer" } });

interface Creation {
  what: string;
  bounds: Partial<Bounds>;
  /** How many exist before. */
  existing: number;
  as?: () => UserActor;
  create: (ctx: Ctx) => Promise<unknown>;
}

const CREATIONS: Creation[] = [
  {
    what: "projects of a user",
    bounds: { projectsPerUser: 3 },
    existing: 1,
    create: (ctx) => createProject({ ctx, input: { name: `Project ${created++}` } }),
  },
  {
    what: "keys of a project",
    bounds: { keysPerProject: 2 },
    existing: 0,
    create: (ctx) => makeKey(ctx, projectId),
  },
  {
    what: "members and open invitations of a project",
    bounds: { membersPerProject: 3 },
    existing: 1,
    create: inviteOne,
  },
  {
    what: "invitations of a user in a day",
    bounds: { invitationsPerDay: 2 },
    existing: 0,
    create: inviteOne,
  },
  {
    what: "invitations to the site in a day",
    bounds: { invitationsPerDay: 2 },
    existing: 0,
    as: () => admin,
    create: (ctx) => inviteToSite({ ctx, input: { email: `guest-${created++}@example.com` } }),
  },
  {
    what: "management tokens of a user",
    bounds: { tokensPerUser: 2 },
    existing: 0,
    create: (ctx) => createManagementToken({ ctx, input: { name: "deploy" } }),
  },
  {
    what: "webhooks of a project",
    bounds: { webhooksPerProject: 2 },
    existing: 0,
    create: (ctx) =>
      createWebhook({ ctx, input: { projectId, url: `https://example.com/${created++}`, kinds: [] } }),
  },
  {
    what: "APIs of the catalog",
    bounds: { apis: 2 },
    existing: 0,
    as: () => admin,
    create: (ctx) =>
      createApi({ ctx, input: createApiSchema.parse({ slug: `api-${created++}`, name: "An API" }) }),
  },
  {
    what: "service tokens",
    bounds: { serviceTokens: 2 },
    existing: 0,
    as: () => admin,
    create: (ctx) => createServiceToken({ ctx, input: { name: "edge", api: null, trustedProxies: [] } }),
  },
];

describe.each(CREATIONS)("$what", ({ bounds, existing, as = () => owner, create }) => {
  const [max = 0] = Object.values(bounds);

  test("can be created up to the limit, and one more is a conflict with LIMIT_REACHED", async () => {
    const ctx = ctxWith(bounds, as());
    for (let n = existing; n < max; n++) await create(ctx);
    await expect(create(ctx)).rejects.toMatchObject(LIMIT_REACHED);
  });

  test("do not exceed the limit when many are created at once", async () => {
    const ctx = ctxWith(bounds, as());
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => create(ctx)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(max - existing);
    for (const one of all) if (one.status === "rejected") expect(one.reason).toMatchObject(LIMIT_REACHED);
  });
});

test("a restored key counts towards the limit, even if two are restored at once", async () => {
  const ctx = ctxWith({ keysPerProject: 2 });
  const keys = [await makeKey(ctx, projectId), await makeKey(ctx, projectId)];
  for (const { key } of keys) await revokeKey({ ctx, input: { projectId, keyId: key.id } });
  await makeKey(ctx, projectId);
  const restored = await Promise.allSettled(
    keys.map(({ key }) => restoreKey({ ctx, input: { projectId, keyId: key.id } })),
  );
  expect(restored.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(restored.find((one) => one.status === "rejected")).toMatchObject({ reason: LIMIT_REACHED });
});

test("a project can't fill the database with keys that it creates and revokes in turn", async () => {
  const ctx = ctxWith({ revokedKeysPerProject: 2 });
  for (let n = 0; n < 2; n++) {
    const { key } = await makeKey(ctx, projectId);
    await revokeKey({ ctx, input: { projectId, keyId: key.id } });
  }
  await expect(makeKey(ctx, projectId)).rejects.toMatchObject(LIMIT_REACHED);
  clock.advance(31 * DAY_MS);
  await makeKey(ctx, projectId);
});

test("nobody owns more projects than a user may, no matter who makes them an owner", async () => {
  const ctx = ctxWith({ projectsPerUser: 1 });
  const newOwner = await makeMember(db, projectId, "developer");
  await makeProject(db, newOwner, "Their own");
  const member = { projectId, userId: newOwner.userId };
  await expect(setRole({ ctx, input: { ...member, role: "owner" } })).rejects.toMatchObject(LIMIT_REACHED);
  await expect(transferOwnership({ ctx, input: member })).rejects.toMatchObject(LIMIT_REACHED);
});

test("an invitation that was open when the project became full can't be accepted", async () => {
  const guest = await makeUser(db, { email: "guest@example.com" });
  const { link } = await inviteOne(ctxWith({}), "guest@example.com");
  const token = new URL(link ?? "").searchParams.get("token") ?? "";
  const accept = (membersPerProject: number) =>
    acceptInvitation({ ctx: ctxWith({ membersPerProject }, guest), input: { token } });
  await expect(accept(1)).rejects.toMatchObject(LIMIT_REACHED);
  await accept(2);
});

test("inviting the same person again counts once towards the limit", async () => {
  const ctx = ctxWith({ membersPerProject: 2 });
  await inviteOne(ctx, "guest@example.com");
  await inviteOne(ctx, "guest@example.com");
});

test("a day later a user may invite again, and the denial says when", async () => {
  const ctx = ctxWith({ invitationsPerDay: 1 });
  await inviteOne(ctx);
  clock.advance(DAY_MS - 1_000);
  await expect(inviteOne(ctx)).rejects.toMatchObject({ ...LIMIT_REACHED, retryAfterMs: 1_000 });
  clock.advance(1_000);
  await inviteOne(ctx);
});
