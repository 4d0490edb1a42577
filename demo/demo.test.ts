import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { effectOf } from "#core/restrictions/effect.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import { hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { closeStatements } from "#domain/billing/statements/close.ts";
import { readStatement } from "#domain/billing/statements/read.ts";
import { getKeyRuleState } from "#domain/keys/lifecycle/rules/state.ts";
import { keyStatusOf } from "#domain/keys/status.ts";
import { getSubscription } from "#domain/plans/read-subscription.ts";
import { listDeletedProjects } from "#domain/projects/list-deleted.ts";
import { readUsage } from "#domain/usage/read.ts";
import { readUsageSchema } from "#domain/usage/schema.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, START } from "#test/people.ts";
import { countedChecks, usageRows } from "#test/usage.ts";
import { catchUpDemo } from "./catch-up.ts";
import { isDemo, type SeededDemo, seedDemo } from "./seed.ts";

const CHECKS = 40_000;
const NOW = START + 34 * MINUTE_MS + 56_000;
const LENGTH_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };

let db: Db;
let demo: SeededDemo;
beforeAll(async () => {
  db = await openTestDb();
  demo = await seedDemo({ db, nowMs: NOW, checks: CHECKS });
});

/** Checks by everything but the interval, counted in buckets of `lengthMs` from `fromMs` on. */
async function countsOf(of: Db, interval: UsageInterval, lengthMs: number, fromMs = 0) {
  const counts = new Map<string, number>();
  for (const { bucket, count, units: _, ...facts } of await usageRows(of, interval)) {
    if (bucket < fromMs) continue;
    const id = [startOf(lengthMs, bucket), ...Object.values(facts)].join(" ");
    counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return new Map([...counts].sort());
}

async function expectIntervalsToAgree(of: Db) {
  expect(await countsOf(of, "hour", DAY_MS)).toEqual(await countsOf(of, "day", DAY_MS));
  const minutes = await countsOf(of, "minute", HOUR_MS);
  const firstMinute = Math.min(...(await usageRows(of, "minute")).map(({ bucket }) => bucket));
  expect(minutes).toEqual(await countsOf(of, "hour", HOUR_MS, startOf(HOUR_MS, firstMinute)));
}

test("the observed clients add up to the allowed requests of each day and match the keys' restrictions", async () => {
  const { q, t } = db.read;
  const sum = (rows: { count: number }[]) => rows.reduce((total, { count }) => total + count, 0);
  const from = startOf(DAY_MS, NOW - 35 * DAY_MS);
  const passed = (await usageRows(db, "day")).filter(
    ({ code, bucket }) => code === "VALID" && bucket >= from,
  );
  const seen = await q.select().from(t.clientObservations);
  for (const kind of ["address", "origin", "app"]) {
    expect(sum(seen.filter((row) => row.kind === kind))).toBe(sum(passed));
  }
  for (const key of await q.select().from(t.keys)) {
    const of = (kind: string) => seen.filter((row) => row.keyId === key.id && row.kind === kind);
    const observations = { address: of("address"), origin: of("origin"), app: of("app") };
    const calls = passed.filter(({ keyId }) => keyId === key.id);
    expect(
      effectOf(key.restrictions, {
        checks: sum(calls),
        calls,
        listedApis: new Set(),
        scopes: new Map(),
        observations,
      }).atMost,
      key.name,
    ).toBe(0);
  }
});

test("one key has report-only restrictions that would have denied some of its requests, and denied requests are listed", async () => {
  const { q, t } = db.read;
  const codes = new Set((await q.select().from(t.reportOnlyCounts)).map(({ code }) => code));
  expect(codes).toEqual(new Set(["VALID", "IP_NOT_ALLOWED"]));
  const denials = await q.select().from(t.denials);
  expect(new Set(denials.map(({ code }) => code)).size).toBeGreaterThan(2);
  expect(denials.every(({ at }) => at <= NOW && at > NOW - 31 * DAY_MS)).toBe(true);
});

test("minutes add up to hours and hours to days, for every key, API, operation and code", async () => {
  await expectIntervalsToAgree(db);
  expect((await usageRows(db, "minute")).length).toBeGreaterThan(1_000);
});

test("exactly the requested number of requests is counted, and readUsage finds all of those with a project", async () => {
  const days = await usageRows(db, "day");
  const strangers = days.filter(({ projectId }) => projectId === "");
  const sum = (rows: { count: number }[]) => rows.reduce((total, { count }) => total + count, 0);
  expect(sum(days)).toBe(CHECKS);
  expect(demo.checks).toBe(CHECKS);
  const ctx = ctxOf(db, await adminOf(db), { now: () => NOW });
  let read = 0;
  for (const { id } of demo.projects) {
    const from = new Date(NOW - 91 * DAY_MS).toISOString();
    read += (await readUsage({ ctx, input: readUsageSchema.parse({ projectId: id, from }) })).total;
  }
  expect(read + sum(strangers)).toBe(CHECKS);
});

test("nothing is counted in the future or in an unfinished minute", async () => {
  for (const interval of ["minute", "hour", "day"] as const) {
    const buckets = (await usageRows(db, interval)).map(({ bucket }) => bucket);
    expect(Math.max(...buckets)).toBeLessThan(startOf(MINUTE_MS, NOW));
    expect(buckets.every((bucket) => bucket % LENGTH_MS[interval] === 0)).toBe(true);
  }
});

test("there are keys in every state", async () => {
  const keys = await db.read.q.select().from(db.read.t.keys);
  const secrets = await db.read.q.select().from(db.read.t.secrets);
  expect(keys.length).toBeGreaterThanOrEqual(30);
  const statuses = new Set(keys.map((key) => keyStatusOf(key, NOW)));
  expect(statuses).toEqual(new Set(["active", "disabled", "expired", "revoked"]));
  expect(new Set(keys.map(({ environment }) => environment))).toEqual(new Set(["live", "test"]));
  expect(keys.some(({ lastUsedAt }) => lastUsedAt === null)).toBe(true);
  const forgotten = keys.filter(({ lastUsedAt, createdAt }) => !lastUsedAt && createdAt < NOW - 90 * DAY_MS);
  expect(forgotten.map(({ name }) => name).sort()).toEqual(["Store screenshots", "Summer raffle"]);
  expect(keys.some(({ expiresAt }) => expiresAt && expiresAt > NOW && expiresAt < NOW + 7 * DAY_MS)).toBe(
    true,
  );
  expect(secrets.some(({ overlapEndsAt }) => overlapEndsAt !== null && overlapEndsAt > NOW)).toBe(true);
  expect(secrets.some(({ overlapEndsAt }) => overlapEndsAt !== null && overlapEndsAt < NOW)).toBe(true);
  expect(
    keys.some(({ restrictions }) => restrictions.apis.some(({ operations }) => operations.length > 0)),
  ).toBe(true);
});

test("a key breaks a rule of its project, and a project was deleted", async () => {
  const ctx = ctxOf(db, await adminOf(db), { now: () => NOW });
  const { q, t } = db.read;
  const [key] = await q.select().from(t.keys).where(eq(t.keys.name, "Welcome bot"));
  const input = { projectId: key?.projectId ?? "", keyId: key?.id ?? "" };
  expect(await getKeyRuleState({ ctx, input })).toMatchObject({ broken: ["description"], exemption: null });
  const { items } = await listDeletedProjects({ ctx, input: { limit: 50 } });
  expect(items.map(({ name }) => name)).toEqual(["Creator summit"]);
});

test("no key was used before it was created or validly after it ended", async () => {
  const keys = await db.read.q.select().from(db.read.t.keys);
  const rows = await usageRows(db, "hour");
  for (const key of keys) {
    const ownRows = rows.filter(({ keyId }) => keyId === key.id);
    const end = Math.min(key.revokedAt ?? NOW, key.expiresAt ?? NOW);
    const valid = ownRows.filter(({ code }) => code === "VALID").map(({ bucket }) => bucket);
    expect(Math.min(NOW, ...ownRows.map(({ bucket }) => bucket)), key.name).toBeGreaterThanOrEqual(
      startOf(HOUR_MS, key.createdAt),
    );
    expect(Math.max(0, ...valid), key.name).toBeLessThan(end);
    expect(key.lastUsedAt ?? 0, key.name).toBeLessThan(end);
    expect(key.lastUsedAt === null, key.name).toBe(valid.length === 0);
  }
});

test("one day has noticeably more denied requests than others", async () => {
  const denied = new Map<number, number>();
  for (const { bucket, code, count } of await usageRows(db, "day")) {
    if (code !== "VALID") denied.set(bucket, (denied.get(bucket) ?? 0) + count);
  }
  const [most = 0, second = 0] = [...denied.values()].sort((a, b) => b - a);
  expect(most).toBeGreaterThan(2 * second);
});

test("a project is near the limit of its plan, another one on a trial, and a closed month has amounts", async () => {
  const ctx = ctxOf(db, await adminOf(db), { now: () => NOW });
  const idOf = (name: string) => demo.projects.find((project) => project.name === name)?.id ?? "";
  const plan = (name: string) => getSubscription({ ctx, input: { projectId: idOf(name), slug: "live" } });
  const studio = await plan("Creator studio");
  expect(studio).toMatchObject({ plan: { slug: "free" }, terms: { overage: "block" } });
  const month = startOf(DAY_MS, NOW) - (new Date(NOW).getUTCDate() - 1) * DAY_MS;
  const used = (await usageRows(db, "day", { projectId: [idOf("Creator studio")], api: ["live"] }))
    .filter(({ bucket, code }) => bucket >= month && code === "VALID")
    .reduce((sum, { units }) => sum + units, 0);
  const share = used / (studio.terms?.includedUnits ?? 0);
  expect(share).toBeGreaterThan(0.7);
  expect(share).toBeLessThan(1);
  expect(Date.parse((await plan("Community bots")).trialEndsAt ?? "")).toBeGreaterThan(NOW);
  expect((await plan("Parley apps")).override).toMatchObject({ reason: expect.stringContaining("Contract") });
  expect(await closeStatements({ db, now: () => NOW })).toBeGreaterThan(0);
  const input = { projectId: idOf("Parley apps"), month: "2026-10" };
  const statement = await readStatement({ ctx, input });
  expect(statement).toMatchObject({ status: "closed", total: { amounts: [{ currency: "EUR" }] } });
});

test("the database stores only hashes of the tokens that are shown", async () => {
  const { q, t } = db.read;
  const dump = JSON.stringify([
    await q.select().from(t.secrets),
    await q.select().from(t.serviceTokens),
    await q.select().from(t.audit),
    await q.select().from(t.keys),
  ]);
  for (const token of [demo.secret, demo.serviceToken]) {
    expect(dump).toContain(hashToken(token));
    expect(dump).not.toContain(token);
  }
});

test("a database that already has users is not changed", async () => {
  const before = await countedChecks(db);
  await expect(seedDemo({ db, nowMs: NOW, checks: 100 })).rejects.toThrow(/empty database/);
  expect(await countedChecks(db)).toBe(before);
});

test("a day later catchUp adds the missing traffic: intervals agree, and a second call adds nothing", async () => {
  const later = await openTestDb();
  await seedDemo({ db: later, nowMs: NOW, checks: CHECKS });
  const secrets = await later.read.q.select().from(later.read.t.keys);
  const ios = secrets.find(({ name }) => name === "iOS app")?.id ?? "";
  await later.write(({ q, t }) =>
    q
      .update(t.keys)
      .set({ revokedAt: NOW + HOUR_MS })
      .where(eq(t.keys.id, ios)),
  );
  expect(await isDemo(later)).toBe(true);
  const added = await catchUpDemo({ db: later, nowMs: NOW + DAY_MS });
  expect(added).toBeGreaterThan(CHECKS / 90 / 2);
  expect(await catchUpDemo({ db: later, nowMs: NOW + DAY_MS })).toBe(0);
  const days = await usageRows(later, "day");
  expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(CHECKS + added);
  await expectIntervalsToAgree(later);
  expect(days.some(({ keyId, code }) => keyId === ios && code === "KEY_REVOKED")).toBe(true);
  const read = await later.read.q.select().from(later.read.t.keys);
  expect(read.find(({ name }) => name === "Push gateway")?.lastUsedAt).toBeGreaterThan(NOW + 12 * HOUR_MS);
});

test("catchUp adds nothing to an empty database", async () => {
  const empty = await openTestDb();
  expect(await isDemo(empty)).toBe(false);
  expect(await catchUpDemo({ db: empty, nowMs: NOW })).toBe(0);
});

async function adminOf({ read: { q, t } }: Db) {
  const [admin] = await q.select().from(t.users).where(eq(t.users.siteRole, "admin"));
  return {
    kind: "user" as const,
    userId: admin?.id ?? "",
    name: admin?.name ?? "",
    siteRole: "admin" as const,
    via: "session" as const,
    ipAddress: null,
  };
}
