import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Child } from "./child.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-child-"));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(dir, { recursive: true });
});

test("one that does not end is killed 15 seconds after the time for which it was to go on", async () => {
  const file = join(dir, "stays.mjs");
  writeFileSync(file, `process.on("SIGTERM", () => {}); setInterval(() => {}, 1_000); console.log("up");`);
  const up = Promise.withResolvers<void>();
  const child = new Child({ name: "stays", file, lingerMs: 20_000 }, () => up.resolve());
  child.start();
  await up.promise;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let ended = false;
  const stopped = child.stop().then(() => {
    ended = true;
  });
  vi.advanceTimersByTime(34_999);
  // Whether it lives is asked of the system, which knows at once.
  expect(() => process.kill(child.pid ?? 0, 0)).not.toThrow();
  expect(ended).toBe(false);
  vi.advanceTimersByTime(1);
  await stopped;
  expect(child.pid).toBeUndefined();
});
