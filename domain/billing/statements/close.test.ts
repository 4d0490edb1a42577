import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { type BillingSite, billingSite, countUsage } from "#test/billing-fixture.ts";
import { makeProject, makeUser } from "#test/people.ts";
import { closeStatements } from "./close.ts";
import { readStatement } from "./read.ts";

let site: BillingSite;
beforeEach(async () => {
  site = await billingSite();
});

const NOVEMBER = Date.UTC(2026, 10, 1);
const CLOSED = Date.UTC(2026, 11, 3);

const read = (month: string) => readStatement({ ctx: site.ctx, input: { projectId: site.projectId, month } });
const close = (at = site.clock.now()) => closeStatements({ db: site.db, now: () => at });
const count = (hour: number, requests: number) => countUsage(site, [{ hour, requests }]);

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
    await closeStatements(portal((other) => others.push(other)));
  });
  expect(await closeStatements(slow)).toBe(4);
  // They only tried to claim the work, and not after it was done.
  expect(others.length).toBeGreaterThan(4);
  expect(new Set(others)).toEqual(new Set([1]));
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
