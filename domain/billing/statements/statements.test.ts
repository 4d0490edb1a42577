import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";
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
import { enableFor, makeApi, makeMember, makeUser } from "#test/people.ts";
import { makePlan, subscribeTo } from "#test/plans.ts";
import { deleteProject } from "../../projects/delete.ts";
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

test("late usage is in one statement, also if a later month is read and closed first", async () => {
  await count(NOVEMBER, 10);
  site.clock.set(CLOSED);
  await close();
  // Until February, the portal is off. Late usage arrives before.
  await count(NOVEMBER + 29 * DAY_MS, 4);
  await count(DECEMBER + 5 * DAY_MS, 3);
  site.clock.set(Date.UTC(2027, 1, 4));
  const january = await read("2027-01");
  await close();
  expect(await read("2027-01")).toEqual(january);
  const months = await Promise.all(["2026-11", "2026-12", "2027-01", "2027-02"].map(read));
  expect(months.map(({ total }) => total.units)).toEqual([10, 7, 0, 0]);
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

test("administrators read and export the statements of a deleted project, which close like others; its members don't", async () => {
  await putOnPlan();
  await count(NOVEMBER + 2 * DAY_MS, 150);
  const member = await makeMember(site.db, site.projectId, "owner");
  const input = { projectId: site.projectId, month: "2026-11" };
  const asMember = { ...site.ctx, actor: member };
  expect(await readStatement({ ctx: asMember, input })).toMatchObject({ total: { units: 150 } });
  await deleteProject({ ctx: site.ctx, input: { projectId: site.projectId } });
  const open = await read("2026-11");
  expect(open).toMatchObject({ status: "provisional", projectName: "Shop", total: { units: 150 } });
  site.clock.set(CLOSED);
  expect(await close()).toBe(1);
  expect(await read("2026-11")).toEqual({ ...open, status: "closed" });
  expect((await statementCsv({ ctx: site.ctx, input })).text.split("\n")).toHaveLength(4);
  for (const verb of [readStatement, statementCsv]) {
    await expect(verb({ ctx: asMember, input })).rejects.toMatchObject({ code: "not-found" });
  }
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
