import { expect, test } from "vitest";
import { nextSort } from "./list-state.ts";

test("a column starts with its useful order, and a second press reverses it", () => {
  expect(nextSort("-createdAt", "name")).toBe("name");
  expect(nextSort("name", "name")).toBe("-name");
  expect(nextSort("name", "lastUsedAt")).toBe("-lastUsedAt");
  expect(nextSort("-lastUsedAt", "lastUsedAt")).toBe("lastUsedAt");
});
