import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { alone } from "./lock.ts";

const LOCK = new URL("./lock.ts", import.meta.url).href;
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-lock-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

test("processes that start at once do their work one after the other", async () => {
  const script = join(dir, "work.mjs");
  writeFileSync(
    script,
    `import { appendFileSync } from "node:fs"; import { alone } from ${JSON.stringify(LOCK)};
     const note = (what) => appendFileSync(${JSON.stringify(join(dir, "notes"))}, what + process.pid + "\\n");
     await alone(${JSON.stringify(join(dir, "lock"))}, async () => {
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
}, 30_000);

test("a lock that a dead process left behind is taken over", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "close");
  writeFileSync(join(dir, "lock"), String(child.pid));
  expect(await alone(join(dir, "lock"), async () => "done")).toBe("done");
});

test("work that fails gives the lock back", async () => {
  const lock = join(dir, "lock");
  await expect(alone(lock, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await alone(lock, async () => "done")).toBe("done");
});
