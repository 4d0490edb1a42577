import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeDirectory } from "./make-directory.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-directories-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("missing directories are created for their owner only, and existing ones stay as they are", () => {
  const folder = temporaryFolder();
  const path = join(folder, "a", "b");
  makeDirectory(path);
  makeDirectory(path);
  makeDirectory(".");
  for (const created of [path, join(folder, "a")]) expect(statSync(created).mode & 0o777).toBe(0o700);
});

test("a directory that can't be created is an error, and never an endless loop", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => makeDirectory(join(file, "below"))).toThrow(`EEXIST: file already exists, mkdir '${file}'`);
  expect(() => makeDirectory(file)).toThrow("EEXIST");
  expect(() => makeDirectory("/proc/latchkey")).toThrow("ENOENT");
  expect(() => makeDirectory("/proc/latchkey/below")).toThrow("ENOENT");
});
