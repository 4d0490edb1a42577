import { desc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeKey, makeMember, makeProject, makeUser } from "#test/people.ts";
import { changeMatchingKeys } from "./change-matching.ts";
import { getKey, listKeys } from "./list.ts";
import { restoreKey } from "./restore.ts";
import { revokeKey } from "./revoke.ts";
import { changeKeysSchema, changeSelectedKeysSchema, listKeysSchema, updateKeySchema } from "./schema.ts";
import { updateKey } from "./update.ts";

let db: Db;
let ctx: Ctx;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner);
  projectId = await makeProject(db, owner);
});

const change = (fields: object, as = ctx) =>
  changeMatchingKeys({ ctx: as, input: changeKeysSchema.parse({ projectId, ...fields }) });
const make = async (fields: Record<string, unknown>) => (await makeKey(ctx, projectId, fields)).key;
const get = (keyId: string) => getKey({ ctx, input: { projectId, keyId } });
const count = async (filter: object) =>
  (await listKeys({ ctx, input: listKeysSchema.parse({ projectId, ...filter }) })).total;

test("all keys of a customer are revoked, with audit rows, change-feed entries and one event", async () => {
  const [one, two] = [await make({ externalId: "cus_7" }), await make({ externalId: "cus_7" })];
  const other = await make({ externalId: "cus_8" });
  const filter = { externalId: "cus_7" };
  expect(await change({ filter, action: "revoke", dryRun: true })).toEqual({ changed: 0, remaining: 2 });
  expect((await get(one.id)).status).toBe("active");
  await expect(change({ filter, action: "revoke", expectedCount: 3 })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await change({ filter, action: "revoke", expectedCount: 2 })).toEqual({ changed: 2, remaining: 0 });
  for (const { id } of [one, two])
    expect(await get(id)).toMatchObject({ status: "revoked", endedBy: "member" });
  expect((await get(other.id)).status).toBe("active");
  const { q, t } = db.read;
  const [entry] = await q
    .select()
    .from(t.audit)
    .where(eq(t.audit.subjectId, one.id))
    .orderBy(desc(t.audit.at));
  expect(await q.$count(t.audit, eq(t.audit.action, "key.revoked"))).toBe(2);
  expect(entry?.projectId).toBe(projectId);
  // The creation, and the revocation.
  expect(await q.$count(t.changes, eq(t.changes.subject, two.id))).toBe(2);
  expect(await q.$count(t.events, eq(t.events.kind, "keys.revoked"))).toBe(1);
  expect(await change({ filter, action: "revoke" })).toEqual({ changed: 0, remaining: 0 });
});

test("an administrator's bulk change can be undone by administrators only", async () => {
  const { id } = await make({ tags: ["eu"] });
  const admin = ctxOf(db, await makeAdmin(db));
  await change({ filter: { tag: "eu" }, action: "disable" }, admin);
  expect(await get(id)).toMatchObject({ status: "disabled", endedBy: "admin" });
});

test("what a member ended before an administrator's bulk change stays ended too", async () => {
  const admin = ctxOf(db, await makeAdmin(db));
  const filter = { tag: "eu" };
  const { id: disabled } = await make({ tags: ["eu"] });
  await change({ filter, action: "disable" });
  await make({ tags: ["eu"] });
  expect(await change({ filter, action: "disable", dryRun: true })).toMatchObject({ remaining: 1 });
  expect(await change({ filter, action: "disable" }, admin)).toEqual({ changed: 2, remaining: 0 });
  expect(await change({ filter, action: "disable" }, admin)).toEqual({ changed: 0, remaining: 0 });
  const enable = updateKeySchema.parse({ projectId, keyId: disabled, enabled: true });
  await expect(updateKey({ ctx, input: enable })).rejects.toMatchObject({ code: "forbidden" });

  const { id: revoked } = await make({ tags: ["eu"] });
  await revokeKey({ ctx, input: { projectId, keyId: revoked } });
  const { revokedAt } = await get(revoked);
  expect(await change({ filter, action: "revoke" }, admin)).toEqual({ changed: 3, remaining: 0 });
  expect(await change({ filter, action: "revoke" }, admin)).toEqual({ changed: 0, remaining: 0 });
  expect(await get(revoked)).toMatchObject({ endedBy: "admin", revokedAt });
  await expect(restoreKey({ ctx, input: { projectId, keyId: revoked } })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("tags are added and removed, and found by at once", async () => {
  await make({ tags: ["a", "b"] });
  await make({ tags: ["b", "c"] });
  const done = { environment: "live" };
  expect(await change({ filter: done, action: "tag", addTags: ["C"], removeTags: ["a"] })).toMatchObject({
    changed: 1,
  });
  expect(await count({ tag: "c" })).toBe(2);
  expect(await count({ tag: "a" })).toBe(0);
  const many = Array.from({ length: 19 }, (_, at) => `t${at}`);
  await expect(change({ filter: done, action: "tag", addTags: many })).rejects.toMatchObject({
    code: "invalid",
    errors: [{ path: "addTags" }],
  });
  expect(await count({ tag: "t0" })).toBe(0);
});

test("a change without a filter, or with tags that don't fit the action, is rejected", async () => {
  for (const filter of [{}, { metadata: {} }, { q: "  " }])
    expect(changeKeysSchema.safeParse({ projectId, filter, action: "revoke" }).success).toBe(false);
  const odd = JSON.parse('{"metadata": {"__proto__": "x", "plan": "pro"}}');
  expect(changeKeysSchema.safeParse({ projectId, filter: odd, action: "revoke" }).success).toBe(false);
  const filter = { environment: "live" };
  for (const fields of [
    { action: "tag" },
    { action: "revoke", addTags: ["a"] },
    { action: "tag", addTags: ["a"], removeTags: ["a"] },
  ])
    await expect(change({ filter, ...fields })).rejects.toMatchObject({ code: "invalid" });
});

test("a viewer changes nothing", async () => {
  const { id } = await make({});
  const viewer = ctxOf(db, await makeMember(db, projectId, "viewer"));
  await expect(change({ filter: { q: id }, action: "revoke" }, viewer)).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await get(id)).status).toBe("active");
});

test("only the selected keys of the project change, and foreign ones are left alone", async () => {
  const [one, two] = [await make({}), await make({})];
  const other = await makeProject(db, await makeUser(db));
  const select = (keyIds: string[], action: "revoke" | "disable", as = ctx) =>
    changeMatchingKeys({
      ctx: as,
      input: changeSelectedKeysSchema(["revoke", "disable"]).parse({ projectId, keyIds, action }),
    });
  expect(await select([one.id, "key_unknown"], "disable")).toEqual({ changed: 1, remaining: 0 });
  expect((await get(one.id)).status).toBe("disabled");
  expect((await get(two.id)).status).toBe("active");
  const ofOther = changeSelectedKeysSchema(["revoke"]).parse({
    projectId: other,
    keyIds: [two.id],
    action: "revoke",
  });
  await expect(changeMatchingKeys({ ctx, input: ofOther })).rejects.toMatchObject({ code: "not-found" });
  const admin = ctxOf(db, await makeAdmin(db));
  expect(await changeMatchingKeys({ ctx: admin, input: ofOther })).toEqual({ changed: 0, remaining: 0 });
  expect((await get(two.id)).status).toBe("active");
  const viewer = ctxOf(db, await makeMember(db, projectId, "viewer"));
  await expect(select([two.id], "revoke", viewer)).rejects.toMatchObject({ code: "forbidden" });
});

test("a selection is bounded, and offers only the actions of its form", () => {
  const parse = (fields: object) =>
    changeSelectedKeysSchema(["disable", "tag"]).safeParse({ projectId, action: "tag", ...fields }).success;
  expect(parse({ keyIds: ["key_1"] })).toBe(true);
  for (const fields of [
    {},
    { keyIds: [] },
    { keyIds: Array.from({ length: 201 }, (_, at) => `key_${at}`) },
    { keyIds: ["key_1"], action: "revoke" },
    { keyIds: ["key_1"], filter: {} },
    { keyIds: "key_1" },
    { keyIds: [null] },
    { keyIds: ["key_1"], dryRun: true },
    { keyIds: ["key_1"], addTags: ["x".repeat(200)] },
  ]) {
    expect(parse(fields), JSON.stringify(fields)).toBe(false);
  }
});
