import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Senders } from "./senders.tsx";

test("the API of an operation that the old secret still calls has its name", () => {
  const call = { operation: "badges.get", count: 1, lastSeenAt: "2026-11-30T00:00:00.000Z" };
  const markup = renderToStaticMarkup(
    <Senders
      senders={[]}
      operations={[
        { ...call, api: "badges" },
        { ...call, api: "disabled" },
      ]}
      apis={[{ slug: "badges", name: "Badges of honor" }]}
    />,
  );
  expect(markup).toContain(">Badges of honor<");
  expect(markup).toContain(">disabled<");
});
