import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ServiceTokenApi } from "./service-token-api.tsx";

test("the API of a service token has its name, and its slug only if it is not among the first thousand", () => {
  const shown = (api: string | null) =>
    renderToStaticMarkup(
      <ServiceTokenApi
        token={{ api, localVerification: false }}
        apiNames={new Map([["badges", "Badges of honor"]])}
      />,
    ).replaceAll(/<[^>]+>/g, "");
  expect(["badges", "other", null].map(shown)).toEqual(["Badges of honor", "other", "All APIs"]);
});
