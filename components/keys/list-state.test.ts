import { expect, test } from "vitest";
import { generateToken, hintOf } from "#core/tokens.ts";
import { metadataFilter, nextSort, replaceSecrets } from "./list-state.ts";

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

test("a pasted secret is replaced by its hint, and never enters a URL or a request", () => {
  for (const kind of ["live", "test", "svc", "mgt"] as const) {
    const token = generateToken("lk", kind);
    expect(replaceSecrets(token)).toBe(hintOf(token));
    expect(replaceSecrets(`KEY=${token} `)).not.toContain(token);
  }
});

test("any other text stays unchanged", () => {
  expect(replaceSecrets("checkout server")).toBe("checkout server");
  expect(replaceSecrets("lk_live_Ab12…wxyz")).toBe("lk_live_Ab12…wxyz");
});
