import { expect, test } from "vitest";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { compactChange } from "./compact.ts";

test("a field of more than 8 KiB is replaced by its length, and smaller ones are kept", () => {
  const change = {
    before: { metadata: { note: "x".repeat(20_000) }, name: "Ada" },
    after: { metadata: { note: "x".repeat(8_000) }, name: "Grace" },
  };
  expect(compactChange(change)).toEqual({
    before: { metadata: { omittedCharacters: 20_011 }, name: "Ada" },
    after: change.after,
  });
});

test("an entry with other scopes is a change, with and without operations", () => {
  const of = (...scopes: string[]) => ({
    ...NO_RESTRICTIONS,
    apis: [
      { api: "badges", operations: [], scopes },
      { api: "chat", operations: ["list", "send"], ...(scopes.length > 0 && { scopes }) },
      { api: "maps", operations: ["find"] },
    ],
  });
  const { before, after } = compactChange({
    before: { restrictions: of() },
    after: { restrictions: of("chat:read", "chat:write") },
  });
  const removed = { apis: ["badges", "chat:list", "chat:send"] };
  expect(before).toEqual({ restrictions: { entries: 4, removed } });
  const added = { apis: removed.apis.map((text) => `${text} (chat:read chat:write)`) };
  expect(after).toEqual({ restrictions: { entries: 4, added } });
});
