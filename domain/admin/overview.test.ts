import { and, eq, isNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeProject, START } from "#test/people.ts";
import { createManagementToken } from "../access/management-tokens/create.ts";
import type { Ctx } from "../context.ts";
import { revokeKey } from "../keys/revoke.ts";
import { rotateKey } from "../keys/rotate.ts";
import { updateKey } from "../keys/update.ts";
import { suspendProject } from "../projects/suspend.ts";
import { listAllKeys } from "./keys.ts";
import { readSiteOverview } from "./overview.ts";
import { listAllKeysSchema } from "./schema.ts";
import { KEY_TOTALS, readKeyTotals, recountKeyTotals } from "./totals.ts";

test("the site's figures count only what is in effect", async () => {
  const db = await openTestDb();
  const admin = await makeAdmin(db);
  const ctx = ctxOf(db, admin);
  const projectId = await makeProject(db, admin);
  await makeKey(ctx, projectId);
  const { key } = await makeKey(ctx, projectId);
  await revokeKey({ ctx, input: { projectId, keyId: key.id } });
  await suspendProject({ ctx, input: { projectId } });
  await createManagementToken({ ctx, input: { name: "expires" } });
  await makeManagementToken(db, admin.userId);
  expect(await readSiteOverview({ ctx, input: {} })).toMatchObject({
    users: 1,
    projects: 1,
    suspendedProjects: 1,
    apis: 0,
    serviceTokens: 0,
    tokensWithoutExpiry: 1,
    pendingAccess: 0,
    keys: { active: 1, revoked: 1, unrestrictedLive: 1, leaked: 0 },
  });
});

test("the keys of a large site are counted by a job, again once the counts are old, and by one process at a time", async () => {
  const db = await openTestDb();
  const admin = await makeAdmin(db);
  const clock = makeClock();
  clock.set(START);
  const ctx = ctxOf(db, admin, { clock });
  const projectId = await makeProject(db, admin);
  const active = async () => {
    const { counts, countedAt } = await readKeyTotals(ctx, 1);
    return [counts.active, countedAt];
  };
  await makeKey(ctx, projectId);
  expect(await recountKeyTotals(ctx, 1)).toBe(false);
  await makeKey(ctx, projectId);
  expect(await active()).toEqual([2, null]);
  const counted = await Promise.all([recountKeyTotals(ctx, 1), recountKeyTotals(ctx, 1)]);
  expect(counted.filter(Boolean)).toHaveLength(1);
  await makeKey(ctx, projectId);
  expect(await recountKeyTotals(ctx, 1)).toBe(false);
  expect(await active()).toEqual([2, START]);
  clock.set(START + 60_000);
  expect(await recountKeyTotals(ctx, 1)).toBe(true);
  expect(await active()).toEqual([3, START + 60_000]);
});

/** A key whose current secret has this age. */
async function keyAged(ctx: Ctx, projectId: string, name: string, days: number, more: object = {}) {
  const { key } = await makeKey(ctx, projectId, { name, ...more });
  const at = START - days * DAY_MS;
  await ctx.db.write(async ({ q, t }) => {
    await q.update(t.keys).set({ createdAt: at }).where(eq(t.keys.id, key.id));
    await q.update(t.secrets).set({ createdAt: at }).where(eq(t.secrets.keyId, key.id));
  });
  return key.id;
}

async function leakCurrent(db: Db, projectId: string, keyId: string) {
  await db.write(async ({ q, t }) => {
    const current = and(eq(t.secrets.keyId, keyId), isNull(t.secrets.overlapEndsAt));
    const [secret] = await q.select({ id: t.secrets.id }).from(t.secrets).where(current);
    await q.insert(t.leaks).values({
      id: `leak_${keyId}`,
      keyId,
      secretId: secret?.id ?? "",
      projectId,
      environment: "live",
      at: START,
      source: "scanner",
      url: "",
      keyDisabled: false,
    });
  });
}

test("each figure counts exactly the keys that its list shows, whatever state they are in", async () => {
  const db = await openTestDb();
  const admin = await makeAdmin(db);
  const ctx = ctxOf(db, admin);
  const projectId = await makeProject(db, admin);
  const input = (keyId: string) => ({ projectId, keyId });
  const restrictions = { ips: ["198.51.100.7"], referrers: [], apps: { android: [], ios: [] }, apis: [] };
  await makeKey(ctx, projectId, { name: "young" });
  await keyAged(ctx, projectId, "thirty", 30);
  await keyAged(ctx, projectId, "restricted", 45, { restrictions });
  await keyAged(ctx, projectId, "ninety", 90, { environment: "test" });
  await keyAged(ctx, projectId, "year", 365);
  const expiresAt = START + DAY_MS;
  await keyAged(ctx, projectId, "expired", 100, { expiresAt: new Date(expiresAt).toISOString() });
  await updateKey({ ctx, input: { ...input(await keyAged(ctx, projectId, "off", 100)), enabled: false } });
  const used = await keyAged(ctx, projectId, "used", 400);
  await db.write(({ q, t }) =>
    q
      .update(t.keys)
      .set({ lastUsedAt: START - DAY_MS })
      .where(eq(t.keys.id, used)),
  );
  await leakCurrent(db, projectId, used);
  const rotated = await keyAged(ctx, projectId, "leaked, and in its overlap", 400);
  await leakCurrent(db, projectId, rotated);
  await rotateKey({ ctx, input: { ...input(rotated), overlapSeconds: 86_400 } });
  const replaced = await keyAged(ctx, projectId, "leaked, and replaced", 400);
  await leakCurrent(db, projectId, replaced);
  await rotateKey({ ctx, input: { ...input(replaced), overlapSeconds: 0 } });
  const revoked = await keyAged(ctx, projectId, "leaked, and revoked", 400);
  await leakCurrent(db, projectId, revoked);
  await revokeKey({ ctx, input: input(revoked) });
  const gone = await makeProject(db, admin, "Gone");
  await keyAged(ctx, gone, "of a deleted project", 400);
  await db.write(({ q, t }) => q.update(t.projects).set({ deletedAt: START }).where(eq(t.projects.id, gone)));

  const { keys } = await readSiteOverview({ ctx, input: {} });
  for (const [name, filter] of Object.entries(KEY_TOTALS)) {
    // With text values, as in a link.
    const search = Object.fromEntries(Object.entries(filter).map(([field, value]) => [field, String(value)]));
    const { items } = await listAllKeys({ ctx, input: listAllKeysSchema.parse({ ...search, limit: 200 }) });
    expect([name, items.length]).toEqual([name, keys[name as keyof typeof keys]]);
  }
  expect(keys).toEqual({
    active: 9,
    disabled: 1,
    expired: 0,
    revoked: 1,
    secretUnder30Days: 3,
    secretUnder90Days: 2,
    secretUnder1Year: 2,
    secretOver1Year: 2,
    unrestrictedLive: 7,
    liveWithoutApplication: 7,
    secretOver90Days: 4,
    unusedFor90Days: 5,
    leaked: 2,
    unboundLive: 8,
  });
  // The overlap is over by then, and the leaked secret with it.
  expect(
    (await readSiteOverview({ ctx: { ...ctx, now: () => START + DAY_MS }, input: {} })).keys,
  ).toMatchObject({
    expired: 1,
    leaked: 1,
  });
});

test("every key is either “leaked” or “not leaked”", async () => {
  const db = await openTestDb();
  const admin = await makeAdmin(db);
  const ctx = ctxOf(db, admin);
  const projectId = await makeProject(db, admin);
  await leakCurrent(db, projectId, (await makeKey(ctx, projectId, { name: "leaked" })).key.id);
  await makeKey(ctx, projectId, { name: "kept" });
  const names = async (leaked: string) =>
    (await listAllKeys({ ctx, input: listAllKeysSchema.parse({ leaked }) })).items.map((key) => key.name);
  expect(await names("true")).toEqual(["leaked"]);
  expect(await names("false")).toEqual(["kept"]);
});
