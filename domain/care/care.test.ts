import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import type { Ctx, UserActor } from "../context.ts";
import { getKey } from "../keys/get.ts";
import { rotateKey } from "../keys/rotate.ts";
import { listNotices } from "../notices/list.ts";
import { setPolicies } from "../policies/set.ts";
import { setSecretAge } from "../secretAge/set.ts";
import { exemptKey } from "../unused/exempt.ts";
import { dailyCare } from "./daily.ts";
import { dryRunUnused } from "./dryRun.ts";
import { onceADay } from "./onceADay.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const clock = makeClock();
let db: Db;
let admin: Ctx;
let system: Ctx;
let owner: UserActor;
let projectId: string;

beforeEach(async () => {
  clock.set(START);
  db = await openTestDb();
  owner = await makeUser(db);
  projectId = await makeProject(db, owner, "Chat");
  admin = ctxOf(db, await makeAdmin(db), { clock });
  system = ctxOf(db, { kind: "system" }, { clock });
});

const add = async (name: string, fields: object = {}) =>
  (await makeKey(ctxOf(db, owner, { clock }), projectId, { name, ...fields })).key.id;
const statusOf = async (keyId: string) => (await getKey({ ctx: admin, input: { projectId, keyId } })).status;
const told = async () =>
  (await listNotices({ ctx: ctxOf(db, owner, { clock }), input: { limit: 200, unread: false } })).items;
const kinds = async () => (await told()).map(({ kind }) => kind).reverse();
const use = (keyId: string, lastUsedAt: number) =>
  db.write((tx) => tx.q.update(tx.t.keys).set({ lastUsedAt }).where(eq(tx.t.keys.id, keyId)));
/** Day by day, as portals that run all the time would. */
async function pass(days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    clock.advance(DAY);
    await dailyCare(system);
  }
}

describe("once a day", () => {
  test("of many portals one does the work, and the next day again", async () => {
    let times = 0;
    const run = () => onceADay(db, "count", clock.now(), async () => ({ times: ++times }));
    await Promise.all([run(), run(), run()]);
    expect(await run()).toBeNull();
    expect(times).toBe(1);
    clock.advance(DAY);
    await run();
    expect(times).toBe(2);
  });

  test("work that died half-way is begun anew after a while, and not before", async () => {
    const die = () =>
      onceADay(db, "count", clock.now(), async () => {
        throw new Error("died");
      });
    await expect(die()).rejects.toThrow("died");
    const run = () => onceADay(db, "count", clock.now(), async () => ({}));
    expect(await run()).toBeNull();
    clock.advance(16 * 60_000);
    expect(await run()).toEqual({});
  });
});

describe("unused keys", () => {
  const rule = { warnDays: 30, disableDays: 60, revokeDays: 90 };
  beforeEach(() => setPolicies({ ctx: admin, input: { unusedKeys: rule } }));

  test("are warned of once, switched off, and revoked, each at its time", async () => {
    const id = await add("idle");
    await pass(29);
    expect(await kinds()).toEqual([]);
    await pass(15);
    expect(await kinds()).toEqual(["key.unused"]);
    expect((await told())[0]?.text).toContain(new Date(START + 60 * DAY).toISOString().slice(0, 10));
    await pass(20);
    expect(await kinds()).toEqual(["key.unused", "key.disabled"]);
    expect(await statusOf(id)).toBe("disabled");
    await pass(30);
    expect(await kinds()).toEqual(["key.unused", "key.disabled", "key.revoked"]);
    expect(await statusOf(id)).toBe("revoked");
    const { audit } = db.read.t;
    const traces = await db.read.q.select().from(audit).where(eq(audit.subjectId, id));
    expect(traces.filter(({ via }) => via === "system").map(({ action, after }) => [action, after])).toEqual([
      ["key.disabled", { reason: "Not used for 60 days" }],
      ["key.revoked", { reason: "Not used for 90 days" }],
    ]);
  });

  test("that are used meanwhile begin anew, and exempt ones are left alone while they are", async () => {
    const [used, exempt] = [await add("used"), await add("exempt")];
    await exemptKey({
      ctx: admin,
      input: { keyId: exempt, reason: "once a year", until: START + 65 * DAY + HOUR },
    });
    await pass(40);
    await use(used, clock.now());
    await pass(25);
    expect([await statusOf(used), await statusOf(exempt)]).toEqual(["active", "active"]);
    expect(await kinds()).toEqual(["key.unused"]);
    await pass(1);
    expect([await statusOf(used), await statusOf(exempt)]).toEqual(["active", "disabled"]);
    await pass(5);
    expect((await kinds()).filter((kind) => kind === "key.unused")).toHaveLength(2);
  });

  test("are listed by the dry run exactly as the run then treats them", async () => {
    const days = [10, 35, 45, 70, 100, 130];
    const ids = new Map<number, string>();
    for (const age of days) {
      clock.set(START - age * DAY);
      ids.set(age, await add(`idle for ${age}`));
    }
    clock.set(START);
    const preview = await dryRunUnused({ ctx: admin, input: {} });
    const names = (step: "warn" | "disable" | "revoke") => preview[step].first.map(({ name }) => name);
    expect(names("warn")).toEqual(["idle for 45", "idle for 35"]);
    expect(names("disable")).toEqual(["idle for 70"]);
    expect(names("revoke")).toEqual(["idle for 130", "idle for 100"]);
    await dailyCare(system);
    const statuses = await Promise.all(days.map((age) => statusOf(ids.get(age) ?? "")));
    expect(statuses).toEqual(["active", "active", "active", "disabled", "revoked", "revoked"]);
    expect((await kinds()).sort()).toEqual(["key.disabled", "keys.revoked", "keys.unused"].sort());
    const after = await dryRunUnused({ ctx: admin, input: {} });
    expect([after.warn.count, after.disable.count, after.revoke.count]).toEqual([0, 0, 0]);
  });

  test("without a rule nothing happens to them", async () => {
    const none = { warnDays: null, disableDays: null, revokeDays: null };
    await setPolicies({ ctx: admin, input: { unusedKeys: none } });
    const id = await add("idle");
    await pass(3);
    clock.advance(200 * DAY);
    await pass(3);
    expect(await statusOf(id)).toBe("active");
    expect(await told()).toEqual([]);
  });
});

test("an expiry is told 14, 7 and 1 days before, once each, and not of a key made for less", async () => {
  const at = (days: number) => new Date(START + days * DAY + HOUR).toISOString();
  await add("twenty", { expiresAt: at(20) });
  await add("three", { expiresAt: at(3) });
  await add("revoked", { expiresAt: at(20), name: "other" });
  await db.write((tx) => tx.q.update(tx.t.keys).set({ revokedAt: START }).where(eq(tx.t.keys.name, "other")));
  await pass(25);
  expect((await told()).reverse().map(({ title }) => title)).toEqual([
    "three expires in 1 day",
    "twenty expires in 14 days",
    "twenty expires in 7 days",
    "twenty expires in 1 day",
  ]);
});

describe("the age of secrets", () => {
  test("is reminded of by the stricter rule, and a key is cut off only by a rule that says so", async () => {
    await setPolicies({ ctx: admin, input: { secretAge: { maxDays: 90, cut: false } } });
    const id = await add("old");
    await pass(120);
    expect(await kinds()).toEqual(Array(4).fill("key.secret-old"));
    expect(await statusOf(id)).toBe("active");
    await setSecretAge({ ctx: admin, input: { projectId, rule: { maxDays: 125, cut: true } } });
    await pass(6);
    expect(await statusOf(id)).toBe("disabled");
  });

  test("begins anew with a rotation", async () => {
    await setSecretAge({ ctx: admin, input: { projectId, rule: { maxDays: 30, cut: true } } });
    const keyId = await add("rotated");
    await pass(29);
    await rotateKey({ ctx: admin, input: { projectId, keyId, overlapSeconds: 3_600 } });
    await pass(14);
    expect(await statusOf(keyId)).toBe("active");
    await pass(17);
    expect(await statusOf(keyId)).toBe("disabled");
  });
});
