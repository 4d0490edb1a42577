import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { HeldTable } from "./held-table.tsx";

test("the API of a held event has its name, and a deleted one its slug", () => {
  const event = {
    id: "use_1",
    projectId: "prj_1",
    projectName: "Shop",
    keyId: "key_1",
    hour: "2026-11-30T00:00:00.000Z",
    units: 1,
    reason: "rejected",
    detail: null,
    heldSince: "2026-11-30T01:00:00.000Z",
  } as const;
  const markup = renderToStaticMarkup(
    <HeldTable
      events={[
        { ...event, api: "badges", operation: "badges.get" },
        { ...event, id: "use_2", api: "gone", operation: "" },
      ]}
      apiNames={new Map([["badges", "Badges of honor"]])}
    />,
  );
  expect(markup).toContain(">Badges of honor, badges.get<");
  expect(markup).toContain(">gone<");
});
