import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FailureLog } from "./failure-log.ts";

const lines: string[] = [];
const noting = (level: string) => (fields: object, said: string) => {
  lines.push(`${level} ${said} ${JSON.stringify(fields)}`);
};
const log = { error: noting("error"), warn: noting("warn"), debug: noting("debug") };

beforeEach(() => {
  lines.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test("a server error is logged with the request id of the response, a client error only at debug level", () => {
  const failures = new FailureLog(log);
  failures.note(500, new Error("boom"), "req_1");
  failures.note(503, new Error("away"), "req_2");
  failures.note(401, new Error("who"), "req_3");
  expect(lines).toEqual([
    expect.stringMatching(/^error .*"req_1"/),
    expect.stringMatching(/^warn .*"req_2"/),
    expect.stringMatching(/^debug .*"req_3"/),
  ]);
});

test("an outage does not flood the log: 100 lines a second, and the number of suppressed ones", () => {
  const failures = new FailureLog(log);
  for (let i = 0; i < 5_000; i++) failures.note(503, null, `req_${i}`);
  expect(lines).toHaveLength(100);
  vi.advanceTimersByTime(1_000);
  expect(lines).toHaveLength(101);
  expect(lines.at(-1)).toContain("4900");
  failures.note(503, null, "req_next");
  expect(lines).toHaveLength(102);
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(102);
});
