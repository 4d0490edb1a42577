import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { KindFields, kindsOf } from "./kind-fields.tsx";

const form = (...fields: [name: string, value: string][]) => {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
};

test("all events are sent as an empty list, even if some were selected before", () => {
  expect(kindsOf(form(["scope", "all"], ["kind", "key.revoked"]))).toEqual([]);
});

test("selected events are sent, and a selection of none is not taken for all", () => {
  expect(kindsOf(form(["scope", "selected"], ["kind", "key.revoked"]))).toEqual(["key.revoked"]);
  expect(kindsOf(form(["scope", "selected"]))).toBeNull();
});

test("the events are listed only for a webhook that sends some of them", () => {
  const page = (chosen: "key.revoked"[]) =>
    renderToStaticMarkup(<KindFields kinds={[["key.revoked", "A key is revoked"]]} chosen={chosen} />);
  expect(page([])).toMatch(/checked="" value="all"/);
  expect(page([])).toContain('<div hidden="">');
  expect(page(["key.revoked"])).toMatch(/checked="" value="selected"/);
  expect(page(["key.revoked"])).not.toContain("hidden=");
});
