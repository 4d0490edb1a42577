import { expect, test } from "vitest";
import { isUnavailable } from "#db/errors.ts";
import { DatabaseProbe } from "./database-probe.ts";
import { problemResponse } from "./problem.ts";

test("many requests ask the database once a second", async () => {
  let [nowMs, asked, works] = [0, 0, true];
  const ask = async () => {
    asked++;
    if (!works) throw new Error("away");
  };
  const probe = new DatabaseProbe(ask, { clock: () => nowMs });
  expect(await Promise.all([1, 2, 3].map(() => probe.isAvailable()))).toEqual([true, true, true]);
  works = false;
  nowMs = 999;
  expect([await probe.isAvailable(), asked]).toEqual([true, 1]);
  nowMs = 1_000;
  expect([await probe.isAvailable(), asked]).toEqual([false, 2]);
  works = true;
  nowMs = 2_000;
  expect([await probe.isAvailable(), asked]).toEqual([true, 3]);
});

test("a database that does not answer in time counts as unavailable", async () => {
  const probe = new DatabaseProbe(() => new Promise(() => {}), { timeoutMs: 5 });
  expect(await probe.isAvailable()).toBe(false);
});

test("only an unreachable database is answered 503; the driver's text is never shown", async () => {
  const wrapped = (code: string) =>
    new Error("Failed query", { cause: Object.assign(new Error("x"), { code }) });
  for (const code of ["ECONNREFUSED", "57P01", "57P03", "08006", "53300"])
    expect(isUnavailable(wrapped(code)), code).toBe(true);
  expect(isUnavailable(new Error("Connection terminated unexpectedly"))).toBe(true);
  for (const code of ["23505", "22001", "40001", "SQLITE_BUSY"])
    expect(isUnavailable(wrapped(code)), code).toBe(false);
  const response = problemResponse(wrapped("ECONNREFUSED"), "req_1");
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(await response.text()).not.toContain("Failed query");
  expect(problemResponse(wrapped("23505"), "req_1").status).toBe(500);
});
