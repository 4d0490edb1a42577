import { expect, test } from "vitest";
import { slugSchema } from "#domain/fields.ts";
import { draftsOf, operationsOf, slugFor } from "./drafts.ts";

test("operations that are opened for editing and sent back are unchanged", () => {
  const operations = [
    { name: "badges.list", method: "GET", path: "/badges", summary: "All" },
    { name: "badges.sync", method: null, path: null, summary: null },
  ];
  expect(operationsOf(draftsOf(operations))).toEqual(operations);
});

test("a blank row is not sent", () => {
  const blank = { id: 1, name: " ", method: "GET", path: "", summary: "" };
  expect(operationsOf([blank])).toEqual([]);
});

test("a row with a path but no name is sent, so that its error is shown", () => {
  const nameless = { id: 1, name: "", method: "GET", path: "/x", summary: "" };
  expect(operationsOf([nameless])).toMatchObject([{ name: "", path: "/x" }]);
});

test.each(["Live streaming", "42 Märkte & more!", "  A  ", `${"long ".repeat(30)}`])(
  "the form accepts the slug that is suggested for “%s”",
  (name) => {
    expect(slugSchema.safeParse(slugFor(name)).success).toBe(true);
  },
);
