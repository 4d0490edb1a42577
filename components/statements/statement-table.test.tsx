import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { StatementLine } from "#core/plans/statement.ts";
import { StatementTables } from "./statement-table.tsx";

test("the names that usage has for no operation are shown in words", () => {
  const lines = ["", "*", "badges.get"].map(
    (operation): StatementLine => ({
      kind: "usage",
      month: null,
      api: "badges",
      plan: null,
      trial: false,
      operation,
      requests: 1,
      units: 1,
      included: 1,
      over: 0,
      price: null,
      currency: null,
      amount: null,
    }),
  );
  const markup = renderToStaticMarkup(<StatementTables lines={lines} apiNames={new Map()} />);
  const names = [...markup.matchAll(/<tr><td[^>]*>(.*?)<\/td>/g)].map(([, cell]) =>
    cell?.replace(/<[^>]+>/g, ""),
  );
  expect(names).toEqual([
    "Without a known operation",
    "Paths and names that the API does not list",
    "badges.get",
  ]);
});
