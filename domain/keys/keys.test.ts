import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { hashToken, secretKind } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeApi,
  makeClock,
  makeKey,
  makeMember,
  makeProject,
  makeUser,
} from "#test/people.ts";
import { disableApi } from "../catalog/enablement/disable.ts";
import { deleteProject } from "../projects/delete.ts";
import { createKey } from "./create.ts";
import { getKey } from "./list.ts";
import { restoreKey } from "./restore.ts";
import { revokeKey } from "./revoke.ts";
import { rotateKey } from "./rotate.ts";
import { createKeySchema, updateKeySchema } from "./schema.ts";
import { updateKey } from "./update.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner);
});

const update = (keyId: string, fields: Record<string, unknown>) =>
  updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, ...fields }) });

async function changesOf(subject: string): Promise<number> {
  const { q, t } = db.read;
  return q.$count(t.changes, and(eq(t.changes.kind, "key"), eq(t.changes.subject, subject)));
}

describe("creating", () => {
  test("the secret has the deployment's prefix and the key's environment, and only its hash and hint are stored", async () => {
    const { key, secret } = await makeKey(ctx, projectId, { environment: "test" });
    expect(secretKind("lk", secret)).toBe("test");
    const rows = await db.read.q.select().from(db.read.t.secrets);
    expect(rows).toMatchObject([
      { keyId: key.id, hash: hashToken(secret), hint: key.hint, overlapEndsAt: null },
    ]);
    const everything = await Promise.all(
      Object.values(db.read.t).map((table) => db.read.q.select().from(table)),
    );
    expect(JSON.stringify(everything)).not.toContain(secret.slice(8));
  });

  test("a key is read back as it was returned when created", async () => {
    const { key } = await makeKey(ctx, projectId, {
      metadata: { team: "pay", level: 3, on: true, none: null },
    });
    expect(await getKey({ ctx, input: { projectId, keyId: key.id } })).toEqual(key);
  });

  test("tags are stored in lower case, sorted, each once, and an external ID as given", async () => {
    const { key } = await makeKey(ctx, projectId, {
      description: " Charges cards\r\nat night ",
      tags: ["Team-B", " team-a", "TEAM-B", "öl/raffinerie"],
      externalId: " Cus_7 ",
      metadata: { plan: "pro" },
    });
    expect(key).toMatchObject({
      description: "Charges cards\nat night",
      tags: ["team-a", "team-b", "öl/raffinerie"],
      externalId: "Cus_7",
    });
    expect(await getKey({ ctx, input: { projectId, keyId: key.id } })).toEqual(key);
    const changed = await update(key.id, { description: "", tags: ["c"], externalId: null });
    expect(changed).toMatchObject({ description: "", tags: ["c"], externalId: null });
    const { q, t } = db.read;
    const entries = await q.select().from(t.audit).where(eq(t.audit.subjectId, key.id));
    expect(entries.find(({ action }) => action === "key.created")?.after).toMatchObject({
      tags: ["team-a", "team-b", "öl/raffinerie"],
      externalId: "Cus_7",
      metadata: { plan: "pro" },
    });
    expect(entries.find(({ action }) => action === "key.updated")).toMatchObject({
      before: { externalId: "Cus_7" },
      after: { description: "", tags: ["c"], externalId: null },
    });
    // Nothing changed: no other entry, and verifiers don't read the key again.
    const changes = await changesOf(key.id);
    await update(key.id, { tags: ["C", "c"] });
    expect(await changesOf(key.id)).toBe(changes);
  });

  test.each([
    ["description", "x".repeat(501)],
    ["tags", Array.from({ length: 21 }, (_, at) => `t${at}`)],
    ["tags.0", ["two words"]],
    ["tags.0", ["a,b"]],
    ["tags.1", ["a", ""]],
    ["tags.0", ["-a"]],
    ["tags.0", ["x".repeat(51)]],
    ["externalId", ""],
    ["externalId", "x".repeat(201)],
    ["externalId", "cus_\u200b7"],
    ["externalId", "cus\n7"],
  ])("an invalid %s is rejected at its field (%j)", (path, value) => {
    const [field = ""] = path.split(".");
    const fields = { projectId, name: "k", environment: "live", [field]: value };
    const { error } = createKeySchema.safeParse(fields);
    expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });

  test("an expiry in the past is rejected at its field", async () => {
    await expect(
      makeKey(ctx, projectId, { expiresAt: new Date(clock.now()).toISOString() }),
    ).rejects.toMatchObject({ code: "invalid", errors: [{ path: "expiresAt" }] });
  });

  test("limits come back as they were given; both can be set together, and empty ones are stored as none", async () => {
    const [rate, quota] = [
      { limit: 1, windowSeconds: 60 },
      { limit: 9, period: "day" },
    ];
    const { key } = await makeKey(ctx, projectId, { limits: { rate } });
    expect(key.limits).toEqual({ rate, quota: null });
    expect((await update(key.id, { limits: { quota } })).limits).toEqual({ rate: null, quota });
    const none = { rate: null, quota: null };
    expect((await update(key.id, { limits: none })).limits).toEqual(none);
    expect((await makeKey(ctx, projectId, { limits: none })).key.limits).toEqual(none);
  });

  test.each([
    { rate: { limit: 0, windowSeconds: 1 } },
    { rate: { limit: 1_000_001, windowSeconds: 1 } },
    { rate: { limit: 1, windowSeconds: 86_401 } },
    { rate: { limit: 1.5, windowSeconds: 1 } },
    { quota: { limit: 1, period: "week" } },
    { quota: { limit: 1_000_000_000_001, period: "day" } },
    { rates: { limit: 1, windowSeconds: 1 } },
  ])("limits out of range are rejected: %j", (limits) => {
    expect(createKeySchema.shape.limits.safeParse(limits).success).toBe(false);
  });

  test("if a project is deleted while a key is created, only one of the two succeeds", async () => {
    const outcomes = await Promise.allSettled([
      makeKey(ctx, projectId),
      deleteProject({ ctx, input: { projectId } }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    const [project] = await db.read.q.select().from(db.read.t.projects);
    expect(await db.read.q.$count(db.read.t.keys)).toBe(project?.deletedAt === null ? 1 : 0);
  });
});

describe("changing", () => {
  test("a key may keep restrictions to an API that was disabled since, but not add any", async () => {
    for (const slug of ["badges", "streams"]) {
      await makeApi(db, slug);
      await enableFor(db, projectId, slug);
    }
    const apis = [{ api: "badges", operations: [] }];
    const { key } = await makeKey(ctx, projectId, { restrictions: { apis } });
    for (const slug of ["badges", "streams"]) await disableApi({ ctx, input: { projectId, slug } });
    const traces = await db.read.q.$count(db.read.t.audit);
    const restrictions = { ...key.restrictions, apis };
    expect(await update(key.id, { restrictions })).toEqual(key);
    expect(await db.read.q.$count(db.read.t.audit)).toBe(traces);
    const more = { ...restrictions, apis: [...apis, { api: "streams", operations: [] }] };
    await expect(update(key.id, { restrictions: more })).rejects.toMatchObject({
      errors: [{ path: "restrictions.apis.1.api" }],
    });
  });

  test("only the given fields change, and the audit entry contains only those", async () => {
    const { key } = await makeKey(ctx, projectId);
    const renamed = await update(key.id, { name: "till" });
    expect(renamed).toEqual({ ...key, name: "till" });
    const trace = await db.read.q
      .select()
      .from(db.read.t.audit)
      .where(eq(db.read.t.audit.action, "key.updated"));
    expect(trace).toMatchObject([{ before: { name: key.name }, after: { name: "till" } }]);
  });

  test("an update that changes nothing leaves no audit entry and notifies no verifier", async () => {
    const { key } = await makeKey(ctx, projectId);
    const before = await changesOf(key.id);
    await update(key.id, { name: key.name, enabled: true });
    expect(await changesOf(key.id)).toBe(before);
  });

  test("disabling and enabling a key each notify the verifiers", async () => {
    const { key } = await makeKey(ctx, projectId);
    const before = await changesOf(key.id);
    expect((await update(key.id, { enabled: false })).status).toBe("disabled");
    expect((await update(key.id, { enabled: true })).status).toBe("active");
    expect(await changesOf(key.id)).toBe(before + 2);
  });

  test("a key expires at its time, and a new expiry makes it active again", async () => {
    const { key } = await makeKey(ctx, projectId, {
      expiresAt: new Date(clock.now() + DAY_MS).toISOString(),
    });
    clock.advance(DAY_MS);
    expect((await getKey({ ctx, input: { projectId, keyId: key.id } })).status).toBe("expired");
    expect((await update(key.id, { expiresAt: null })).status).toBe("active");
  });

  test("a revoked key can't be changed", async () => {
    const { key } = await makeKey(ctx, projectId);
    await revokeKey({ ctx, input: { projectId, keyId: key.id } });
    await expect(update(key.id, { name: "till" })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("revoking and restoring", () => {
  test("two requests that revoke a key at once revoke it once", async () => {
    const { key } = await makeKey(ctx, projectId);
    const input = { projectId, keyId: key.id };
    const [a, b] = await Promise.all([revokeKey({ ctx, input }), revokeKey({ ctx, input })]);
    expect([a.status, b.status]).toEqual(["revoked", "revoked"]);
    const { q, t } = db.read;
    expect(await q.$count(t.audit, eq(t.audit.action, "key.revoked"))).toBe(1);
  });

  test("a key can be restored unchanged up to 30 days later, and not after", async () => {
    const { key } = await makeKey(ctx, projectId);
    const input = { projectId, keyId: key.id };
    await revokeKey({ ctx, input });
    clock.advance(30 * DAY_MS - 1);
    expect(await restoreKey({ ctx, input })).toEqual(key);
    await revokeKey({ ctx, input });
    clock.advance(30 * DAY_MS);
    await expect(restoreKey({ ctx, input })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("permissions", () => {
  test("a viewer can read a key and change nothing", async () => {
    const { key } = await makeKey(ctx, projectId);
    const viewer = ctxOf(db, await makeMember(db, projectId, "viewer"), { clock });
    const input = { projectId, keyId: key.id };
    expect((await getKey({ ctx: viewer, input })).id).toBe(key.id);
    for (const attempt of [
      () => revokeKey({ ctx: viewer, input }),
      () => restoreKey({ ctx: viewer, input }),
      () => rotateKey({ ctx: viewer, input: { ...input, overlapSeconds: 0 } }),
      () => updateKey({ ctx: viewer, input: { ...input, name: "mine" } }),
      () =>
        createKey({
          ctx: viewer,
          input: createKeySchema.parse({ projectId, name: "x", environment: "live" }),
        }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("a key of another project is not found, even for an owner of both", async () => {
    const { key } = await makeKey(ctx, projectId);
    if (ctx.actor.kind !== "user") throw new Error("the test needs a user");
    const other = await makeProject(db, ctx.actor);
    const input = { projectId: other, keyId: key.id };
    await expect(getKey({ ctx, input })).rejects.toMatchObject({ code: "not-found" });
    await expect(revokeKey({ ctx, input })).rejects.toMatchObject({ code: "not-found" });
    expect((await getKey({ ctx, input: { projectId, keyId: key.id } })).status).toBe("active");
  });
});
