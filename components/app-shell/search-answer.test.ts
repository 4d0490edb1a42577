import { expect, test } from "vitest";
import type { SearchAction } from "./nav.ts";
import { NO_QUERY, type SearchAnswer, searchAnswer, statusOf } from "./search-answer.ts";

const apis = [{ slug: "live", name: "Live" }];
const found = { ...NO_QUERY.found, apis };
const ok: SearchAction = async () => ({ ok: true, value: found });
const denied: SearchAction = async () => ({
  ok: false,
  code: "too-many",
  message: "Wait a minute.",
  errors: [],
});
const lost: SearchAction = async () => {
  throw new TypeError("Failed to fetch");
};

test("a search that failed says so, and why, also while pages and actions match", async () => {
  const [answered, lostAnswer] = [await searchAnswer(denied, "live"), await searchAnswer(lost, "live")];
  for (const isEmpty of [true, false]) {
    expect(statusOf({ query: "live", answer: answered, isEmpty })).toMatch(/not searched.* Wait a minute\.$/);
    expect(statusOf({ query: "live", answer: lostAnswer, isEmpty })).toMatch(/not searched.* did not answer/);
  }
  expect(answered.found).toEqual(NO_QUERY.found);
});

test("only an answered search has no results, and only until the next letter", async () => {
  const answer: SearchAnswer = await searchAnswer(ok, "live");
  expect(answer).toEqual({ query: "live", found, problem: null });
  expect(statusOf({ query: "live", answer, isEmpty: false })).toBeNull();
  expect(statusOf({ query: "live", answer, isEmpty: true })).toBe("No results for “live”.");
  expect(statusOf({ query: "live2", answer, isEmpty: true })).toBe("Searching…");
  expect(statusOf({ query: "live2", answer: { ...answer, problem: "no" }, isEmpty: false })).toBeNull();
});
