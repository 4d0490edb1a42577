import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ReconciliationTable } from "./reconciliation-table.tsx";

const counts = { units: 170, requests: 81 };
const none = { units: 0, requests: 0 };
const sums = {
  usage: counts,
  exported: counts,
  acknowledged: none,
  held: counts,
  notBilled: none,
  balanced: false,
};

test("the totals have the labels of their columns on a phone, and hide with them", () => {
  const markup = renderToStaticMarkup(
    <ReconciliationTable
      report={{
        from: "2026-11-30T00:00:00.000Z",
        to: "2026-12-01T00:00:00.000Z",
        interval: "day",
        rows: [{ start: "2026-11-30T00:00:00.000Z", ...sums }],
        total: sums,
      }}
    />,
  );
  const [, body = "", foot = ""] = /<tbody>(.*)<\/tbody><tfoot[^>]*>(.*)<\/tfoot>/s.exec(markup) ?? [];
  const cells = (part: string) => part.match(/<td[^>]*>/g) ?? [];
  expect(cells(foot)).toHaveLength(5);
  expect(cells(foot)).toEqual(cells(body).slice(1));
});
