import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { untilLoaded } from "./connection.ts";

let browser: EventTarget;
let connection: { onLine: boolean };

beforeEach(() => {
  vi.useFakeTimers();
  browser = new EventTarget();
  connection = { onLine: true };
  vi.stubGlobal("navigator", connection);
  vi.stubGlobal("addEventListener", browser.addEventListener.bind(browser));
  vi.stubGlobal("dispatchEvent", browser.dispatchEvent.bind(browser));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Code that can be fetched at the attempt with this number. */
function codeAt(attempt: number) {
  return vi.fn(async () => {
    if (load.mock.calls.length < attempt) {
      throw Object.assign(new Error("Failed to load chunk"), { name: "ChunkLoadError" });
    }
    return "code";
  });
}
let load: ReturnType<typeof codeAt>;

test("code that the portal does not answer with is fetched again", async () => {
  load = codeAt(3);
  const code = untilLoaded(load);
  await vi.advanceTimersByTimeAsync(2_999);
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(3_001);
  expect(await code).toBe("code");
  expect(load).toHaveBeenCalledTimes(3);
});

test("without a connection, code is fetched once it is back", async () => {
  connection.onLine = false;
  load = codeAt(2);
  const code = untilLoaded(load);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(1);
  connection.onLine = true;
  browser.dispatchEvent(new Event("online"));
  expect(await code).toBe("code");
});

test("code that fails where it runs is not fetched again", async () => {
  const broken = vi.fn(() => Promise.reject(new TypeError("x is not a function")));
  await expect(untilLoaded(broken)).rejects.toThrow("x is not a function");
  expect(broken).toHaveBeenCalledTimes(1);
});
