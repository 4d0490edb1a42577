import { expect, test } from "vitest";
import { refusalQuery, refusalViewOf } from "./address.ts";

const read = (query: string) => refusalViewOf(new URLSearchParams(query));

test("an address and the view that it is read to are one and the same", () => {
  const view = { span: "7d", code: "IP_NOT_ALLOWED", keyId: "key_1", cursor: "abc" } as const;
  expect(read(refusalQuery(view))).toEqual(view);
});

test("what can't be meant is left out, and a day is what is looked at first", () => {
  expect(read("range=1y&code=VALID&key=%27")).toEqual({ span: "24h" });
});
