import { beforeEach, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#core/time.ts";
import { type Db, openDb } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { START } from "#test/people.ts";
import {
  countInWindow,
  countLeakReport,
  resetAttempts,
  startAttempt,
  subjectsOf,
  waitAfter,
} from "./throttle.ts";

let db: Db;
let nowMs: number;

beforeEach(async () => {
  db = await openTestDb();
  nowMs = START;
});

const attempt = (email: string, address: string | null = null) =>
  startAttempt(db, subjectsOf(email, address), nowMs);

async function failTimes(times: number, email: string, address: string | null = null): Promise<void> {
  for (let i = 0; i < times; i++) await attempt(email, address);
}

test("after the free attempts the wait doubles from one second to the maximum", () => {
  const pace = { free: 5, firstWaitMs: 1_000, longestWaitMs: 15 * MINUTE_MS };
  expect([4, 5, 6, 7].map((failures) => waitAfter(failures, pace))).toEqual([0, 1_000, 2_000, 4_000]);
  expect(waitAfter(1_000, pace)).toBe(15 * MINUTE_MS);
});

test("the wait is given in the largest unit that fits", async () => {
  for (const [waitMs, words] of [
    [1_000, "1 second"],
    [61_000, "2 minutes"],
    [6 * 60 * MINUTE_MS, "6 hours"],
  ] as const) {
    const subject = { id: words, pace: { free: 1, firstWaitMs: waitMs, longestWaitMs: waitMs } };
    await startAttempt(db, [subject], nowMs);
    const late = startAttempt(db, [subject], nowMs, "tries");
    await expect(late).rejects.toThrow(`Too many tries. Try again in ${words}.`);
  }
});

test("after five failures an account has to wait, and attempts during the wait don't count", async () => {
  await failTimes(5, "ada@example.com");
  await expect(attempt("ada@example.com")).rejects.toMatchObject({ code: "too-many", retryAfterMs: 1_000 });
  nowMs += 999;
  await expect(attempt("ada@example.com")).rejects.toMatchObject({ retryAfterMs: 1 });
  nowMs += 1;
  await attempt("ada@example.com");
  await expect(attempt("ada@example.com")).rejects.toMatchObject({ retryAfterMs: 2_000 });
  await attempt("grace@example.com");
});

test("of many attempts at once only the free ones are allowed", async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, () => attempt("ada@example.com", "198.51.100.7")),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
});

test("an IP address that tries many accounts has to wait too, later and never longer than a minute", async () => {
  for (let i = 0; i < 30; i++) await attempt(`person${i}@example.com`, "198.51.100.7");
  await expect(attempt("someone@example.com", "198.51.100.7")).rejects.toMatchObject({
    retryAfterMs: 1_000,
  });
  await attempt("someone@example.com", "198.51.100.8");
});

test("all IP addresses of one IPv6 subnet count as one client, and the next subnet as another", async () => {
  for (let i = 0; i < 30; i++) {
    await attempt(`person${i}@example.com`, `2001:db8:0:7:${i.toString(16)}::1`);
  }
  await expect(attempt("someone@example.com", "2001:db8:0:7:ffff::2")).rejects.toMatchObject({
    code: "too-many",
  });
  await attempt("someone@example.com", "2001:db8:0:8::1");
  for (let i = 0; i < 10; i++) await countLeakReport(db, `2001:db8:0:9::${i}`, nowMs);
  await expect(countLeakReport(db, "2001:db8:0:9::a", nowMs)).rejects.toMatchObject({ code: "too-many" });
  await countLeakReport(db, "2001:db8:0:a::1", nowMs);
});

test("a successful sign-in resets the count, and failures expire after a day", async () => {
  await failTimes(4, "ada@example.com");
  await db.write((tx) => resetAttempts(tx, subjectsOf("ada@example.com", null)));
  await failTimes(5, "ada@example.com");
  await expect(attempt("ada@example.com")).rejects.toMatchObject({ code: "too-many" });
  nowMs += DAY_MS;
  await failTimes(4, "ada@example.com");
  await attempt("ada@example.com");
});

test("the text typed as the email address is not stored", async () => {
  await attempt("my secret password");
  expect(JSON.stringify(await db.read.q.select().from(db.read.t.signInFailures))).not.toContain("secret");
});

test("a rate is counted by all processes together, and starts again when its window ends", async () => {
  const other = await openDb(db.url);
  try {
    const rate = { subject: "tries of ada", limit: 3, windowMs: MINUTE_MS, message: "Too many." };
    const count = (by: Db) => countInWindow(by, rate, nowMs);
    const results = await Promise.allSettled([db, other, db, other, db, other].map(count));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    nowMs += MINUTE_MS - 1;
    const error = { code: "too-many", message: "Too many.", retryAfterMs: 1 };
    for (const by of [db, other]) await expect(count(by)).rejects.toMatchObject(error);
    nowMs += 1;
    for (let n = 0; n < 3; n++) await count(other);
    await expect(count(db)).rejects.toMatchObject({ retryAfterMs: MINUTE_MS });
    await countInWindow(db, { ...rate, subject: "tries of bob" }, nowMs);
  } finally {
    await other.close();
  }
});
