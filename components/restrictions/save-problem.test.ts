import { expect, test } from "vitest";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { changeDraft, draftOf } from "./draft.ts";
import { saveProblemOf } from "./save-problem.ts";

const READ = { wrong: 0, waiting: 0, failing: false };
const empty = draftOf(NO_RESTRICTIONS, new Map());
const filled = (count: number) =>
  changeDraft(empty, {
    kind: "add",
    list: "ips",
    entries: Array.from({ length: count }, (_, at) => [`2001:db8::${at.toString(16)}`]),
  });

test("a valid draft can be saved", () => {
  expect(saveProblemOf(filled(1_000), READ)).toBeNull();
});

test("one invalid entry prevents saving, however many are valid", () => {
  expect(saveProblemOf(filled(3), { ...READ, wrong: 1 })).toBe("Fix one entry first.");
  expect(saveProblemOf(filled(3), { ...READ, wrong: 2 })).toBe("Fix 2 entries first.");
});

test("an API without a selected operation prevents saving", () => {
  const changes = [
    { kind: "api", api: "badges", on: true },
    { kind: "whole", api: "badges", whole: false },
  ] as const;
  expect(saveProblemOf(changes.reduce(changeDraft, empty), READ)).toBe("Fix one entry first.");
});

test("too many entries prevent saving, with the number to remove", () => {
  expect(saveProblemOf(filled(1_004), READ)).toBe("A key has at most 1,000 entries in total: remove 4.");
});

test("a draft is not saved before the server has checked all of it", () => {
  expect(saveProblemOf(filled(1), { ...READ, waiting: 1 })).toBe("Checking the entries…");
  expect(saveProblemOf(filled(1), { ...READ, waiting: 1, failing: true })).toContain("does not respond");
});
