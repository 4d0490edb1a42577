import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startPolling } from "./poll.ts";

let page: EventTarget & { visibilityState: string };
let browser: EventTarget;
let connection: { onLine: boolean };
let stop: (() => void) | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  browser = new EventTarget();
  connection = { onLine: true };
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", browser);
  vi.stubGlobal("navigator", connection);
});

afterEach(() => {
  stop?.();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function poll(read: () => Promise<number>) {
  const seen: (number | "failing")[] = [];
  stop = startPolling({
    read,
    firstInMs: 5_000,
    everyMs: 5_000,
    onData: (data) => seen.push(data),
    onFailing: () => seen.push("failing"),
  });
  return seen;
}

test("data is read at the given rate, and not after the end", async () => {
  let count = 0;
  const seen = poll(async () => ++count);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(seen).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_001);
  expect(seen).toEqual([1, 2, 3]);
  stop?.();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen).toEqual([1, 2, 3]);
});

test("nothing is read once what was read has stopped it", async () => {
  const read = vi.fn(async () => 1);
  const end = startPolling({ read, firstInMs: 0, everyMs: 5_000, onData: () => end(), onFailing: () => {} });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(1);
});

test("one failure is retried without a word, two in a row are reported, and success ends that", async () => {
  const answers = [false, true, false, false, false, true];
  const seen = poll(async () => {
    if (!answers.shift()) throw new Error("no answer");
    return answers.length;
  });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(seen).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(seen).toEqual([4]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(seen).toEqual([4, "failing"]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(seen).toEqual([4, "failing", "failing", 0]);
});

test("a hidden page sends nothing, and reads what fell due when it is visible again", async () => {
  let count = 0;
  const seen = poll(async () => ++count);
  page.visibilityState = "hidden";
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen).toEqual([]);
  page.visibilityState = "visible";
  page.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toEqual([1]);
  page.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toEqual([1]);
});

test("a page without a connection waits for it instead of failing", async () => {
  let count = 0;
  const seen = poll(async () => ++count);
  connection.onLine = false;
  await vi.advanceTimersByTimeAsync(60_000);
  connection.onLine = true;
  browser.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(seen).toEqual([1]);
});

test("a slow answer is awaited, not overtaken by the next request", async () => {
  let open = 0;
  let most = 0;
  poll(async () => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    return open--;
  });
  page.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(10_000);
  browser.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(most).toBe(1);
});
