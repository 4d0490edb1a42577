import { beforeEach, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { makeClock, START } from "#test/people.ts";
import { type Checkpoint, runOncePerDay } from "./once-per-day.ts";

const clock = makeClock();
let db: Db;

beforeEach(async () => {
  clock.set(START);
  db = await openTestDb();
});

const run = (work: (checkpoint: Checkpoint) => Promise<void> = async () => {}) =>
  runOncePerDay({ db, name: "count", now: clock.now }, async (checkpoint) => {
    await work(checkpoint);
    return {};
  });

test("of many portals one does the work, and again on the next day", async () => {
  let times = 0;
  const count = async () => void times++;
  await Promise.all([run(count), run(count), run(count)]);
  expect(await run(count)).toBeNull();
  expect(times).toBe(1);
  clock.advance(DAY_MS);
  await run(count);
  expect(times).toBe(2);
});

test("work of a process that died is started again after a while, and not before", async () => {
  const die = async () => {
    throw new Error("died");
  };
  await expect(run(die)).rejects.toThrow("died");
  expect(await run()).toBeNull();
  clock.advance(16 * MINUTE_MS);
  expect(await run()).toEqual({});
});

test("long work stays with the process that does it", async () => {
  const others: unknown[] = [];
  await run(async (checkpoint) => {
    for (let part = 0; part < 6; part++) {
      clock.advance(10 * MINUTE_MS);
      await checkpoint();
      others.push(await run());
    }
  });
  expect(others).toEqual(Array(6).fill(null));
});

test("work that was taken over stops, and does not end the other's", async () => {
  const overtaken = run(async (checkpoint) => {
    clock.advance(20 * MINUTE_MS);
    expect(await run(checkpoint)).toEqual({});
    await checkpoint();
  });
  await expect(overtaken).rejects.toThrow("took the day's run over");
});
