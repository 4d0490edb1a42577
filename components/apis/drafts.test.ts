import { expect, test } from "vitest";
import { slugSchema } from "#domain/fields.ts";
import { draftsOf, operationsOf, scopeLinesOf, scopesIn, slugFor } from "./drafts.ts";

test("operations that are opened for editing and sent back are unchanged", () => {
  const operations = [
    { name: "badges.list", method: "GET", path: "/badges", summary: "All", requiredScopes: null },
    {
      name: "badges.sync",
      method: null,
      path: null,
      summary: null,
      requiredScopes: [["badges:read"], ["a:b", "c|d"]],
    },
  ];
  expect(operationsOf(draftsOf(operations))).toEqual(operations);
});

test("scopes are entered one in a line, with an optional description", () => {
  const scopes = [
    { name: "badges:read", description: "Read badges" },
    { name: "badges:write", description: "" },
  ];
  expect(scopesIn(scopeLinesOf(scopes))).toEqual(scopes);
  expect(scopesIn("\n  a:b \n\n")).toEqual([{ name: "a:b", description: "" }]);
});

test("a blank row is not sent", () => {
  const blank = { id: 1, name: " ", method: "GET", path: "", summary: "", scopes: " " };
  expect(operationsOf([blank])).toEqual([]);
});

test("a row with a path but no name is sent, so that its error is shown", () => {
  const nameless = { id: 1, name: "", method: "GET", path: "/x", summary: "", scopes: "" };
  expect(operationsOf([nameless])).toMatchObject([{ name: "", path: "/x" }]);
});

test.each(["Live streaming", "42 Märkte & more!", "  A  ", `${"long ".repeat(30)}`])(
  "the form accepts the slug that is suggested for “%s”",
  (name) => {
    expect(slugSchema.safeParse(slugFor(name)).success).toBe(true);
  },
);
