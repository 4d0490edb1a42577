import { beforeEach, describe, expect, test } from "vitest";
import type { ManagementScope } from "#core/scopes.ts";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { EndedBy } from "#db/tables/keys.ts";
import { openTestDb } from "#test/db.ts";
import {
  ctxOf,
  makeAdmin,
  makeClock,
  makeKey,
  makeMember,
  makeProject,
  makeUser,
  START,
} from "#test/people.ts";
import { setPolicies } from "../access/policies/set.ts";
import { revokeKeys } from "../admin/keys.ts";
import type { Ctx } from "../context.ts";
import { recordLeaks } from "./leaks/report.ts";
import { applySecretAge } from "./lifecycle/daily/secret-age.ts";
import { applyUnusedPolicy } from "./lifecycle/daily/unused.ts";
import { previewSweep } from "./lifecycle/sweeps/preview.ts";
import { runSweeps } from "./lifecycle/sweeps/run-sweeps.ts";
import { previewSweepSchema } from "./lifecycle/sweeps/schema.ts";
import { startSweep, undoSweep } from "./lifecycle/sweeps/start.ts";
import { getKey } from "./list.ts";
import { restoreKey } from "./restore.ts";
import { revokeKey } from "./revoke.ts";
import { rotateKey } from "./rotate.ts";
import { actorRank, reactivationBlocker } from "./status.ts";
import { updateKey } from "./update.ts";

const noPause = async () => {};

let db: Db;
const clock = makeClock();
let as: Record<"owner" | "developer" | "admin" | "system", Ctx>;
let key: { projectId: string; keyId: string };
let secret: string;

beforeEach(async () => {
  db = await openTestDb();
  clock.set(START);
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  as = {
    owner: ctxOf(db, owner, { clock }),
    developer: ctxOf(db, await makeMember(db, projectId, "developer"), { clock }),
    admin: ctxOf(db, await makeAdmin(db), { clock }),
    system: ctxOf(db, { kind: "system" }, { clock }),
  };
  const created = await makeKey(as.owner, projectId);
  key = { projectId, keyId: created.key.id };
  secret = created.secret;
});

const revoke = (who: Ctx) => revokeKey({ ctx: who, input: key });
const restore = (who: Ctx) => restoreKey({ ctx: who, input: key });
const setEnabled = (who: Ctx, enabled: boolean) => updateKey({ ctx: who, input: { ...key, enabled } });
const rotate = (overlapSeconds = 0) => rotateKey({ ctx: as.developer, input: { ...key, overlapSeconds } });
const bulkRevoke = () => revokeKeys({ ctx: as.admin, input: { keyIds: [key.keyId], reason: "stolen" } });
const workOn = () => runSweeps({ read: db.read, contextFor: () => as.admin, clock: () => 0 });
const current = () => getKey({ ctx: as.owner, input: key });

async function leak() {
  await setPolicies({ ctx: as.admin, input: { leakedKeys: { live: "disable", test: "disable" } } });
  await recordLeaks(as.system, [{ token: secret, url: "" }], "github");
}

/** Revokes the key as one of many unused keys, and returns the sweep's id. */
async function sweep(): Promise<string> {
  clock.advance(100 * DAY_MS);
  const input = previewSweepSchema.parse({ filter: { unusedForDays: 90 }, reason: "nobody uses them" });
  const { id } = await previewSweep({ ctx: as.admin, input });
  await startSweep({ ctx: as.admin, input: { sweepId: id } });
  // More than the time that a sweep waits for verifiers to count their last requests.
  clock.advance(60_000);
  await workOn();
  return id;
}

async function idle(rule: { disableDays: number | null; revokeDays: number | null }) {
  const unused = { warnDays: 30, ...rule };
  clock.advance(100 * DAY_MS);
  await applyUnusedPolicy(as.system, unused, noPause);
  clock.advance(30 * DAY_MS);
  await applyUnusedPolicy(as.system, unused, noPause);
}

async function overage() {
  const rule = { maxDays: 30, cut: true };
  clock.advance(31 * DAY_MS);
  await applySecretAge(as.system, rule, noPause);
  clock.advance(7 * DAY_MS);
  await applySecretAge(as.system, rule, noPause);
}

const DISABLINGS: [string, EndedBy, () => Promise<unknown>][] = [
  ["an administrator", "admin", () => setEnabled(as.admin, false)],
  ["the policy for leaked keys", "leak", leak],
  ["the policy for unused keys", "policy", () => idle({ disableDays: 60, revokeDays: null })],
  ["the policy for the age of secrets", "policy", overage],
];

const REVOCATIONS: [string, EndedBy, () => Promise<unknown>][] = [
  ["an administrator", "admin", () => revoke(as.admin)],
  ["an administrator in bulk", "admin", bulkRevoke],
  ["an administrator's sweep", "admin", sweep],
  ["the policy for unused keys", "policy", () => idle({ disableDays: null, revokeDays: 60 })],
];

describe("a key that is disabled", () => {
  test.each(DISABLINGS)("by %s can be enabled only by an administrator", async (_, endedBy, disable) => {
    await disable();
    expect(await current()).toMatchObject({ status: "disabled", endedBy });
    for (const who of [as.owner, as.developer]) {
      await expect(setEnabled(who, true)).rejects.toMatchObject({
        code: "forbidden",
        message: expect.stringMatching(/administrator can enable it/),
      });
    }
    // Nor indirectly.
    await revoke(as.owner);
    expect(await restore(as.owner)).toMatchObject({ status: "disabled", endedBy });
    await setEnabled(as.owner, false);
    await expect(setEnabled(as.owner, true)).rejects.toMatchObject({ code: "forbidden" });
    expect(await setEnabled(as.admin, true)).toMatchObject({ status: "active", endedBy: null });
  });

  test("by a member can be enabled by any other", async () => {
    expect(await setEnabled(as.owner, false)).toMatchObject({ endedBy: "member" });
    expect(await setEnabled(as.developer, true)).toMatchObject({ status: "active" });
  });

  test.each([
    ["an administrator", "admin", () => setEnabled(as.admin, false)],
    ["the policy for leaked keys", "leak", leak],
  ])("by a member and then by %s counts as disabled by the latter", async (_, endedBy, disable) => {
    await setEnabled(as.owner, false);
    await disable();
    expect(await current()).toMatchObject({ status: "disabled", endedBy });
    await expect(setEnabled(as.owner, true)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("by an administrator stays so, whatever a member or a leak adds", async () => {
    await setEnabled(as.admin, false);
    await setEnabled(as.owner, false);
    await leak();
    await rotate();
    expect(await current()).toMatchObject({ status: "disabled", endedBy: "admin" });
  });

  test("before the reason was recorded can be enabled as before", async () => {
    await setEnabled(as.admin, false);
    await db.write(({ q, t }) => q.update(t.keys).set({ disabledBy: null }));
    expect(await setEnabled(as.developer, true)).toMatchObject({ status: "active" });
  });
});

describe("a key that is revoked", () => {
  test.each(REVOCATIONS)("by %s can be restored only by an administrator", async (_, endedBy, end) => {
    await end();
    expect(await current()).toMatchObject({ status: "revoked", endedBy });
    for (const who of [as.owner, as.developer]) {
      await expect(restore(who)).rejects.toMatchObject({
        code: "forbidden",
        message: expect.stringMatching(/Only an administrator can restore it/),
      });
    }
    await revoke(as.owner);
    await expect(restore(as.owner)).rejects.toMatchObject({ code: "forbidden" });
    expect(await restore(as.admin)).toMatchObject({ status: "active", endedBy: null, revokedAt: null });
  });

  test.each([
    ["revokes it", () => revoke(as.admin)],
    ["revokes it in bulk", bulkRevoke],
  ])("by a member becomes permanent once an administrator %s too", async (_, end) => {
    await revoke(as.owner);
    const { revokedAt } = await current();
    clock.advance(1_000);
    await end();
    expect(await current()).toMatchObject({ endedBy: "admin", revokedAt });
    await expect(restore(as.owner)).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("only an administrator can undo a sweep, and an undone one leaves a key disabled as it was", async () => {
  await setEnabled(as.admin, false);
  const sweepId = await sweep();
  for (const who of [as.owner, as.developer]) {
    await expect(undoSweep({ ctx: who, input: { sweepId } })).rejects.toMatchObject({ code: "forbidden" });
  }
  await undoSweep({ ctx: as.admin, input: { sweepId } });
  await workOn();
  expect(await current()).toMatchObject({ status: "disabled", endedBy: "admin" });
  await expect(setEnabled(as.owner, true)).rejects.toMatchObject({ code: "forbidden" });
});

test("someone who is not signed in has no administrator's rank", () => {
  const visitor = ctxOf(db, { kind: "visitor", ipAddress: null });
  expect(actorRank(visitor)).toBe("member");
  for (const by of ["admin", "policy", "leak"] as const) {
    expect(reactivationBlocker(visitor, by, "restore")).not.toBeNull();
  }
});

describe("a key that is disabled because of a leak", () => {
  beforeEach(leak);

  test("works again once it is rotated, and the leaked secret ends at once whatever the overlap", async () => {
    const { key: rotated } = await rotate(3_600);
    expect(rotated).toMatchObject({ status: "active", endedBy: null });
    expect(rotated.secrets).toHaveLength(1);
  });

  test("needs no administrator a second time once it works", async () => {
    await rotate();
    await setEnabled(as.owner, false);
    expect(await setEnabled(as.developer, true)).toMatchObject({ status: "active" });
  });

  test("does not leave a leaked older secret alive by replacing an unseen one", async () => {
    const { secret: second } = await rotate();
    await rotate(3_600);
    await recordLeaks(as.system, [{ token: second, url: "elsewhere" }], "github");
    const input = { ...key, overlapSeconds: 60, replaceUnseen: true };
    const again = rotateKey({ ctx: as.developer, input });
    await expect(again).rejects.toMatchObject({ problem: "OVERLAP_RUNNING" });
  });

  test("keeps the overlap of its current secret if only an older one leaked", async () => {
    const { secret: second } = await rotate();
    await rotate(3_600);
    await recordLeaks(as.system, [{ token: second, url: "elsewhere" }], "github");
    expect(await current()).toMatchObject({ status: "disabled", endedBy: "leak" });
    const input = { ...key, overlapSeconds: 60, endOlder: true };
    const { key: rotated } = await rotateKey({ ctx: as.developer, input });
    expect(rotated.status).toBe("active");
    expect(rotated.secrets.map(({ lapsesAt }) => lapsesAt !== null)).toEqual([false, true]);
  });
});

test("an administrator's management token overrules a decision only with the scope admin:write", async () => {
  await setEnabled(as.admin, false);
  const { actor } = as.admin;
  if (actor.kind !== "user") throw new Error("an administrator is a user");
  const by = (scopes: readonly ManagementScope[]) =>
    ctxOf(db, { ...actor, via: "token", token: { id: "mtk_1", name: "script", scopes } }, { clock });
  await expect(setEnabled(by(["keys:write"]), true)).rejects.toMatchObject({ code: "forbidden" });
  expect(await setEnabled(by(["keys:write", "admin:write"]), true)).toMatchObject({ status: "active" });
});
