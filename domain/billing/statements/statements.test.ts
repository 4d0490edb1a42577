import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { prune } from "#engine/aggregation/prune.ts";
import { sumUsage } from "#engine/usage/store.ts";
import {
  type BillingSite,
  billingSite,
  countUsage,
  dedupingReceiver,
  exportUsage,
  newExport,
} from "#test/billing-fixture.ts";
import { enableFor, makeApi, makeProject, makeUser } from "#test/people.ts";
import { makePlan, subscribeTo } from "#test/plans.ts";
import { closeStatements } from "./close.ts";
import { statementCsv } from "./csv.ts";
import { readStatement } from "./read.ts";

let site: BillingSite;
beforeEach(async () => {
  site = await billingSite();
});

const NOVEMBER = Date.UTC(2026, 10, 1);
const DECEMBER = Date.UTC(2026, 11, 1);
const CLOSED = DECEMBER + 2 * DAY_MS;

const read = (month: string) => readStatement({ ctx: site.ctx, input: { projectId: site.projectId, month } });
const close = (at = site.clock.now()) => closeStatements({ db: site.db, now: () => at });
const count = (at: number, units: number, more: object = {}) =>
  countUsage(site, [{ hour: at, requests: units, units, ...more }]);

async function putOnPlan() {
  const apiId = await makeApi(site.db, "chat");
  await enableFor(site.db, site.projectId, "chat");
  const planId = await makePlan(site.db, apiId, {
    slug: "pro",
    terms: {
      includedUnits: 100,
      overage: "allow",
      price: { currency: "EUR", monthly: "9.90", perThousand: "2" },
    },
  });
  await subscribeTo(site.db, site.projectId, planId);
  await site.db.write(({ q, t }) => q.update(t.subscriptions).set({ startsAt: NOVEMBER }));
}

test("a month closes 48 hours after its end and then never changes; the statement and the export agree", async () => {
  await putOnPlan();
  const receiver = dedupingReceiver();
  await newExport(site.ctx, { from: "2026-11-01T00:00:00Z" });
  await count(NOVEMBER + 5 * DAY_MS, 80);
  await count(NOVEMBER + 22 * DAY_MS, 1_020);
  await count(NOVEMBER + 22 * DAY_MS, 7, { code: "QUOTA_EXCEEDED", units: 0 });
  site.clock.set(CLOSED - 1);
  expect(await close()).toBe(0);
  const open = await read("2026-11");
  expect(open).toMatchObject({ status: "provisional", total: { requests: 1_100, units: 1_100 } });
  site.clock.set(CLOSED);
  expect(await close()).toBe(1);
  expect(await close()).toBe(0);
  const closed = await read("2026-11");
  expect(closed).toEqual({ ...open, status: "closed" });
  await exportUsage(site, async (_, request) => {
    receiver.take(request);
    return { status: 204, body: "", retryAfterMs: null };
  });
  expect(receiver.total()).toEqual({ requests: closed.total.requests, units: closed.total.units });
  // Plans change, usage arrives late, and hourly counts are deleted.
  await site.db.write(({ q, t }) => q.delete(t.subscriptions));
  await count(NOVEMBER + 29 * DAY_MS, 5);
  await prune(site.db, NOVEMBER + 200 * DAY_MS, 30 * DAY_MS);
  expect(await read("2026-11")).toEqual(closed);
});

test("usage that is counted after its month was closed is in the next statement, once", async () => {
  await count(NOVEMBER, 10);
  site.clock.set(CLOSED);
  await close(CLOSED);
  await count(NOVEMBER + DAY_MS, 4);
  await count(DECEMBER, 3);
  const december = await read("2026-12");
  expect(december.lines).toMatchObject([
    { kind: "usage", units: 3 },
    { kind: "late", month: "2026-11", units: 4, requests: 4, amount: null },
  ]);
  site.clock.set(Date.UTC(2027, 0, 4));
  await close();
  await count(NOVEMBER + 29 * DAY_MS, 2);
  await count(DECEMBER + DAY_MS, 1);
  const months = ["2026-11", "2026-12", "2027-01"];
  const statements = await Promise.all(months.map(read));
  expect(statements.map(({ total, status }) => [status, total.units])).toEqual([
    ["closed", 10],
    ["closed", 7],
    ["provisional", 3],
  ]);
  const [usage] = await sumUsage(site.db.read, {
    by: [],
    sums: ["units"],
    buckets: [{ interval: "hour", from: 0 }],
  });
  expect(statements.reduce((sum, { total }) => sum + total.units, 0)).toBe(usage?.units);
});

test("a month without usage is closed too: what is counted for it later is in the next statement", async () => {
  await close(CLOSED);
  site.clock.set(CLOSED);
  await count(NOVEMBER + 29 * DAY_MS, 5);
  expect(await read("2026-11")).toMatchObject({ status: "closed", total: { units: 0 } });
  site.clock.set(Date.UTC(2027, 0, 4));
  await close();
  expect(await read("2026-12")).toMatchObject({
    status: "closed",
    lines: [{ kind: "late", month: "2026-11", units: 5 }],
  });
});

test("a month whose time has come is closed when it is read, before the job does it", async () => {
  await count(NOVEMBER, 10);
  site.clock.set(CLOSED - 1);
  expect(await read("2026-11")).toMatchObject({ status: "provisional" });
  site.clock.set(CLOSED);
  const closed = await read("2026-11");
  expect(closed).toMatchObject({ status: "closed", total: { units: 10 } });
  await count(NOVEMBER + DAY_MS, 4);
  expect(await read("2026-11")).toEqual(closed);
  const late = { lines: [{ kind: "late", month: "2026-11", units: 4 }] };
  expect(await read("2026-12")).toMatchObject(late);
  await close();
  expect(await read("2026-11")).toEqual(closed);
  expect(await read("2026-12")).toMatchObject(late);
});

describe("of a project that is years old, every month is closed", () => {
  const [first, later] = [Date.UTC(2022, 4, 1), Date.UTC(2024, 1, 1)];
  beforeEach(async () => {
    await site.db.write(({ q, t }) => q.update(t.projects).set({ createdAt: first + DAY_MS }));
    await count(first + 2 * DAY_MS, 3);
    await count(later, 4);
    await count(NOVEMBER, 5);
    site.clock.set(CLOSED);
  });
  const stored = async () => {
    const { q, t } = site.db.read;
    const rows = await q.select().from(t.statements).orderBy(t.statements.month);
    return rows.map(({ month, lines }) => [month, lines.reduce((sum, { units }) => sum + units, 0)]);
  };
  const expectAllClosed = async () => {
    expect(await stored()).toEqual(
      expect.arrayContaining([
        ["2022-05", 3],
        ["2024-02", 4],
        ["2026-11", 5],
      ]),
    );
    for (const month of ["2005-01", "2022-04", "2022-05", "2022-06", "2024-02", "2026-10", "2026-11"])
      expect(await read(month), month).toMatchObject({ status: "closed" });
    expect(await read("2026-12")).toMatchObject({ status: "provisional", lines: [] });
    const all = await stored();
    expect(all.reduce((sum, [, units]) => sum + Number(units), 0)).toBe(12);
    expect(await close()).toBe(0);
  };

  test("if nothing was ever closed, because the portal was off", async () => {
    expect(await close()).toBeGreaterThan(0);
    await expectAllClosed();
  });

  test("if an earlier version closed only the last 24 months", async () => {
    await site.db.write(({ q, t }) =>
      q.insert(t.jobCursors).values([
        { job: "close statements, first month", at: Date.UTC(2024, 9, 1) },
        { job: "close statements", at: Date.UTC(2026, 9, 1) },
      ]),
    );
    expect(await close()).toBeGreaterThan(0);
    await expectAllClosed();
  });
});

/** A portal that calls `beforeWrite` with the number of its write transaction before each. */
const portal = (beforeWrite: (number: number) => unknown) => {
  let writes = 0;
  const db: Db = {
    ...site.db,
    write: async (work) => {
      await beforeWrite(++writes);
      return site.db.write(work);
    },
  };
  return { db, now: site.clock.now };
};

test("of two portals that close a month at once, one does the work", async () => {
  await count(NOVEMBER, 10);
  site.clock.set(CLOSED);
  const [reached, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = closeStatements(
    portal((number) => {
      if (number === 1) return;
      reached.resolve();
      return done.promise;
    }),
  );
  await reached.promise;
  const writes: number[] = [];
  expect(await closeStatements(portal((number) => writes.push(number)))).toBe(0);
  // It only tried to claim the work.
  expect(writes).toEqual([1]);
  done.resolve();
  expect(await first).toBe(1);
});

test("a portal that dies while it closes a month is replaced after two minutes", async () => {
  await count(NOVEMBER, 10);
  site.clock.set(CLOSED);
  const dying = portal((number) => {
    if (number > 1) throw new Error("died");
  });
  await expect(closeStatements(dying)).rejects.toThrow("died");
  expect(await close()).toBe(0);
  site.clock.advance(2 * MINUTE_MS);
  expect(await close()).toBe(1);
});

test("a portal that closes statements for long keeps its claim", async () => {
  const { db } = site;
  for (let at = 0; at < 4; at++) {
    const projectId = await makeProject(db, await makeUser(db));
    await countUsage({ ...site, projectId }, [{ hour: NOVEMBER }]);
  }
  site.clock.set(CLOSED);
  const others: number[] = [];
  const slow = portal(async (number) => {
    if (number < 2) return;
    site.clock.advance(25_000);
    others.push(await close());
  });
  expect(await closeStatements(slow)).toBe(4);
  expect(others.length).toBeGreaterThan(4);
  expect(new Set(others)).toEqual(new Set([0]));
});

test("usage that arrives while one portal takes over from another is in no statement that was empty before", async () => {
  const { db } = site;
  await close(CLOSED - 1);
  site.clock.set(CLOSED);
  await count(NOVEMBER, 10);
  const other = { ...site, projectId: await makeProject(db, await makeUser(db)) };
  const [reached, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  // After its claim.
  const slow = portal((number) => {
    if (number !== 2) return;
    reached.resolve();
    return done.promise;
  });
  let closing: Promise<unknown> | undefined;
  // Before it stores that the month is closed, after its claim and the only statement.
  const fast = portal(async (number) => {
    if (number !== 3) return;
    await countUsage(other, [{ hour: NOVEMBER, units: 5 }]);
    site.clock.advance(2 * MINUTE_MS);
    closing = closeStatements(slow);
    await reached.promise;
  });
  await closeStatements(fast);
  const late = () =>
    readStatement({ ctx: site.ctx, input: { projectId: other.projectId, month: "2026-11" } });
  const closed = await late();
  expect(closed).toMatchObject({ status: "closed", lines: [] });
  done.resolve();
  await closing;
  expect(await late()).toEqual(closed);
});

test("months that begin later and texts that are no months are rejected; strangers see nothing", async () => {
  await expect(read("2027-01")).rejects.toMatchObject({ code: "invalid" });
  for (const month of [
    "2026-13",
    "2026-00",
    "2026-1",
    "1999-01",
    "2026-11-01",
    "",
    "2026-11\n",
    "__proto__",
    "２０２６-11",
  ])
    await expect(read(month)).rejects.toMatchObject({ code: "invalid" });
  const stranger = await makeUser(site.db);
  await expect(
    readStatement({
      ctx: { ...site.ctx, actor: stranger },
      input: { projectId: site.projectId, month: "2026-11" },
    }),
  ).rejects.toMatchObject({ code: "not-found" });
  expect((await read("2025-01")).lines).toEqual([]);
});

test("as CSV, a statement has a row for each line, and no cell is a formula", async () => {
  await putOnPlan();
  await count(NOVEMBER + HOUR_MS, 150, { operation: "=HYPERLINK(1)" });
  const { filename, text } = await statementCsv({
    ctx: site.ctx,
    input: { projectId: site.projectId, month: "2026-11" },
  });
  expect(filename).toBe(`statement-${site.projectId}-2026-11.csv`);
  const [heading, fee, usage] = text.split("\n");
  expect(heading).toBe(
    "month,status,kind,api,plan,version,trial,operation,requests,units,included,over,price,currency,amount",
  );
  expect(fee).toBe("2026-11,provisional,fee,chat,pro,1,no,,0,0,0,0,9.90,EUR,9.90");
  expect(usage).toBe("2026-11,provisional,usage,chat,pro,1,no,'=HYPERLINK(1),150,150,100,50,2,EUR,0.10");
});

test("an hour's usage that arrives minute by minute is in the provisional statement at once", async () => {
  for (let minute = 0; minute < 3; minute++) {
    site.clock.advance(MINUTE_MS);
    await count(NOVEMBER + 22 * DAY_MS + 12 * HOUR_MS, 1);
    expect((await read("2026-11")).total.units).toBe(minute + 1);
  }
});
