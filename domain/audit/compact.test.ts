import { expect, test } from "vitest";
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
