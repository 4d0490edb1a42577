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

test("a draft that was read and is right can be saved", () => {
  expect(saveProblemOf(filled(1_000), READ)).toBeNull();
});

test("entries that can't be saved hinder, however many others can", () => {
  expect(saveProblemOf(filled(3), { ...READ, wrong: 1 })).toBe("One entry is to be fixed first.");
  expect(saveProblemOf(filled(3), { ...READ, wrong: 2 })).toBe("2 entries are to be fixed first.");
});

test("an API of which nothing is chosen hinders", () => {
  const changes = [
    { kind: "api", api: "badges", on: true },
    { kind: "whole", api: "badges", whole: false },
  ] as const;
  expect(saveProblemOf(changes.reduce(changeDraft, empty), READ)).toBe("One entry is to be fixed first.");
});

test("more entries than a key may have are told with how many have to go", () => {
  expect(saveProblemOf(filled(1_004), READ)).toBe("A key has at most 1,000 entries in all: take 4 out.");
});

test("nothing is saved before the server has read all of it", () => {
  expect(saveProblemOf(filled(1), { ...READ, waiting: 1 })).toBe("Reading the entries…");
  expect(saveProblemOf(filled(1), { ...READ, waiting: 1, failing: true })).toContain("does not answer");
});
