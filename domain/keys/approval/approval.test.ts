import { beforeEach, describe, expect, test } from "vitest";
import { hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { loadSecret } from "#engine/cache/load-facts.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeMember, makeProject, makeUser } from "#test/people.ts";
import { setKeyRules } from "../../access/policies/project-key-rules.ts";
import { policiesIn } from "../../access/policies/read.ts";
import { setPolicies } from "../../access/policies/set.ts";
import type { Ctx } from "../../context.ts";
import { listNotifications } from "../../notifications/list.ts";
import { importKeys } from "../import/import.ts";
import { importKeysSchema } from "../import/schema.ts";
import { recordLeaks } from "../leaks/report.ts";
import { listKeys } from "../list.ts";
import { restoreKey } from "../restore.ts";
import { rotateKey } from "../rotate.ts";
import { rotateKeySchema } from "../rotation/schema.ts";
import { listKeysSchema, updateKeySchema } from "../schema.ts";
import { updateKey } from "../update.ts";
import { approveKey, declineKey } from "./decide.ts";

const clock = makeClock();
let db: Db;
let owner: Ctx;
let developer: Ctx;
let admin: Ctx;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  const person = await makeUser(db);
  owner = ctxOf(db, person, { clock });
  projectId = await makeProject(db, person);
  developer = ctxOf(db, await makeMember(db, projectId, "developer"), { clock });
  admin = ctxOf(db, await makeAdmin(db), { clock });
  const rules = { ...policiesIn(null).keyRules, approvalRequired: true };
  await setKeyRules({ ctx: owner, input: { projectId, rules } });
});

const create = (ctx: Ctx, environment: "live" | "test" = "live") =>
  makeKey(ctx, projectId, { name: "checkout", environment });
const pendingKey = async () => {
  const { key, secret } = await create(developer);
  return { ref: { projectId, keyId: key.id }, secret };
};
const kindsOf = async (ctx: Ctx) =>
  (await listNotifications({ ctx, input: { limit: 50, unread: false } })).items.map(({ kind }) => kind);
const works = async (secret: string) => (await loadSecret(db, hashToken(secret)))?.key.enabled;
const enable = (ctx: Ctx, keyId: string) =>
  updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, enabled: true }) });

describe("a live key that a developer creates", () => {
  test("works once an owner approved it, and the two are notified", async () => {
    const { key, secret } = await create(developer);
    expect(key).toMatchObject({ status: "disabled", approval: { status: "pending" } });
    expect(await works(secret)).toBe(false);
    expect(await kindsOf(owner)).toEqual(["key.approval-requested"]);
    const ref = { projectId, keyId: key.id };
    const approved = await approveKey({ ctx: owner, input: ref });
    expect(approved).toMatchObject({ status: "active", endedBy: null, approval: { status: "approved" } });
    expect(await works(secret)).toBe(true);
    expect(await kindsOf(developer)).toEqual(["key.approved"]);
    expect(await approveKey({ ctx: owner, input: ref })).toEqual(approved);
    await expect(declineKey({ ctx: owner, input: { ...ref, reason: "" } })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("can't be enabled in another way, by anyone", async () => {
    const { ref, secret } = await pendingKey();
    for (const ctx of [developer, owner, admin]) {
      await expect(enable(ctx, ref.keyId)).rejects.toMatchObject({ code: "conflict" });
    }
    await rotateKey({ ctx: developer, input: rotateKeySchema.parse({ ...ref, overlapSeconds: 60 }) });
    expect(await works(secret)).toBe(false);
    await expect(approveKey({ ctx: developer, input: ref })).rejects.toMatchObject({ code: "forbidden" });
    // The rule is for new keys: a pending one still waits if it is removed.
    await setKeyRules({ ctx: owner, input: { projectId, rules: null } });
    await expect(enable(developer, ref.keyId)).rejects.toMatchObject({ code: "conflict" });
  });

  test("is revoked if an owner declines it, and asks again once it is restored", async () => {
    const { ref, secret } = await pendingKey();
    const declined = await declineKey({ ctx: owner, input: { ...ref, reason: "Use a test key." } });
    expect(declined).toMatchObject({ status: "revoked", approval: { status: "refused" } });
    const { items } = await listNotifications({ ctx: developer, input: { limit: 50, unread: false } });
    expect(items[0]).toMatchObject({ kind: "key.refused", text: expect.stringContaining("Use a test key.") });
    await expect(approveKey({ ctx: owner, input: ref })).rejects.toMatchObject({ code: "conflict" });
    const restored = await restoreKey({ ctx: developer, input: ref });
    expect(restored).toMatchObject({ status: "disabled", approval: { status: "pending" } });
    expect(await works(secret)).toBe(false);
    expect((await kindsOf(owner)).filter((kind) => kind === "key.approval-requested")).toHaveLength(2);
  });

  test("stays disabled after its approval if an administrator disabled it or its secret leaked", async () => {
    const { ref } = await pendingKey();
    await updateKey({ ctx: admin, input: updateKeySchema.parse({ ...ref, enabled: false }) });
    expect(await approveKey({ ctx: owner, input: ref })).toMatchObject({
      status: "disabled",
      endedBy: "admin",
    });
    const leaked = await pendingKey();
    await setPolicies({ ctx: admin, input: { leakedKeys: { live: "disable", test: "tell" } } });
    const system = ctxOf(db, { kind: "system" }, { clock });
    await recordLeaks(system, [{ token: leaked.secret, url: "" }], "github");
    expect(await approveKey({ ctx: owner, input: leaked.ref })).toMatchObject({
      status: "disabled",
      endedBy: "leak",
    });
    expect(await works(leaked.secret)).toBe(false);
  });
});

test("rules that an older client sends leave the need for an approval as it is", async () => {
  const { approvalRequired: _, existingKeys: __, noticeDays: ___, ...older } = policiesIn(null).keyRules;
  const set = await setKeyRules({ ctx: owner, input: { projectId, rules: older } });
  expect(set.project).toMatchObject({ approvalRequired: true, existingKeys: "keep", noticeDays: 30 });
});

test("an owner's live keys and everyone's test keys need no approval, imported ones do", async () => {
  expect((await create(owner)).key).toMatchObject({ status: "active", approval: { status: "approved" } });
  expect((await create(developer, "test")).key).toMatchObject({ status: "active", approval: null });
  const rows = ["a", "b"].map((name) => ({ name, environment: "live", token: `old_${name.repeat(20)}` }));
  const input = importKeysSchema.parse({
    projectId,
    shape: { prefix: "old_", minLength: 24, maxLength: 24 },
    keys: rows,
  });
  expect(await importKeys({ ctx: developer, input })).toMatchObject({ created: 2 });
  expect(await kindsOf(owner)).toEqual(["keys.approval-requested"]);
  const waiting = listKeysSchema.parse({ projectId, approval: "pending" });
  expect((await listKeys({ ctx: owner, input: waiting })).total).toBe(2);
});
