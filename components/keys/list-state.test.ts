import { expect, test } from "vitest";
import { metadataFilter, nextSort } from "./list-state.ts";

test("a column starts with its useful order, and a second press reverses it", () => {
  expect(nextSort("-createdAt", "name")).toBe("name");
  expect(nextSort("name", "name")).toBe("-name");
  expect(nextSort("name", "lastUsedAt")).toBe("-lastUsedAt");
  expect(nextSort("-lastUsedAt", "lastUsedAt")).toBe("lastUsedAt");
});

test("an entry of the metadata in the URL ends its name at the first equals sign", () => {
  expect(metadataFilter("plan=a=b")).toEqual({ plan: "a=b" });
  // Without a name, which the list's schema rejects: the page ignores it.
  expect(metadataFilter("plan")).toEqual({ "": "plan" });
});
