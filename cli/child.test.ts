import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ROOT } from "./build.ts";
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

test("processes start from a folder whose name has signs of URLs", () => {
  const root = join(dir, "50%20 #1");
  mkdirSync(root);
  for (const name of ["cli", "core", "domain", "platform", "package.json"]) {
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  writeFileSync(
    join(root, "main.ts"),
    `import { execFileSync } from "node:child_process";
     import { EXIT_WITH_SUPERVISOR } from "./cli/build.ts";
     execFileSync(process.execPath, ["--import", EXIT_WITH_SUPERVISOR, "-e", "console.log(1)"], { stdio: "inherit" });`,
  );
  expect(execFileSync(process.execPath, [join(root, "main.ts")], { encoding: "utf8" })).toBe("1\n");
});
