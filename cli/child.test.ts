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

test("a process that ignores SIGTERM is killed 15 seconds after its drain delay", async () => {
  const file = join(dir, "stays.mjs");
  writeFileSync(
    file,
    `process.on("SIGTERM", () => {});
     process.on("SIGUSR2", () => console.log("here"));
     setInterval(() => {}, 1_000);
     console.log("up");`,
  );
  const events = { up: Promise.withResolvers<void>(), here: Promise.withResolvers<void>() };
  const child = new Child({ name: "stays", file, drainDelayMs: 20_000 }, (line) =>
    events[line as keyof typeof events]?.resolve(),
  );
  child.start();
  await events.up.promise;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const stopped = child.stop().then(() => "ended");
  vi.advanceTimersByTime(34_999);
  process.kill(child.pid ?? 0, "SIGUSR2");
  expect(await Promise.race([events.here.promise.then(() => "here"), stopped])).toBe("here");
  vi.advanceTimersByTime(1);
  expect(await stopped).toBe("ended");
});
