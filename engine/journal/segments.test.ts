import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { oldestFirst, uncounted } from "./segments.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-segments-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function put(name: string, bytes: number, writtenAtMs: number): void {
  const path = join(dir, name);
  writeFileSync(path, "x".repeat(bytes));
  utimesSync(path, writtenAtMs / 1000, writtenAtMs / 1000);
}

test("uncounted segments are the closed ones, the open ones and those of dead processes", async () => {
  expect(await uncounted(dir, 90_000)).toEqual({ bytes: 0, ageMs: 0 });
  mkdirSync(join(dir, "taken-ver_dead"));
  put("a.closed", 10, 50_000);
  put("b.open", 20, 80_000);
  put("taken-ver_dead/c.open", 30, 60_000);
  put("alive.sock", 1_000, 1_000);
  expect(await uncounted(dir, 90_000)).toEqual({ bytes: 60, ageMs: 40_000 });
});

test("a missing segment is left out; an unreadable one is an error", async () => {
  put("a.closed", 10, 50_000);
  put("b.closed", 10, 40_000);
  const segments = ["a", "gone", "b"].map((id) => ({ id, path: join(dir, `${id}.closed`) }));
  expect((await oldestFirst(segments)).map(({ id }) => id)).toEqual(["b", "a"]);
  // Points to itself.
  symlinkSync("loop.closed", join(dir, "loop.closed"));
  const loop = { id: "loop", path: join(dir, "loop.closed") };
  await expect(oldestFirst([loop])).rejects.toMatchObject({ code: "ELOOP" });
  await expect(uncounted(dir, 90_000)).rejects.toMatchObject({ code: "ELOOP" });
});
