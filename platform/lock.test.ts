import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withLock } from "./lock.ts";

/** Called before each step that acquires or releases a lock. */
let beforeStep = () => {};
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const step =
    <Args extends unknown[], Result>(of: (...args: Args) => Result) =>
    (...args: Args): Result => {
      beforeStep();
      return of(...args);
    };
  return { ...fs, linkSync: step(fs.linkSync), rmSync: step(fs.rmSync), readFileSync: step(fs.readFileSync) };
});

const LOCK = new URL("./lock.ts", import.meta.url).href;
// On a busy machine, starting eight processes can take a minute. This timeout only ends a test that hangs.
vi.setConfig({ testTimeout: 180_000 });
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-lock-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

test("processes that start at once do their work one after the other", async () => {
  const script = join(dir, "work.mjs");
  writeFileSync(
    script,
    `import { appendFileSync } from "node:fs"; import { withLock } from ${JSON.stringify(LOCK)};
     const note = (what) => appendFileSync(${JSON.stringify(join(dir, "notes"))}, what + process.pid + "\\n");
     await withLock(${JSON.stringify(join(dir, "lock"))}, async () => {
       note("begin "); await new Promise((done) => setTimeout(done, 50)); note("end ");
     });`,
  );
  const children = Array.from({ length: 4 }, () => spawn(process.execPath, [script]));
  await Promise.all(children.map((child) => once(child, "close")));
  const notes = readFileSync(join(dir, "notes"), "utf8").trim().split("\n");
  expect(notes).toHaveLength(8);
  for (let i = 0; i < notes.length; i += 2) {
    expect(notes[i + 1]).toBe(notes[i]?.replace("begin", "end"));
  }
  expect(readdirSync(dir).sort()).toEqual(["notes", "work.mjs"]);
});

test("a lock that a dead process left behind is taken over", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "close");
  writeFileSync(join(dir, "lock"), String(child.pid));
  expect(await withLock(join(dir, "lock"), async () => "done")).toBe("done");
});

test.each([
  ["this process, as after a restart of a container", process.pid],
  ["another program, as after a restart of the machine", process.ppid],
])("a lock of a dead process whose process id now belongs to %s is taken over", async (_, pid) => {
  writeFileSync(join(dir, "lock"), `${pid}-${randomUUID()}`);
  expect(await withLock(join(dir, "lock"), async () => "done", AbortSignal.timeout(5_000))).toBe("done");
  expect(readdirSync(dir)).toEqual([]);
});

test("a lock that a power failure damaged is taken over", async () => {
  for (const damaged of ["", "\0\0\0", "../lock"]) {
    writeFileSync(join(dir, "lock"), damaged);
    expect(await withLock(join(dir, "lock"), async () => "done")).toBe("done");
    expect(readdirSync(dir)).toEqual([]);
  }
});

test("a process of another container, which may have our own process id, keeps its lock", async () => {
  const lock = join(dir, "lock");
  // Another instance of the module knows as little of our locks as another process.
  vi.resetModules();
  const { withLock: ofOther } = await import("./lock.ts");
  const stop = new AbortController();
  let steps = 0;
  beforeStep = () => {
    if (++steps > 6) stop.abort();
  };
  await ofOther(lock, async () => {
    await expect(withLock(lock, async () => {}, stop.signal)).rejects.toThrow("aborted");
  });
  beforeStep = () => {};
});

test("of two processes that find a dead process's lock, one waits, however their steps interleave", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "close");
  const lock = join(dir, "lock");
  let [atWork, most] = [0, 0];
  const work = async () => {
    most = Math.max(most, ++atWork);
    await new Promise(setImmediate);
    atWork--;
  };
  let steps = Number.POSITIVE_INFINITY;
  for (let at = 0; at < steps; at++) {
    writeFileSync(lock, String(child.pid));
    let [step, other] = [0, Promise.resolve()];
    beforeStep = () => {
      if (step++ === at) other = withLock(lock, work);
    };
    await withLock(lock, work);
    beforeStep = () => {};
    await other;
    steps = Math.min(steps, step);
    expect({ at, most }).toEqual({ at, most: 1 });
    expect(readdirSync(dir)).toEqual([]);
  }
});

test("processes that all die during their work run one after the other", async () => {
  const script = join(dir, "work.mjs");
  writeFileSync(
    script,
    `import { appendFileSync } from "node:fs"; import { withLock } from ${JSON.stringify(LOCK)};
     const note = (what) => appendFileSync(${JSON.stringify(join(dir, "notes"))}, what + process.pid + "\\n");
     await withLock(${JSON.stringify(join(dir, "lock"))}, async () => {
       note("begin "); await new Promise((done) => setTimeout(done, 20)); note("end "); process.exit();
     });`,
  );
  const children = Array.from({ length: 8 }, () => spawn(process.execPath, [script]));
  await Promise.all(children.map((child) => once(child, "close")));
  const notes = readFileSync(join(dir, "notes"), "utf8").trim().split("\n");
  expect(notes).toHaveLength(16);
  for (let i = 0; i < notes.length; i += 2) expect(notes[i + 1]).toBe(notes[i]?.replace("begin", "end"));
});

test("failed work releases the lock", async () => {
  const lock = join(dir, "lock");
  await expect(withLock(lock, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await withLock(lock, async () => "done")).toBe("done");
});
