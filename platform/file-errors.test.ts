import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { describeFileError, fileErrorReason } from "./file-errors.ts";

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

test.each([
  [() => readFileSync("/nowhere/x"), "/nowhere/x can't be opened: it does not exist"],
  [
    () => writeFileSync("/dev/null/x", ""),
    "/dev/null/x can't be opened: it is a file, or a part of its path is",
  ],
  [() => writeFileSync("/dev/full", "x"), "a file can't be written: the disk is full"],
  [() => readFileSync("/proc"), "a file can't be read: it is a directory"],
  [() => mkdirSync("/proc/x"), "/proc/x can't be created: the directory above it can't contain new ones"],
])("a file error is described without codes: %s", (work, text) => {
  expect(describeFileError(thrownBy(work))).toBe(text);
});

test("errors of sockets and others keep their own text", async () => {
  const error = await new Promise((resolve) => connect({ path: "/nowhere/socket" }).once("error", resolve));
  for (const other of [error, new Error("x"), "x", null]) {
    expect(fileErrorReason(other)).toBeNull();
    expect(describeFileError(other)).toBeNull();
  }
});
