import { expect, test } from "vitest";
import { progressOf } from "./sweep-state.ts";

const none = { waiting: 0, revoked: 0, used: 0, failed: 0, restored: 0 };

test("a sweep is done when no key waits, whatever the result for each key", () => {
  expect(progressOf({ state: "running", keys: { ...none, waiting: 4, revoked: 5, used: 1 } })).toEqual({
    done: 6,
    of: 10,
  });
  expect(progressOf({ state: "done", keys: { ...none, revoked: 5, failed: 1 } })).toEqual({ done: 6, of: 6 });
});

test("an undo is done when no key of the sweep is still revoked", () => {
  const keys = { ...none, revoked: 3, restored: 7, used: 2 };
  expect(progressOf({ state: "undoing", keys })).toEqual({ done: 7, of: 10 });
});
