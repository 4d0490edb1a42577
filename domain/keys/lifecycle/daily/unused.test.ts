import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { formatUtcDate } from "#core/format-utc.ts";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { createLifecycleFixture, type Site } from "#test/lifecycle-fixture.ts";
import { START } from "#test/people.ts";
import { setPolicies } from "../../../access/policies/set.ts";
import { resumeProject, suspendProject } from "../../../projects/suspend.ts";
import { restoreKey } from "../../restore.ts";
import { revokeKey } from "../../revoke.ts";
import { updateKey } from "../../update.ts";
import { previewSweep } from "../sweeps/preview.ts";
import { runSweeps } from "../sweeps/run-sweeps.ts";
import { startSweep, undoSweep } from "../sweeps/start.ts";
import { exemptKey } from "../unused/exempt.ts";
import { listUnusedKeys } from "../unused/list.ts";
import { listUnusedSchema } from "../unused/schema.ts";
import { runDailyJobs } from "./run-daily-jobs.ts";
import { applyUnusedPolicy } from "./unused.ts";
import { dryRunUnused } from "./unused-dry-run.ts";

const rule = { warnDays: 30, disableDays: 60, revokeDays: 90 };
let site: Site;
let projectId: string;
beforeEach(async () => {
  site = await createLifecycleFixture();
  ({ projectId } = site);
  await setPolicies({ ctx: site.admin, input: { unusedKeys: rule } });
});
const dryRun = (draft = rule) => dryRunUnused({ ctx: site.admin, input: { rule: draft } });
/** A key that nobody has used for so many days. */
async function addIdle(days: number): Promise<string> {
  const { clock, add } = site;
  const now = clock.now();
  clock.set(now - days * DAY_MS);
  const id = await add(`idle for ${days}`);
  clock.set(now);
  return id;
}

test("unused keys are announced once, disabled and revoked, each at its time", async () => {
  const { db, add, pass, kinds, notifications, statusOf, passTo } = site;
  const id = await add("idle");
  await passTo(29);
  expect(await kinds()).toEqual([]);
  await passTo(15);
  expect(await kinds()).toEqual(["key.unused"]);
  expect((await notifications())[0]?.text).toContain(formatUtcDate(START + 60 * DAY_MS));
  await passTo(15);
  expect(await statusOf(id)).toBe("active");
  await pass(1);
  expect(await kinds()).toEqual(["key.unused", "key.disabled"]);
  expect(await statusOf(id)).toBe("disabled");
  await passTo(30);
  expect(await kinds()).toEqual(["key.unused", "key.disabled", "key.revoked"]);
  expect(await statusOf(id)).toBe("revoked");
  const { audit } = db.read.t;
  const traces = await db.read.q.select().from(audit).where(eq(audit.subjectId, id));
  expect(traces.filter(({ via }) => via === "system").map(({ action, after }) => [action, after])).toEqual([
    ["key.disabled", { enabled: false, reason: "Not used for 60 days" }],
    ["key.revoked", { revokedAt: expect.any(String), reason: "Not used for 90 days" }],
  ]);
});

test("using a key resets its idle time, and exempt keys are skipped while they are exempt", async () => {
  const { clock, admin, add, use, statusOf, kinds, pass, passTo } = site;
  const [used, exempt] = [await add("used"), await add("exempt")];
  const until = START + 65 * DAY_MS + HOUR_MS;
  await exemptKey({ ctx: admin, input: { keyId: exempt, reason: "once a year", until } });
  await passTo(40);
  await use(used, clock.now());
  await passTo(25);
  expect([await statusOf(used), await statusOf(exempt)]).toEqual(["active", "active"]);
  const unused = async () => (await kinds()).filter((kind) => kind === "key.unused");
  expect(await unused()).toHaveLength(1);
  await pass(5);
  expect(await unused()).toHaveLength(3);
});

test("a key that was exempt when others were announced is announced first and disabled a week later", async () => {
  const { admin, add, pass, statusOf, kinds, notifications, passTo } = site;
  const keyId = await add("exempt");
  const until = START + 65 * DAY_MS + HOUR_MS;
  await exemptKey({ ctx: admin, input: { keyId, reason: "once a year", until } });
  await passTo(66);
  expect(await kinds()).toEqual(["key.unused"]);
  expect((await notifications())[0]?.text).toContain(formatUtcDate(START + 73 * DAY_MS));
  await passTo(6);
  expect(await statusOf(keyId)).toBe("active");
  await pass(1);
  expect(await statusOf(keyId)).toBe("disabled");
});

test("a new rule takes no step that was not announced a week before, however long a key was idle", async () => {
  const { add, clock, pass, statusOf, kinds, passTo } = site;
  const id = await add("forgotten");
  clock.advance(300 * DAY_MS);
  await pass(1);
  expect([await statusOf(id), await kinds()]).toEqual(["active", ["key.unused"]]);
  await passTo(7);
  expect([await statusOf(id), await kinds()]).toEqual(["disabled", ["key.unused", "key.disabled"]]);
  await passTo(6);
  expect(await statusOf(id)).toBe("disabled");
  await pass(1);
  expect(await statusOf(id)).toBe("revoked");
});

test("steps that are less than a week apart in the rule are taken that far apart", async () => {
  const { admin, add, pass, statusOf } = site;
  await setPolicies({
    ctx: admin,
    input: { unusedKeys: { warnDays: 1, disableDays: 2, revokeDays: 3 } },
  });
  const id = await add("short-lived");
  await pass(1);
  expect(await statusOf(id)).toBe("active");
  await pass(1);
  expect(await statusOf(id)).toBe("disabled");
  await pass(1);
  expect(await statusOf(id)).toBe("revoked");
});

test("a rule without a warning takes its steps at once, one per run", async () => {
  const { admin, pass, statusOf, kinds } = site;
  await setPolicies({
    ctx: admin,
    input: { unusedKeys: { warnDays: null, disableDays: null, revokeDays: 90 } },
  });
  const id = await addIdle(100);
  await pass(1);
  expect([await statusOf(id), await kinds()]).toEqual(["revoked", ["key.revoked"]]);
});

test("a key that its owner disabled is announced too, and revoked a week later at the earliest", async () => {
  const { asOwner, add, pass, statusOf, kinds, passTo } = site;
  const keyId = await add("resting");
  await updateKey({ ctx: asOwner, input: { projectId, keyId, enabled: false } });
  await passTo(30);
  await passTo(59);
  expect([await statusOf(keyId), await kinds()]).toEqual(["disabled", ["key.unused"]]);
  await pass(1);
  expect(await statusOf(keyId)).toBe("revoked");
});

describe("a reactivated key is not disabled or revoked again:", () => {
  /** Advances until the key is idle again by the rule. */
  async function staysFor(keyId: string, daysLeft: number): Promise<void> {
    const { pass, statusOf, notifications, passTo } = site;
    const before = (await notifications()).length;
    await passTo(daysLeft - 1);
    expect([await statusOf(keyId), (await notifications()).length]).toEqual(["active", before]);
    await pass(1);
    expect((await notifications())[0]?.kind).toBe("key.unused");
  }

  test("a restored key", async () => {
    const { asOwner, clock, add } = site;
    const keyId = await add("restored");
    clock.advance(200 * DAY_MS);
    await revokeKey({ ctx: asOwner, input: { projectId, keyId } });
    await restoreKey({ ctx: asOwner, input: { projectId, keyId } });
    await staysFor(keyId, 30);
  });

  test("a key that an administrator enabled", async () => {
    const { admin, add, statusOf, passTo } = site;
    const keyId = await add("enabled");
    await passTo(30);
    await passTo(30);
    expect(await statusOf(keyId)).toBe("disabled");
    await updateKey({ ctx: admin, input: { projectId, keyId, enabled: true } });
    await staysFor(keyId, 30);
  });

  test("a key of an undone sweep", async () => {
    const { db, admin, clock, add } = site;
    const keyId = await add("swept");
    clock.advance(200 * DAY_MS);
    const input = { filter: listUnusedSchema.parse({ unusedForDays: 90 }), reason: "nobody uses them" };
    const { id: sweepId } = await previewSweep({ ctx: admin, input });
    const work = () => runSweeps({ read: db.read, contextFor: () => admin, clock: () => 0 });
    await startSweep({ ctx: admin, input: { sweepId } });
    await work();
    await undoSweep({ ctx: admin, input: { sweepId } });
    await work();
    await staysFor(keyId, 30);
  });

  test("a key of a project that was resumed; keys of a suspended project are skipped", async () => {
    const { admin, add, statusOf, notifications, passTo } = site;
    const keyId = await add("of a suspended project");
    await suspendProject({ ctx: admin, input: { projectId } });
    await passTo(100);
    expect([await statusOf(keyId), await notifications()]).toEqual(["active", []]);
    await resumeProject({ ctx: admin, input: { projectId } });
    await staysFor(keyId, 30);
  });

  test("and it is listed and dry-run as idle since then", async () => {
    const { admin, asOwner, clock, add } = site;
    const keyId = await add("restored");
    clock.advance(200 * DAY_MS);
    await revokeKey({ ctx: asOwner, input: { projectId, keyId } });
    await restoreKey({ ctx: asOwner, input: { projectId, keyId } });
    const listed = async () =>
      (await listUnusedKeys({ ctx: admin, input: listUnusedSchema.parse({ unusedForDays: 30 }) })).items;
    const restoredAt = new Date(clock.now()).toISOString();
    expect(await listed()).toEqual([]);
    expect((await dryRun()).warn.count).toBe(0);
    clock.advance(30 * DAY_MS);
    expect(await listed()).toMatchObject([{ id: keyId, idleSince: restoredAt }]);
    expect((await dryRun()).warn.first).toMatchObject([{ id: keyId, idleSince: restoredAt }]);
  });
});

test("the dry run lists exactly what the run then does, and what follows a week later", async () => {
  const { statusOf, kinds, system, passTo } = site;
  const days = [10, 35, 45, 70, 130];
  const ids = new Map<number, string>();
  for (const age of days) ids.set(age, await addIdle(age));
  const namesOf = async () => {
    const { warn, disable, revoke, waiting } = await dryRun();
    return [warn, disable, revoke, waiting].map(({ first }) => first.map(({ name }) => name));
  };
  const statuses = () => Promise.all(days.map((age) => statusOf(ids.get(age) ?? "")));
  expect(await namesOf()).toEqual([
    ["idle for 130", "idle for 70", "idle for 45", "idle for 35"],
    [],
    [],
    ["idle for 130", "idle for 70"],
  ]);
  await runDailyJobs(system);
  expect(await statuses()).toEqual(Array(5).fill("active"));
  expect(await namesOf()).toEqual([[], [], [], []]);
  site.clock.advance(7 * DAY_MS);
  expect(await namesOf()).toEqual([[], ["idle for 130", "idle for 70"], [], []]);
  await runDailyJobs(system);
  expect(await statuses()).toEqual(["active", "active", "active", "disabled", "disabled"]);
  await passTo(7);
  expect(await statuses()).toEqual(["active", "active", "active", "disabled", "revoked"]);
  expect(await kinds()).toEqual(["keys.unused", "keys.disabled", "key.revoked"]);
});

describe("owners are notified once per run and step", () => {
  test("however many batches their keys were processed in", async () => {
    const { clock, pass, notifications, addMany } = site;
    await addMany(450);
    clock.advance(30 * DAY_MS);
    await pass(1);
    expect((await notifications()).map(({ kind, data }) => [kind, data.count])).toEqual([
      ["keys.unused", 450],
    ]);
  });

  test("of all their keys, even if a run died half-way and another continued", async () => {
    const { clock, system, notifications, addMany } = site;
    await addMany(450);
    clock.advance(31 * DAY_MS);
    let parts = 0;
    const dying = applyUnusedPolicy(system, rule, async () => {
      if (++parts === 2) throw new Error("died");
    });
    await expect(dying).rejects.toThrow("died");
    expect(await notifications()).toEqual([]);
    expect(await applyUnusedPolicy(system, rule, async () => {})).toMatchObject({ warned: 50 });
    await applyUnusedPolicy(system, rule, async () => {});
    expect((await notifications()).map(({ kind, data }) => [kind, data.count])).toEqual([
      ["keys.unused", 450],
    ]);
  });
});

test("without a rule nothing happens to unused keys", async () => {
  const { admin, add, clock, statusOf, notifications, passTo } = site;
  const none = { warnDays: null, disableDays: null, revokeDays: null };
  await setPolicies({ ctx: admin, input: { unusedKeys: none } });
  const id = await add("idle");
  await passTo(3);
  clock.advance(200 * DAY_MS);
  await passTo(3);
  expect(await statusOf(id)).toBe("active");
  expect(await notifications()).toEqual([]);
});
